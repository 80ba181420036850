"""Bring what changed on the server into the store: one profile, type by type, newest first, a page per transaction.

A page is committed with the place where the next one starts; the cursor moves only with the last page. Whatever
interrupts a pull, the next one resumes there or starts the type again, and nothing is lost or written twice.
"""

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from mes_app.domain.sync_status import Fault
from mes_app.errors import MesError, NotAllowed, Rejected, Unreadable
from mes_app.fhir.bundles import RawResource
from mes_app.store.cursors import Cursor, get_cursor, save_cursor
from mes_app.store.database import Connection
from mes_app.store.pages import save_page
from mes_app.sync.conflicts import merge_versions
from mes_app.sync.pages import Page, read_page
from mes_app.sync.progress import Progress
from mes_app.sync.references import save_found
from mes_app.sync.scopes import Scope, note_link
from mes_app.sync.workers import IN_FLIGHT, task_group

PAGE_SIZE = 200
OVERLAP = timedelta(seconds=300)
LINK_LIFE = timedelta(minutes=30)
NEWS_LIFE = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Turn:
    """The next page to ask for of one type. ``cursor`` is as it was before the pass, with the pass's clock.

    ``seen``: the links of the pass so far. Pages are fetched ahead, but committed in order: each waits for ``ready``.
    """

    type: str
    cursor: Cursor
    url: str
    ready: asyncio.Event = field(default_factory=asyncio.Event)
    seen: set[str] = field(default_factory=set)
    first: bool = False


class Pull:
    """One pull of one profile. ``faults`` are the items left out, ``failures`` what kept each type from its end."""

    def __init__(self, scope: Scope, progress: Progress) -> None:
        self._scope = scope
        self._progress = progress
        self._slots = asyncio.Semaphore(IN_FLIGHT)
        self.faults: list[Fault] = []
        self.failures: dict[str, MesError] = {}

    async def run(self, types: Sequence[str]) -> None:
        """Pull ``types``. Raises Offline, Busy, SessionExpired, Locked, Unreadable(DISK_FULL): the run cannot go on."""
        cursors = await self._scope.database.read(_get_cursors, self._scope.profile.pid, types)
        self._progress.expect(len(cursors))
        async with task_group() as group:
            for name, cursor in zip(types, cursors, strict=True):
                self._start(group, self._open(name, cursor))

    def _open(self, resource_type: str, cursor: Cursor) -> Turn:
        if cursor.next_url and self._scope.now().timestamp() - cursor.next_at < LINK_LIFE.total_seconds():
            return Turn(resource_type, cursor, cursor.next_url)
        return self._restart(resource_type, cursor)

    def _restart(self, resource_type: str, cursor: Cursor) -> Turn:
        query = {"_sort": "-_lastUpdated", "_count": str(PAGE_SIZE)}
        if cursor.high:
            since = datetime.fromisoformat(cursor.high) - OVERLAP
            query["_lastUpdated"] = f"ge{since.isoformat()}"
        return Turn(resource_type, Cursor(high=cursor.high), self._scope.search(resource_type, **query), first=True)

    def _start(self, group: asyncio.TaskGroup, turn: Turn) -> None:
        """Begin a pass, or go on with one that was interrupted."""
        turn.ready.set()
        group.create_task(self._take(group, turn))

    async def _take(self, group: asyncio.TaskGroup, turn: Turn) -> None:
        """Fetch and commit one page, while the next one is already being fetched.

        A page waits for the one before it, which holds a slot too: slots bound the memory and never block each other.
        """
        async with self._slots:
            try:
                page, date = await self._read(turn)
                following = _advance(turn, page, date, self._scope.now())
            except MesError as error:
                await turn.ready.wait()
                self._give_up(group, turn, error)
                return
            if following:
                group.create_task(self._take(group, following))
            found = await self._scope.references.fetch(page.refs)
            await turn.ready.wait()
            cursor = following.cursor if following else Cursor(high=_clock(turn, date) or turn.cursor.high)
            await self._commit(turn, page, found, cursor)
            if following:
                following.ready.set()

    async def _commit(self, turn: Turn, page: Page, found: list[RawResource], cursor: Cursor) -> None:
        pid, news = self._scope.profile.pid, self._unread_since(turn)
        await self._scope.database.write(_commit_page, pid, page, found, cursor, unread_since=news)
        self.faults += page.faults
        self._progress.add(len(page.records), await self._count(turn, page) if turn.first else None)

    def _give_up(self, group: asyncio.TaskGroup, turn: Turn, error: MesError) -> None:
        """Leave the type for this run, or the run. A link kept from an earlier one may have died: worth a new start."""
        if not isinstance(error, Rejected | NotAllowed | Unreadable):
            raise error
        if not turn.first and not turn.seen:
            self._start(group, self._restart(turn.type, turn.cursor))
            return
        self.failures[turn.type] = error
        self._progress.add(0, 0 if turn.first else None)

    async def _read(self, turn: Turn) -> tuple[Page, datetime | None]:
        answer = await self._scope.api.get(turn.url, fresh=turn.first)
        patient, holder = self._scope.patient, self._scope.profile.holder
        return await asyncio.to_thread(read_page, answer.body, turn.type, patient, holder=holder), answer.date

    async def _count(self, turn: Turn, page: Page) -> int | None:
        """How many records the pass will bring; asked for when a server that has more did not say."""
        if page.total is not None or not page.next_url:
            return page.total or len(page.records)
        return await self._scope.count(turn.url)

    def _unread_since(self, turn: Turn) -> str:
        """The first pass brings years of documents: only the recent ones are news."""
        return "" if turn.cursor.high else (self._scope.now() - NEWS_LIFE).strftime("%Y-%m-%dT%H:%M:%SZ")


def _advance(turn: Turn, page: Page, date: datetime | None, now: datetime) -> Turn | None:
    """The turn of the next page. Raises Unreadable(PAGE_LOOP) for a link already followed, or links without end."""
    if not page.next_url:
        return None
    note_link(page.next_url, turn.seen)
    cursor = replace(turn.cursor, pass_id=_clock(turn, date), next_url=page.next_url, next_at=now.timestamp())
    return Turn(turn.type, cursor, page.next_url, seen=turn.seen)


def _clock(turn: Turn, date: datetime | None) -> str:
    """The server's clock at the first answer of the pass: never the device's."""
    return turn.cursor.pass_id or (date.isoformat() if date else "")


def _get_cursors(con: Connection, pid: str, types: Iterable[str]) -> list[Cursor]:
    return [get_cursor(con, pid, name) for name in types]


def _commit_page(
    con: Connection, pid: str, page: Page, found: list[RawResource], cursor: Cursor, *, unread_since: str
) -> None:
    save_found(con, found)
    save_page(con, pid, page.records, merge=merge_versions, unread_since=unread_since)
    save_cursor(con, pid, page.type, cursor)
