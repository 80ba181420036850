"""A process killed while it joins two records: all of it is done, or nothing is."""

import shutil
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from mes_app.domain.folders import Arrangement
from mes_app.domain.people import Profile
from mes_app.fhir.bodies import write_body
from mes_app.services.encoding import describe_body
from mes_app.store.database import Connection
from mes_app.store.edits import create_record
from mes_app.store.folders import arrange_records
from mes_app.store.folds import settle_folds
from mes_app.store.integrity import check_integrity
from mes_app.store.preferences import put_profile_preference
from mes_app.store.profiles import save_profile
from tests.forks import forked
from tests.services.join_scribe import join_and_die
from tests.services.join_stories import make_letter
from tests.store.samples import CHILD, PARENT, make_when, open_store

HERE = Profile(pid="here", name="Léo Martin", position=2)
LETTERS = ("1", "2", "3")
TURNS = 12


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A child whom a service knows, and letters noted here of the same one."""
    path = tmp_path / "store.db"
    with closing(open_store(path, create=True)) as con:
        con.run_change(lambda: furnish(con), (settle_folds,))
    return path


def furnish(con: Connection) -> None:
    for profile in (PARENT, CHILD, HERE):
        save_profile(con, profile)
    put_profile_preference(con, HERE.pid, "weeks_at_birth", 34)
    for lid in LETTERS:
        written = describe_body(con, HERE.pid, write_body(make_letter(HERE.pid, int(lid))))
        create_record(con, HERE.pid, written, make_when(), record_id=lid)
        arrange_records(con, {lid: Arrangement("Naissance", pinned=False)})


def read_all(path: Path) -> list[Any]:
    """Every record with whose it is, where it is and what waits to be sent of it; and what is set of whom."""
    with closing(open_store(path)) as con:
        check_integrity(con)
        rows = "SELECT res.lid, res.profile, folder, fold, op, body FROM res JOIN outbox USING (lid) ORDER BY lid"
        kept = "SELECT profile, name, value FROM profile_preference ORDER BY profile"
        return [con.execute(sql).fetchall() for sql in (rows, kept)]


def join(store: Path, copy: Path, last: int) -> tuple[list[Any], list[int]]:
    """What a copy of the store holds after the process died at its statement ``last``, and what it told."""
    for part in ("", "-wal", "-shm"):
        Path(f"{copy}{part}").unlink(missing_ok=True)
    shutil.copy(store, copy)
    with forked(join_and_die, copy, HERE.pid, CHILD.pid, last) as scribe:
        told = list(scribe.hear())
    return read_all(copy), told


def test_killed_at_any_moment_all_has_joined_or_nothing_has(store: Path, tmp_path: Path) -> None:
    before = read_all(store)
    after, (statements,) = join(store, tmp_path / "copy.db", 0)
    assert before != after
    assert {row[1] for row in after[0]} == {CHILD.pid}
    assert {row[0] for row in after[1]} == {CHILD.pid, HERE.pid}
    found = [join(store, tmp_path / "copy.db", 1 + turn * (statements - 1) // TURNS) for turn in range(TURNS + 1)]
    assert [told for _, told in found] == [[]] * len(found)
    assert all(held == before for held, _ in found[:-1])
    assert found[-1][0] in (before, after)  # killed as it commits
