"""The import of a table of 10,000 measures, against the same lines put into plain SQLite, and against ten imports.

What one measure costs must not depend on how many come with it: the second figure is to stay near 1.
"""

import csv
import io
import json
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.figures import Figure, compare
from bench.vaults import new_carnets, secret_of
from mes_app.domain.newcomers import Newcomer
from mes_app.domain.values import PartialDate
from mes_app.services.import_files import Picked
from mes_app.services.session import Session

MEASURES, PARTS = 10_000, 10
SOMEBODY = Newcomer(first_name="Camille", family_name="Martin", birth=PartialDate(text="1980-01-01"))


async def measure() -> list[Figure]:
    """Two rounds of each, each import for another person of one vault."""
    table = make_table(MEASURES)
    part = make_table(MEASURES // PARTS)
    async with new_carnets() as carnets:
        session = await carnets.vault.create(secret_of(carnets))

        async def bring_all() -> None:
            await bring(session, table, MEASURES)

        async def bring_parts() -> None:
            for _ in range(PARTS):
                await bring(session, part, MEASURES // PARTS)

        async def insert_all() -> None:
            _insert(table)

        return [
            await compare(f"import of {MEASURES} measures", bring_all, insert_all, rounds=2),
            await compare(f"the same, against {PARTS} of a tenth", bring_all, bring_parts, rounds=2),
        ]


def make_table(count: int) -> bytes:
    """Heart rates, one every half hour."""
    first = datetime(2010, 1, 1, tzinfo=UTC)
    moments = (first + timedelta(minutes=30 * number) for number in range(count))
    lines = (f"{moment:%Y-%m-%d %H:%M};{50 + number % 90}" for number, moment in enumerate(moments))
    return "\n".join(["Date;Fréquence cardiaque (/min)", *lines]).encode()


async def bring(session: Session, table: bytes, count: int) -> None:
    """Look at the ``count`` measures of ``table`` and add them for somebody new."""
    pid = (await session.profiles.add(SOMEBODY)).pid
    found = await session.measure_imports.look([Picked("t.csv", data=table)])
    plan = await session.measure_imports.plan(pid, found, _ignore)
    done = await session.measure_imports.run(plan, plan.list_sure(), lambda _origin: "", _ignore)
    assert done.added == count


def _insert(table: bytes) -> None:
    lines = csv.DictReader(io.StringIO(table.decode()), delimiter=";")
    with TemporaryDirectory() as folder, sqlite3.connect(Path(folder) / "plain.db") as plain:
        plain.execute("PRAGMA journal_mode=WAL")
        plain.execute("CREATE TABLE measure (id INTEGER PRIMARY KEY, date TEXT, body TEXT)")
        plain.executemany(
            "INSERT INTO measure (date, body) VALUES (?, ?)", ((one["Date"], json.dumps(one)) for one in lines)
        )
    plain.close()


def _ignore(_done: int, _total: int) -> None:
    """Nobody waits."""
