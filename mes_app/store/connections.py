"""The connection as queries and changes see it: statements, what they touched, and an end that may come at any time."""

import threading
from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

from mes_app.domain.record import Change, Kind
from mes_app.errors import Locked
from mes_app.store.drivers import Cursor, DriverConnection
from mes_app.store.transactions import transaction

T = TypeVar("T")
Hook = Callable[["Connection", frozenset[Change]], None]

# the driver's own interrupt is lost when it falls between two statements, and spoils the closing one; a look is not
_STEPS_BETWEEN_LOOKS = 20_000


class Connection:
    """What queries and changes are given: statements, and ``touch`` to say what a change concerns."""

    def __init__(self, driver_connection: DriverConnection) -> None:
        self._driver_connection = driver_connection
        self._touched: set[Change] = set()
        self._closing = threading.Event()
        driver_connection.set_progress_handler(self._closing.is_set, _STEPS_BETWEEN_LOOKS)

    @property
    def driver_connection(self) -> DriverConnection:
        """The connection below, for what concerns the whole file: no query has a use for it."""
        return self._driver_connection

    def execute(self, sql: str, parameters: Sequence[Any] = ()) -> Cursor:
        """Run one statement. Raises Locked(VAULT_LOCKED) once the store is closing."""
        self.require_open()
        return self._driver_connection.execute(sql, parameters)

    def executemany(self, sql: str, parameters: Iterable[Sequence[Any]]) -> Cursor:
        """Run one statement for each row of parameters. Raises as ``execute``."""
        self.require_open()
        return self._driver_connection.executemany(sql, parameters)

    def touch(self, profile: str, kind: Kind) -> None:
        """Publish, once the change is committed, that records of this kind of this profile differ."""
        self._touched.add(Change(profile, kind))

    def run_change(self, change: Callable[[], T], hooks: Iterable[Hook] = ()) -> tuple[T, frozenset[Change]]:
        """The result of ``change``, committed, and what it touched; undone when it or one of ``hooks`` raises.

        The hooks run where something was touched, before the commit.
        """
        self._touched.clear()
        with transaction(self._driver_connection):
            result = change()
            touched = frozenset(self._touched)
            for hook in hooks if touched else ():
                hook(self, touched)
        return result, touched

    def interrupt(self) -> None:
        """End the running statement and refuse the next ones; from any thread."""
        self._closing.set()

    def require_open(self) -> None:
        """Raise Locked(VAULT_LOCKED) once the store is closing."""
        if self._closing.is_set():
            raise Locked

    def close(self) -> None:
        """Close; on the owning thread."""
        self._driver_connection.close()
