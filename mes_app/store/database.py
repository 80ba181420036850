"""The database: one connection, owned by one thread, and the news of what changed.

Closing a connection while another thread uses it crashes the process: only ``Database.close`` may end one.
"""

import asyncio
import threading
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

from mes_app.crypto.secret import Secret
from mes_app.domain.record import Change, Kind
from mes_app.errors import Locked
from mes_app.store.drivers import SQLCIPHER, Cursor, Driver, DriverConnection
from mes_app.store.faults import translated_faults
from mes_app.store.openers import open_connection
from mes_app.store.transactions import transaction

P = ParamSpec("P")
T = TypeVar("T")
Listener = Callable[[frozenset[Change]], None]

# the driver's own interrupt is lost when it falls between two statements, and spoils the closing one; a look is not
_STEPS_BETWEEN_LOOKS = 20_000


class Connection:
    """What queries and changes are given: statements, and ``touch`` to say what a change concerns."""

    def __init__(self, driver_connection: DriverConnection) -> None:
        self._driver_connection = driver_connection
        self._touched: set[Change] = set()
        self._closing = threading.Event()
        driver_connection.set_progress_handler(self._closing.is_set, _STEPS_BETWEEN_LOOKS)

    def execute(self, sql: str, parameters: Sequence[Any] = ()) -> Cursor:
        """Run one statement. Raises Locked(VAULT_LOCKED) once the store is closing."""
        self._require_open()
        return self._driver_connection.execute(sql, parameters)

    def executemany(self, sql: str, parameters: Iterable[Sequence[Any]]) -> Cursor:
        """Run one statement for each row of parameters. Raises as ``execute``."""
        self._require_open()
        return self._driver_connection.executemany(sql, parameters)

    def touch(self, profile: str, kind: Kind) -> None:
        """Publish, once the change is committed, that records of this kind of this profile differ."""
        self._touched.add(Change(profile, kind))

    def run_change(self, change: Callable[[], T]) -> tuple[T, frozenset[Change]]:
        """The result of ``change``, committed, and what it touched; undone when it raises."""
        self._touched.clear()
        with transaction(self._driver_connection):
            result = change()
        return result, frozenset(self._touched)

    def interrupt(self) -> None:
        """End the running statement and refuse the next ones; from any thread."""
        self._closing.set()

    def close(self) -> None:
        """Close; on the owning thread."""
        self._driver_connection.close()

    def _require_open(self) -> None:
        if self._closing.is_set():
            raise Locked


class Database:
    """The open store. Made by ``open``; of no use after ``close``."""

    def __init__(self, thread: ThreadPoolExecutor, con: Connection) -> None:
        self._thread = thread
        self._con = con
        self._open = True
        self._listeners: list[Listener] = []

    @classmethod
    async def open(cls, path: Path, key: Secret, *, create: bool = False, driver: Driver = SQLCIPHER) -> "Database":
        """The store at ``path``, brought to the newest version; a new one with ``create``. ``key``: 32 bytes.

        Raises Unreadable(NO_CIPHER, NOT_A_VAULT, DAMAGED, NEWER_VERSION, DISK_FULL), Locked(OPEN_ELSEWHERE) and, with
        ``create``, NotAllowed(VAULT_EXISTS). A file that cannot be opened is left as it was.
        """
        thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="store")

        def connect() -> Connection:
            return Connection(open_connection(path, key, create=create, driver=driver))

        try:
            with translated_faults():
                con = await asyncio.get_running_loop().run_in_executor(thread, connect)
        except BaseException:
            thread.shutdown(wait=False)
            raise
        return cls(thread, con)

    async def read(self, query: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """The result of ``query(con, …)``. Raises Locked(VAULT_LOCKED) once closing, Unreadable(DAMAGED)."""
        return await self._run(partial(query, self._con, *args, **kwargs))

    async def write(self, change: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """The result of ``change(con, …)``, committed as a whole or not at all; listeners hear of it first.

        Raises what ``change`` raises, Unreadable(DISK_FULL, DAMAGED), and Locked(VAULT_LOCKED) once closing.
        """
        return await self._run(
            partial(self._change, asyncio.get_running_loop(), partial(change, self._con, *args, **kwargs))
        )

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call ``listener`` on the event loop after each commit that touched something; returns how to stop that."""
        self._listeners.append(listener)
        return partial(self._listeners.remove, listener)

    async def close(self) -> None:
        """Interrupt what runs, wait for the thread, close: in that order. Closing twice is nothing."""
        if not self._open:
            return
        self._open = False
        self._con.interrupt()
        await asyncio.get_running_loop().run_in_executor(self._thread, self._con.close)
        self._thread.shutdown()

    async def _run(self, job: Callable[[], T]) -> T:
        if not self._open:
            raise Locked
        with translated_faults():
            return await asyncio.get_running_loop().run_in_executor(self._thread, job)

    def _change(self, loop: asyncio.AbstractEventLoop, change: Callable[[], T]) -> T:
        result, changes = self._con.run_change(change)
        if changes:  # said from here, so that a caller who no longer waits does not silence it
            loop.call_soon_threadsafe(self._publish, changes)
        return result

    def _publish(self, changes: frozenset[Change]) -> None:
        for listener in tuple(self._listeners):
            listener(changes)
