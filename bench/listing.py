"""The first page of 10,000 documents, against the same query on plain SQLite."""

import sqlite3
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import cast

from bench.figures import Figure, compare
from mes_app.crypto.primitives import make_secret
from mes_app.domain.people import Profile
from mes_app.domain.record import Kind, Overview
from mes_app.store import profiles, records
from mes_app.store.database import Connection, Database
from mes_app.store.drivers import DriverConnection
from mes_app.store.migrations.m0001_initial import migrate
from mes_app.store.pages import Incoming, save_page
from mes_app.sync.conflicts import merge_versions

DOCUMENTS = 10_000
PID = "somebody"


async def measure() -> Figure:
    """300 rounds of each, both warm."""
    with TemporaryDirectory(prefix="mes-carnets-bench-") as folder, make_secret() as key:
        database = await Database.open(Path(folder) / "vault.db", key, create=True)
        await database.write(_fill)
        plain = Connection(_open_plain(Path(folder) / "plain.db"))
        plain.run_change(lambda: _fill(plain))

        async def list_ours() -> None:
            assert len(await database.read(records.list_rows, PID, Kind.DOCUMENTS)) == records.PAGE

        async def list_plain() -> None:
            assert len(records.list_rows(plain, PID, Kind.DOCUMENTS)) == records.PAGE

        figure = await compare(f"first page of {DOCUMENTS} documents", list_ours, list_plain, rounds=300)
        plain.close()
        await database.close()
        return figure


def _open_plain(path: Path) -> DriverConnection:
    plain = cast(DriverConnection, sqlite3.connect(path, isolation_level=None))
    plain.execute("PRAGMA journal_mode=WAL")
    migrate(plain)
    return plain


def _fill(con: Connection) -> None:
    profiles.save_profile(con, Profile(pid=PID, name="Somebody"))
    for start in range(0, DOCUMENTS, 500):
        save_page(con, PID, [_make_document(number) for number in range(start, start + 500)], merge=merge_versions)


def _make_document(number: int) -> Incoming:
    day = f"20{10 + number % 16:02}-{1 + number % 12:02}-{1 + number % 28:02}"
    overview = Overview(
        kind=Kind.DOCUMENTS,
        title=f"Compte rendu n° {number}",
        subtitle="Dr Karim Benali",
        date_text=day,
        date_key=f"{day}T00:00:00Z",
        category="CPT_REND",
        content_type="application/pdf",
        search=f"compte rendu n° {number} dr karim benali",
    )
    return Incoming("DocumentReference", f"d{number}", "1", f"{day}T00:00:00Z", b"{}", overview)
