"""A store whose process is killed in the middle of writing: nothing acknowledged is lost, nothing is in clear."""

import asyncio
import base64
import sqlite3
from contextlib import closing
from itertools import cycle, islice
from pathlib import Path

import pytest

from mes_app.domain.record import Kind
from mes_app.store.blobs import Blobs
from mes_app.store.database import Connection, Database
from mes_app.store.integrity import check_integrity
from mes_app.store.records import list_rows
from tests.forks import forked
from tests.security.leaks import find_leaks
from tests.store.samples import PARENT, make_key
from tests.store.scribe import CANARY, write_forever


def write_and_kill(folder: Path, start: int, commits: int) -> int:
    """Write from record number ``start`` on and kill after ``commits`` are acknowledged; the last acknowledged."""
    with forked(write_forever, folder, start) as scribe:
        acknowledged: list[int] = list(islice(scribe.hear(), commits))
        scribe.kill()
        acknowledged += scribe.hear()
    return acknowledged[-1]


def find_secrets(folder: Path) -> set[str]:
    """The files of ``folder`` where a word of the canary or the key can be read in any form."""
    with make_key() as key:
        found = find_leaks(folder, CANARY.split(), [bytes(key.view())])
    return {file for files in found.values() for file in files}


def test_s1_no_plaintext_on_disk_after_a_kill(tmp_path: Path) -> None:
    write_and_kill(tmp_path, 0, 25)
    assert {"store.db", "store.db-wal", "store.db-shm"} <= {file.name for file in tmp_path.iterdir()}
    assert list((tmp_path / "blobs").iterdir())
    assert find_secrets(tmp_path) == set()


def test_s1_the_same_search_finds_what_is_in_clear(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "plain.db")) as plain:
        plain.execute("CREATE TABLE t (a)")
        plain.execute("INSERT INTO t VALUES (?)", (f"un nom, {CANARY}, et la suite",))
        plain.commit()
    text = f"un nom, {CANARY}, et la suite"
    (tmp_path / "hex").write_text(text.encode().hex())
    (tmp_path / "base64").write_bytes(base64.b64encode(text.encode()))
    (tmp_path / "utf-16").write_text(text, "utf-16")
    with make_key() as key:
        (tmp_path / "key").write_bytes(b"x" + key.view())
    assert find_secrets(tmp_path) == {"base64", "hex", "key", "plain.db", "utf-16"}


@pytest.mark.parametrize("rounds", [25, pytest.param(200, marks=pytest.mark.soak)])
def test_killed_again_and_again_the_store_has_all_that_was_acknowledged_and_nothing_by_halves(
    tmp_path: Path, rounds: int
) -> None:
    start = 0
    for commits in islice(cycle((1, 12, 3, 31, 7)), rounds):
        last = write_and_kill(tmp_path, start, commits)
        start = asyncio.run(check_store(tmp_path, last))


async def check_store(folder: Path, last: int) -> int:
    """Check all that must hold after a kill; the number of the first record that is not there."""
    database = await Database.open(folder / "store.db", make_key())
    await database.read(check_integrity)
    written = await database.read(list_numbers)
    assert last in written
    assert written == set(range(len(written)))
    blobs = Blobs(folder / "blobs", database)
    await blobs.sweep()
    for row in await database.read(list_rows, PARENT.pid, Kind.DOCUMENTS, limit=1000):
        if row.content == "stored":
            assert await blobs.read(row.id) == (CANARY * 1000).encode()
    await database.close()
    return len(written)


def list_numbers(con: Connection) -> set[int]:
    """The records that are there; each has come with its journal entry."""
    records = {rid for (rid,) in con.execute("SELECT rid FROM res")}
    assert records == {act for (act,) in con.execute("SELECT act FROM journal")}
    return {int(rid.removeprefix("d")) for rid in records}
