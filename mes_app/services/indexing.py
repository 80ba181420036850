"""Reading the contents of documents in the background, one after the other: they are then found by their words, and
the results that a laboratory wrote into them as data stand beside those of the record.

Only what is on this device is read, and it goes nowhere but into the encrypted store. Titles and authors are known as
soon as they are written; contents follow.
"""

import asyncio
import threading
from collections.abc import Callable
from dataclasses import dataclass

from mes_app.domain.record import Change, Kind
from mes_app.errors import Locked, MesError, Unreadable
from mes_app.formats.cda import read_results
from mes_app.formats.texts import extract_text
from mes_app.store.blobs import Blobs
from mes_app.store.database import Database
from mes_app.store.search import Unread, Words, count_unread, index_names, list_unread, pack_words, save_words
from mes_app.store.threads import see_through
from mes_app.store.traces import count_gone, empty_log, forget_gone, merge_words

AT_ONCE = 8
"""Documents read between two writes: as many are read again after a kill."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How many documents were read, of all that are to be."""

    done: int
    total: int


Listener = Callable[[Progress | None], None]


class Indexing:
    """Keeps the words of one open vault. Contents are read from ``start`` to ``stop``, or by ``run``."""

    def __init__(self, database: Database, blobs: Blobs) -> None:
        self._database = database
        self._blobs = blobs
        self._news = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._unsubscribe: Callable[[], None] | None = None
        self._listeners: list[Listener] = []
        self.progress: Progress | None = None
        database.before_commit(index_names)

    def start(self) -> None:
        """Read what waits, then whatever comes or changes. Twice is once."""
        if self._task is None:
            self._unsubscribe = self._database.subscribe(self._hear)
            self._task = asyncio.create_task(self._follow())
            self._news.set()

    async def stop(self) -> None:
        """Read no more; what was being read is gone from the memory when this returns."""
        if self._task and self._unsubscribe:
            self._unsubscribe()
            self._task.cancel()
            await asyncio.wait([self._task])
            self._task = None

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call ``listener`` with each progress, and with None when nothing is left; returns how to stop that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    async def run(self) -> None:
        """Read all that waits, then drop the words of what is gone. Raises as ``Database.write``.

        What cannot be read is found by its title only.
        """
        await self._database.write(index_names)
        done = 0
        try:
            while page := await self._database.read(list_unread, AT_ONCE):
                self._tell(Progress(done, done + await self._database.read(count_unread)))
                read = [(unread, await self._read(unread)) for unread in page]
                await self._database.write(save_words, read)
                done += len(page)
        finally:
            self._tell(None)
        await self._drop_traces()

    async def _drop_traces(self) -> None:
        """Leave no word of what is gone on the pages of the store."""
        while gone := await self._database.read(count_gone):
            afresh = True
            while await self._database.write(merge_words, afresh=afresh):
                afresh = False
            await self._database.write(forget_gone, gone)
            await self._database.read(empty_log)

    async def _follow(self) -> None:
        while True:
            await self._news.wait()
            self._news.clear()
            try:
                await self.run()
            except MesError:  # such as a full disk: what was not kept is read after the next change
                continue

    async def _read(self, unread: Unread) -> Words | None:
        """The words of a content, none where it cannot be read; None where it is not here."""
        if unread.digest is None:
            return None
        try:
            data = await self._blobs.read(unread.record_id)
        except Unreadable:
            return pack_words("")
        given_up = threading.Event()

        def look() -> None:
            if given_up.is_set():
                raise Locked

        return await see_through(asyncio.ensure_future(asyncio.to_thread(_read_words, data, look)), given_up.set)

    def _hear(self, changes: frozenset[Change]) -> None:
        if any(change.kind is Kind.DOCUMENTS for change in changes):
            self._news.set()

    def _tell(self, progress: Progress | None) -> None:
        if progress == self.progress:
            return
        self.progress = progress
        for listener in tuple(self._listeners):
            listener(progress)


def _read_words(data: bytes, look: Callable[[], None]) -> Words:
    try:
        return pack_words(extract_text(data, look), read_results(data))
    except Unreadable:
        return pack_words("")
