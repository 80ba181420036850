"""One version at a time, each whole."""

import sqlite3
from typing import NoReturn

import pytest

from mes_app.errors import Reason, Unreadable
from mes_app.store.drivers import SQLCIPHER, DriverConnection
from mes_app.store.migrations import migrate


@pytest.fixture
def con() -> DriverConnection:
    return SQLCIPHER.connect(":memory:", isolation_level=None)


def read_version(con: DriverConnection) -> int:
    return int(con.execute("PRAGMA user_version").fetchone()[0])


def create_first(con: DriverConnection) -> None:
    con.execute("CREATE TABLE first (a)")


def create_second(con: DriverConnection) -> None:
    con.execute("CREATE TABLE second (a)")


def create_half(con: DriverConnection) -> NoReturn:
    create_second(con)
    raise sqlite3.OperationalError("stopped")


def test_only_the_versions_that_lack_are_run(con: DriverConnection) -> None:
    migrate(con, [create_first])
    migrate(con, [create_first, create_second])
    migrate(con, [create_first, create_second])
    assert read_version(con) == 2


def test_a_version_that_fails_leaves_the_one_before(con: DriverConnection) -> None:
    with pytest.raises(sqlite3.OperationalError):
        migrate(con, [create_first, create_half])
    assert read_version(con) == 1
    assert con.execute("SELECT name FROM sqlite_master").fetchall() == [("first",)]


def test_a_store_newer_than_the_app_is_refused_and_left_alone(con: DriverConnection) -> None:
    migrate(con, [create_first, create_second])
    with pytest.raises(Unreadable) as refused:
        migrate(con, [create_first])
    assert refused.value.reason is Reason.NEWER_VERSION
    assert read_version(con) == 2
