"""The database: one connection, owned by one thread, and the news of what changed.

Closing a connection while another thread uses it crashes the process: only ``Database.close`` may end one.
"""

import asyncio
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from mes_app.crypto.secret import Secret
from mes_app.domain.record import Change
from mes_app.errors import Locked
from mes_app.store.connections import Connection, Hook
from mes_app.store.copies import Prepare, copy_store
from mes_app.store.drivers import SQLCIPHER, Driver
from mes_app.store.faults import translated_faults
from mes_app.store.folds import settle_folds
from mes_app.store.integrity import check_integrity
from mes_app.store.key_changes import change_key, require_room_for_change
from mes_app.store.openers import open_connection
from mes_app.store.repeats import settle_repeats
from mes_app.store.threads import JobThread

__all__ = ["Connection", "Database"]

P = ParamSpec("P")
T = TypeVar("T")
Listener = Callable[[frozenset[Change]], None]


class Database:
    """The open store. Made by ``open``; of no use after ``close``."""

    def __init__(self, path: Path, driver: Driver, thread: JobThread, con: Connection) -> None:
        self._path = path
        self._driver = driver
        self._thread = thread
        self._con = con
        self._open = True
        self._listeners: list[Listener] = []
        self._hooks: list[Hook] = [settle_folds, settle_repeats]

    @classmethod
    async def open(cls, path: Path, key: Secret, *, create: bool = False, driver: Driver = SQLCIPHER) -> "Database":
        """The store at ``path``, brought to the newest version; a new one with ``create``. ``key``: 32 bytes.

        Raises Unreadable(NO_CIPHER, NOT_A_VAULT, DAMAGED, NEWER_VERSION, DISK_FULL), Locked(OPEN_ELSEWHERE) and, with
        ``create``, NotAllowed(VAULT_EXISTS). A file that cannot be opened is left as it was.
        """
        thread = JobThread()

        def connect() -> Connection:
            con = Connection(open_connection(path, key, create=create, driver=driver))
            try:
                for settle in (settle_folds, settle_repeats):  # of what a former version of the app wrote
                    con.run_change(partial(settle, con))
            except BaseException:
                con.close()
                raise
            return con

        try:
            with translated_faults():
                con = await thread.run(connect)
        except BaseException:
            thread.end(wait=False)
            raise
        return cls(path, driver, thread, con)

    async def read(self, query: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """The result of ``query(con, …)``. Raises Locked(VAULT_LOCKED) once closing, Unreadable(DAMAGED)."""
        self._require_open()
        with translated_faults():
            return await self._thread.run(partial(query, self._con, *args, **kwargs))

    async def write(self, change: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """The result of ``change(con, …)``, committed as a whole or not at all; listeners hear of it first.

        Raises what ``change`` or a hook raises, Unreadable(DISK_FULL, DAMAGED), and Locked(VAULT_LOCKED) once closing.
        """
        self._require_open()
        job = partial(self._change, asyncio.get_running_loop(), partial(change, self._con, *args, **kwargs))
        with translated_faults():
            return await self._thread.run(job)

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call ``listener`` on the event loop after each commit that touched something; returns how to stop that."""
        self._listeners.append(listener)
        return partial(self._listeners.remove, listener)

    def before_commit(self, hook: Hook) -> Callable[[], None]:
        """Call ``hook(con, changes)`` on the store's thread within each change that touched something.

        What it raises undoes the change. Returns how to stop that.
        """
        self._hooks.append(hook)
        return partial(self._hooks.remove, hook)

    async def check(self) -> None:
        """Read every page: seconds for a large store. Raises Unreadable(DAMAGED)."""
        await self.read(check_integrity)

    async def change_key(self, key: Secret) -> None:
        """Encrypt everything anew under ``key``. The process stands still meanwhile: 0.1 s for 8 MB on a computer.

        Raises Unreadable(DISK_FULL), nothing begun, without room for twice the file. After any later error this
        database answers Locked; then, or after a kill, the file has exactly the old or the new key, which only opening
        it tells. What is begun ends before this does, even when cancelled.
        """
        self._require_open()
        with translated_faults():
            await self._thread.run_alone(partial(self._change_key, key))

    async def copy_to(self, path: Path, key: Secret, prepare: Prepare | None = None) -> None:
        """A copy as of one moment in one new file, mode 0600, under ``key``; ``prepare(con)`` may change the copy.

        Reads and writes go on meanwhile. No file stays after an error or when cancelled. Raises
        Unreadable(DISK_FULL | DAMAGED), NotAllowed(VAULT_EXISTS), Locked(VAULT_LOCKED) once closing.
        """
        self._require_open()
        given_up = threading.Event()
        job = partial(
            copy_store,
            self._con,
            path,
            key,
            self._driver,
            prepare=prepare,
            let_others_in=partial(self._let_others_in, given_up),
        )
        with translated_faults():
            await self._thread.run_alone(job, given_up.set)

    async def close(self) -> None:
        """Interrupt what runs, wait for the thread, close: in that order. Closing twice is nothing."""
        if not self._open:
            return
        self._open = False
        self._con.interrupt()
        await self._thread.run_alone(self._con.close)
        self._thread.end(wait=True)

    def _require_open(self) -> None:
        if not self._open:
            raise Locked

    def _change(self, loop: asyncio.AbstractEventLoop, change: Callable[[], T]) -> T:
        result, changes = self._con.run_change(change, tuple(self._hooks))
        if changes:  # said from here, so that a caller who no longer waits does not silence it
            loop.call_soon_threadsafe(self._publish, changes)
        return result

    def _change_key(self, key: Secret) -> None:
        self._con.require_open()
        require_room_for_change(self._path)
        try:
            change_key(self._con.driver_connection, self._path, key, self._driver)
        except BaseException:
            self._con.interrupt()
            raise

    def _let_others_in(self, given_up: threading.Event) -> None:
        if given_up.is_set():
            raise Locked
        self._con.require_open()
        self._thread.let_others_in()

    def _publish(self, changes: frozenset[Change]) -> None:
        for listener in tuple(self._listeners):
            listener(changes)
