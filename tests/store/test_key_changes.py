"""Another key for the whole store."""

import os
from pathlib import Path

import pytest

from mes_app.crypto.secret import Secret
from mes_app.errors import Reason, Unreadable
from mes_app.store.database import Connection
from mes_app.store.drivers import SQLCIPHER
from mes_app.store.faults import translated_faults
from mes_app.store.integrity import check_integrity
from mes_app.store.key_changes import change_key, require_room_for_change
from mes_app.store.openers import open_connection
from mes_app.store.preferences import get_preference, put_preference
from tests.store.disks import LARGER_THAN_ANY, files_no_longer_than
from tests.store.samples import make_key, open_store


def make_other_key() -> Secret:
    return Secret(bytearray(range(100, 132)))


def open_with(path: Path, key: Secret) -> Connection:
    return Connection(open_connection(path, key, create=False, driver=SQLCIPHER))


def change(con: Connection, path: Path, key: Secret) -> None:
    change_key(con.driver_connection, path, key, SQLCIPHER)


def test_afterwards_the_new_key_opens_the_former_one_does_not_and_nothing_else_differs(family_store: Path) -> None:
    con = open_store(family_store)
    put_preference(con, "before", 1)
    salt = family_store.read_bytes()[:16]
    change(con, family_store, make_other_key())
    put_preference(con, "after", 2)
    check_integrity(con)
    con.close()
    with pytest.raises(Unreadable) as refused, translated_faults():
        open_with(family_store, make_key())
    assert refused.value.reason is Reason.NOT_A_VAULT
    con = open_with(family_store, make_other_key())
    assert (get_preference(con, "before"), get_preference(con, "after")) == (1, 2)
    con.close()
    assert family_store.read_bytes()[:16] == salt


def test_nothing_under_the_former_key_stays_on_the_disk(family_store: Path) -> None:
    con = open_store(family_store)
    pages = set(list_pages(family_store))
    change(con, family_store, make_other_key())
    assert not pages & set(list_pages(family_store))
    assert family_store.with_name(family_store.name + "-wal").stat().st_size == 0
    con.close()


def list_pages(path: Path) -> list[bytes]:
    data = path.read_bytes()
    return [data[start : start + 4096] for start in range(0, len(data), 4096)]


def test_a_change_that_would_not_fit_is_refused(family_store: Path) -> None:
    require_room_for_change(family_store)
    size = family_store.stat().st_size
    os.truncate(family_store, LARGER_THAN_ANY)
    with pytest.raises(Unreadable) as refused:
        require_room_for_change(family_store)
    os.truncate(family_store, size)
    assert refused.value.reason is Reason.DISK_FULL
    open_store(family_store).close()


@pytest.mark.parametrize("megabytes", [2, 24])
def test_a_disk_that_fills_up_at_the_commit_or_before_it_leaves_the_former_key_and_all_that_was_there(
    family_store: Path, megabytes: int
) -> None:
    con = open_store(family_store)
    con.execute("CREATE TABLE large (content BLOB)")
    con.run_change(lambda: con.executemany("INSERT INTO large VALUES (zeroblob(?))", [(100_000,)] * megabytes * 10))
    con.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    with (
        files_no_longer_than(family_store.stat().st_size * 3 // 4),
        pytest.raises(Unreadable) as full,
        translated_faults(),
    ):
        change(con, family_store, make_other_key())
    con.close()
    assert full.value.reason in (Reason.DISK_FULL, Reason.DAMAGED)
    con = open_store(family_store)
    check_integrity(con)
    assert con.execute("SELECT count(*) FROM large").fetchone() == (megabytes * 10,)
    con.close()


def test_a_key_of_another_size_is_refused_before_anything_is_done(family_store: Path) -> None:
    con = open_store(family_store)
    with pytest.raises(ValueError, match="32 bytes"):
        change(con, family_store, Secret(bytearray(31)))
    con.close()
    open_store(family_store).close()
