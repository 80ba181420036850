"""The SQLite drivers as the store sees them, and the only import of SQLCipher.

A driver is a port so that a build without SQLCipher can be refused, and that refusal tested.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Protocol, cast

import sqlcipher3


class Cursor(Protocol):
    """The rows of one statement."""

    @property
    def rowcount(self) -> int:
        """Rows changed by the statement."""

    def fetchone(self) -> Any:
        """The next row as a tuple, or None."""

    def fetchall(self) -> list[Any]:
        """The rows left, as tuples."""

    def __iter__(self) -> Iterator[Any]: ...


class DriverConnection(Protocol):
    """A connection as the driver gives it. Used by its own thread only."""

    @property
    def in_transaction(self) -> bool:
        """Whether a transaction is open."""

    def execute(self, sql: str, parameters: Sequence[Any] = ..., /) -> Cursor:
        """Run one statement."""

    def executemany(self, sql: str, parameters: Iterable[Sequence[Any]], /) -> Cursor:
        """Run one statement for each row of parameters."""

    def set_key(self, spec: bytearray, /) -> None:
        """Give SQLCipher its key (an SQLCipher driver only)."""

    def reset_key(self, spec: bytearray, /) -> None:
        """Encrypt every page under another key (an SQLCipher driver only). No other Python thread runs meanwhile."""

    def backup(self, target: Any, /, *, pages: int, progress: Callable[[int, int, int], None]) -> None:
        """Copy everything to another connection, so many pages at a time; ``progress`` is called between steps."""

    def set_authorizer(self, judge: Callable[..., int], /) -> None:
        """Have ``judge`` allow or deny every action when a statement is prepared."""

    def set_progress_handler(self, is_over: Callable[[], bool], steps: int, /) -> None:
        """Ask ``is_over`` every so many steps of a statement, and end the statement when it is."""

    def close(self) -> None:
        """Close; only when no statement runs."""


class Driver(Protocol):
    """A DB-API module."""

    def connect(
        self, database: str, /, *, uri: bool = ..., isolation_level: str | None = ..., cached_statements: int = ...
    ) -> DriverConnection:
        """Open a database given by name or URI."""


SQLCIPHER = cast(Driver, sqlcipher3)
DriverError = cast(type[Exception], sqlcipher3.Error)
SQLITE_OK: int = sqlcipher3.SQLITE_OK
SQLITE_DENY: int = sqlcipher3.SQLITE_DENY
SQLITE_ATTACH: int = sqlcipher3.SQLITE_ATTACH
SQLITE_PRAGMA: int = sqlcipher3.SQLITE_PRAGMA


def read_cipher_version(driver: Driver = SQLCIPHER) -> str:
    """The version of SQLCipher, empty when ``driver`` does not encrypt. No file is made."""
    con = driver.connect(":memory:")
    try:
        found = con.execute("PRAGMA cipher_version").fetchone()
    finally:
        con.close()
    return str(found[0]) if found else ""
