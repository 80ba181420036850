"""The drivers as the store sees them."""

import sqlite3
from typing import cast

import pytest

from mes_app.store.drivers import SQLCIPHER, Driver


@pytest.mark.parametrize("driver", [SQLCIPHER, cast(Driver, sqlite3)])
def test_both_drivers_are_used_through_the_same_port(driver: Driver) -> None:
    con = driver.connect(":memory:", isolation_level=None)
    con.set_progress_handler(lambda: False, 1000)
    con.execute("CREATE TABLE t (a)")
    assert con.executemany("INSERT INTO t VALUES (?)", [(1,)]).rowcount == 1
    assert not con.in_transaction
    assert list(con.execute("SELECT a FROM t")) == con.execute("SELECT a FROM t").fetchall() == [(1,)]
    con.close()
