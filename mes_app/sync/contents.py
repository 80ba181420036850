"""Bring the contents of documents: those that this device keeps, sealed by the store as soon as they are whole.

A content that cannot be had says why in its row and never stops the others.
"""

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

from mes_app.domain.record import ContentState
from mes_app.domain.sync_status import Fault, Phase
from mes_app.errors import NotAllowed, Reason, Rejected, Unreadable
from mes_app.fhir.attachments import find_attachment, read_attachment, read_content
from mes_app.fhir.bodies import read_body
from mes_app.store.blobs import Blobs
from mes_app.store.contents import list_awaited, set_content_state
from mes_app.store.database import Connection, Database
from mes_app.store.keeping import free_outgrown, note_asked, read_policy
from mes_app.store.records import Stored, get_record
from mes_app.sync.api import FhirApi
from mes_app.sync.downloads import Downloads, check_content
from mes_app.sync.progress import Progress, Report
from mes_app.sync.workers import run_workers

AT_ONCE = 2

_STATES = {
    Reason.NO_CONTENT: ContentState.NONE,
    Reason.TOO_LARGE: ContentState.TOO_LARGE,
    Reason.DAMAGED: ContentState.FAILED,
    Reason.UNKNOWN_RECORD: ContentState.FAILED,
    Reason.FORBIDDEN: ContentState.FAILED,
    Reason.FOREIGN_ADDRESS: ContentState.FAILED,
}
"""What the row says from then on; after any other reason the next sync tries again."""


class Contents:
    """Contents from one server. ``limit``: the largest one kept, in bytes."""

    def __init__(self, api: FhirApi, database: Database, blobs: Blobs, limit: int) -> None:
        self._downloads = Downloads(api, database, limit)
        self._database = database
        self._blobs = blobs
        self._limit = limit

    async def keep(
        self, pids: Sequence[str], report: Report, now: datetime, is_metered: Callable[[], bool]
    ) -> list[Fault]:
        """Free what this device no longer keeps; fetch what it keeps and only the server has, newest first within each
        profile. What could not be had, and why. ``is_metered``: the network in use is none to fetch much over.

        Raises Offline, Busy, SessionExpired, Locked, Unreadable(DISK_FULL): the run cannot go on.
        """
        policy = await self._database.read(read_policy)
        since = policy.since(now)
        if since:
            await self._blobs.free(partial(free_outgrown, before=since))
        faults: list[Fault] = []
        waiting = deque(await self._database.read(_list_waiting, pids, since))
        progress = Progress(report, Phase.CONTENTS)
        progress.expect(1)
        progress.add(0, len(waiting))

        async def work() -> None:
            while waiting and not (policy.wifi_only and is_metered()):
                faults.extend(await self._try(waiting.popleft()))
                progress.add(1)

        if waiting:
            await run_workers(work, AT_ONCE)
        return faults

    async def fetch(self, record_id: str) -> None:
        """The content of one document, now, to be kept until it is freed on request.

        Raises Unreadable(NO_CONTENT, TOO_LARGE, DAMAGED…), NotAllowed, Offline.
        """
        await self._fetch(await self._database.read(get_record, record_id))
        await self._database.write(note_asked, record_id)

    async def _try(self, record_id: str) -> list[Fault]:
        """Fetch; the fault of what cannot be had, none also for a record that went meanwhile."""
        try:
            stored = await self._database.read(get_record, record_id)
        except Rejected:
            return []
        try:
            await self._fetch(stored)
        except (Rejected, NotAllowed, Unreadable) as error:
            if error.reason is Reason.DISK_FULL:
                raise
            return [Fault(stored.type, stored.rid or "", error.reason)]
        return []

    async def _fetch(self, stored: Stored) -> None:
        try:
            data = await self._obtain(stored)
        except (Rejected, NotAllowed, Unreadable) as error:
            if state := _STATES.get(error.reason):
                await self._database.write(set_content_state, stored.row.id, state)
            raise
        await self._blobs.save(stored.row.id, data)

    async def _obtain(self, stored: Stored) -> bytes:
        attachment = read_attachment(find_attachment(read_body(stored.body)))
        if attachment.size > self._limit:
            raise Unreadable(Reason.TOO_LARGE, bytes=attachment.size)
        if attachment.url:
            return await self._downloads.fetch(stored.row.id, attachment)
        if not attachment.inline:
            raise Unreadable(Reason.NO_CONTENT)
        data = await asyncio.to_thread(read_content, stored.body)
        await asyncio.to_thread(check_content, data, attachment, self._limit)
        return data


def _list_waiting(con: Connection, pids: Sequence[str], since: str) -> list[str]:
    return [record_id for pid in pids for record_id in list_awaited(con, pid, since)]
