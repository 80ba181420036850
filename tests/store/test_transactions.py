"""All or nothing."""

import pytest

from mes_app.store.drivers import SQLCIPHER, DriverConnection
from mes_app.store.transactions import transaction


@pytest.fixture
def plain() -> DriverConnection:
    con = SQLCIPHER.connect(":memory:", isolation_level=None)
    con.execute("CREATE TABLE t (a)")
    return con


def insert_and_raise(con: DriverConnection, error: BaseException) -> None:
    with transaction(con):
        con.execute("INSERT INTO t VALUES (1)")
        raise error


def test_what_the_block_changes_is_kept_together(plain: DriverConnection) -> None:
    with transaction(plain):
        plain.execute("INSERT INTO t VALUES (1)")
        assert plain.in_transaction
    assert not plain.in_transaction
    assert plain.execute("SELECT a FROM t").fetchall() == [(1,)]


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt])
def test_whatever_is_raised_undoes_all_of_it(plain: DriverConnection, error: type[BaseException]) -> None:
    with pytest.raises(error):
        insert_and_raise(plain, error())
    assert not plain.in_transaction
    assert plain.execute("SELECT a FROM t").fetchall() == []


def test_a_transaction_already_undone_by_a_full_disk_is_not_undone_twice(plain: DriverConnection) -> None:
    def fill() -> None:
        with transaction(plain):
            plain.execute("INSERT INTO t VALUES (zeroblob(1000000))")

    plain.execute("PRAGMA max_page_count = 5")
    with pytest.raises(Exception, match="full"):
        fill()
    assert not plain.in_transaction
