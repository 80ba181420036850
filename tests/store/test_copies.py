"""Copies under another key, made while the store is in use."""

import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from mes_app.crypto.secret import Secret
from mes_app.errors import Locked, NotAllowed, Reason, Unreadable
from mes_app.store.connections import Connection
from mes_app.store.copies import Prepare, copy_store
from mes_app.store.drivers import SQLCIPHER, DriverError
from mes_app.store.faults import translated_faults
from mes_app.store.integrity import check_integrity
from mes_app.store.openers import open_connection
from mes_app.store.preferences import get_preference, put_preference
from tests.store.disks import files_no_longer_than
from tests.store.samples import PARENT, make_incoming, make_key, open_store, save_page

ROOT = Path(__file__).parents[2]


def make_copy_key() -> Secret:
    return Secret(bytearray(range(50, 82)))


def open_copy(path: Path, key: Secret | None = None) -> Connection:
    return Connection(open_connection(path, key or make_copy_key(), create=False, driver=SQLCIPHER))


Body = tuple[str, bytes]


@pytest.fixture
def full_store(family_store: Path) -> Path:
    """A closed store of about 4 MB."""
    con = open_store(family_store)
    con.run_change(lambda: save_records(con, "before", 900))
    con.close()
    return family_store


@pytest.fixture
def con(full_store: Path) -> Iterator[Connection]:
    opened = open_store(full_store)
    yield opened
    opened.close()


def save_records(con: Connection, name: str, count: int) -> None:
    page = [make_incoming(f"{name}-{number}", body=f"{name}-{number} ".encode() * 250) for number in range(count)]
    save_page(con, PARENT.pid, page)


def read_bodies(con: Connection) -> list[Body]:
    return con.execute("SELECT lid, mirror FROM body ORDER BY lid").fetchall()


def copy(
    con: Connection, path: Path, *, prepare: Prepare | None = None, let_others_in: Callable[[], None] = lambda: None
) -> None:
    with make_copy_key() as key:
        copy_store(con, path, key, SQLCIPHER, prepare=prepare, let_others_in=let_others_in)


def test_a_copy_holds_everything_in_one_private_file_that_only_its_own_key_opens(
    con: Connection, tmp_path: Path
) -> None:
    path = tmp_path / "copy.db"
    copy(con, path)
    assert {file.name for file in tmp_path.glob("copy*")} == {"copy.db"}
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with pytest.raises(Unreadable), translated_faults():
        open_copy(path, make_key())
    copied = open_copy(path)
    check_integrity(copied)
    assert read_bodies(copied) == read_bodies(con)
    copied.close()


def test_what_others_change_meanwhile_is_all_in_the_copy_and_what_they_undo_is_not(
    con: Connection, tmp_path: Path
) -> None:
    seen: list[list[Body]] = []

    def rewrite_all_and_fail() -> None:
        con.execute("UPDATE body SET mirror = zeroblob(30000)")  # more than the cache holds: some of it was written
        raise KeyError

    def let_others_in() -> None:
        seen.append(read_bodies(con))
        if len(seen) < 8:
            con.run_change(lambda: save_records(con, f"during-{len(seen)}", 40))
            con.run_change(
                lambda: con.execute("UPDATE body SET mirror = CAST(mirror || x'20' AS BLOB) WHERE rowid % 5 = 1")
            )
        if len(seen) == 3:
            with pytest.raises(KeyError):
                con.run_change(rewrite_all_and_fail)
        if len(seen) == 5:
            check_integrity(con)

    copy(con, tmp_path / "copy.db", let_others_in=let_others_in)
    copied = open_copy(tmp_path / "copy.db")
    check_integrity(copied)
    assert len(seen) > 8
    assert read_bodies(copied) == seen[-1]
    copied.close()


def test_what_is_taken_out_of_a_copy_stays_in_the_store(con: Connection, tmp_path: Path) -> None:
    put_preference(con, "token", "secret")
    copy(con, tmp_path / "copy.db", prepare=lambda copied: put_preference(copied, "token", None))
    copied = open_copy(tmp_path / "copy.db")
    assert (get_preference(copied, "token"), get_preference(con, "token")) == (None, "secret")
    copied.close()
    assert {file.name for file in tmp_path.glob("copy*")} == {"copy.db"}


def attach(con: Connection) -> None:
    con.execute("ATTACH ':memory:' AS clear")


def test_s9_a_copy_may_not_be_let_out_in_clear_while_it_is_prepared(con: Connection, tmp_path: Path) -> None:
    with pytest.raises(DriverError, match="not authorized"):
        copy(con, tmp_path / "copy.db", prepare=attach)


def test_a_copy_that_is_ended_or_cannot_be_prepared_leaves_no_file_and_the_store_well(
    con: Connection, tmp_path: Path
) -> None:
    def refuse(*_: object) -> None:
        raise Locked

    with pytest.raises(Locked):
        copy(con, tmp_path / "copy.db", let_others_in=refuse)
    with pytest.raises(Locked):
        copy(con, tmp_path / "copy.db", prepare=refuse)
    assert list(tmp_path.glob("copy*")) == []
    check_integrity(con)


def test_a_copy_ended_while_it_is_written_anew_leaves_no_file(con: Connection, tmp_path: Path) -> None:
    ((pages,),) = con.execute("PRAGMA page_count")
    looks = iter(range(10_000))

    def refuse_later() -> None:
        if next(looks) > pages // 256 + 1:
            raise Locked

    with pytest.raises(Locked), translated_faults():
        copy(con, tmp_path / "copy.db", let_others_in=refuse_later)
    assert list(tmp_path.glob("copy*")) == []


def test_a_disk_that_fills_up_leaves_no_half_copy(con: Connection, tmp_path: Path) -> None:
    with files_no_longer_than(1_000_000), pytest.raises(Unreadable), translated_faults():
        copy(con, tmp_path / "copy.db")
    assert list(tmp_path.glob("copy*")) == []
    check_integrity(con)


def test_a_copy_is_never_made_over_another_file(con: Connection, tmp_path: Path) -> None:
    path = tmp_path / "copy.db"
    path.write_bytes(b"mine")
    with pytest.raises(NotAllowed) as refused:
        copy(con, path)
    assert refused.value.reason is Reason.VAULT_EXISTS
    assert path.read_bytes() == b"mine"


def test_a_copy_takes_no_more_memory_for_a_larger_store(full_store: Path, tmp_path: Path) -> None:
    """Measured in a new process, whose highest use of memory tells of nothing else."""
    con = open_store(full_store)
    con.execute("CREATE TABLE large (content BLOB)")
    con.run_change(lambda: con.executemany("INSERT INTO large VALUES (randomblob(?))", [(1_000_000,)] * 60))
    con.close()
    command = [sys.executable, "-m", "tests.store.copier", str(full_store), str(tmp_path / "copy.db")]
    grown = int(subprocess.run(command, cwd=ROOT, capture_output=True, check=True, text=True).stdout)
    assert grown < (tmp_path / "copy.db").stat().st_size / 2
