"""Bring the contents of documents: verified against what the record says of them, then sealed by the store.

A content that cannot be had says why in its row and never stops the others.
"""

import asyncio
import base64
import hashlib
from collections import deque
from collections.abc import Sequence

from mes_app.domain.documents import Attachment
from mes_app.domain.record import ContentState
from mes_app.domain.sync_status import Fault, Phase
from mes_app.errors import NotAllowed, Reason, Rejected, Unreadable
from mes_app.fhir.attachments import find_attachment, read_attachment, read_content
from mes_app.fhir.bodies import read_body
from mes_app.store.blobs import Blobs
from mes_app.store.contents import count_awaited, list_awaited, set_content_state
from mes_app.store.database import Connection, Database
from mes_app.store.records import Stored, get_record
from mes_app.sync.api import FHIR_JSON, FhirApi
from mes_app.sync.progress import Progress, Report
from mes_app.sync.wires import Answer
from mes_app.sync.workers import run_workers

AT_ONCE = 2
ANY_FORM = f"{FHIR_JSON}, */*;q=0.5"
ENVELOPE = 10_000

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
        self._api = api
        self._database = database
        self._blobs = blobs
        self._limit = limit

    async def fetch_all(self, pids: Sequence[str], report: Report) -> list[Fault]:
        """All that is still on the server only, newest first within each profile; what could not be had, and why.

        Raises Offline, Busy, SessionExpired, Locked, Unreadable(DISK_FULL): the run cannot go on.
        """
        faults: list[Fault] = []
        waiting = deque(await self._database.read(_list_waiting, pids))
        progress = Progress(report, Phase.CONTENTS)
        progress.expect(1)
        progress.add(0, len(waiting))

        async def work() -> None:
            while waiting:
                faults.extend(await self._try(waiting.popleft()))
                progress.add(1)

        if waiting:
            await run_workers(work, AT_ONCE)
        return faults

    async def fetch(self, record_id: str) -> None:
        """The content of one document, now. Raises Unreadable(NO_CONTENT, TOO_LARGE, DAMAGED…), NotAllowed, Offline."""
        await self._fetch(await self._database.read(get_record, record_id))

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
            data = await self._obtain(stored.body)
        except (Rejected, NotAllowed, Unreadable) as error:
            if state := _STATES.get(error.reason):
                await self._database.write(set_content_state, stored.row.id, state)
            raise
        await self._blobs.save(stored.row.id, data)

    async def _obtain(self, body: bytes) -> bytes:
        attachment = read_attachment(find_attachment(read_body(body)))
        if attachment.size > self._limit:
            raise Unreadable(Reason.TOO_LARGE, bytes=attachment.size)
        if attachment.inline:
            data = await asyncio.to_thread(read_content, body)
        elif attachment.url:
            answer = await self._api.get(attachment.url, accept=ANY_FORM, limit=self._limit * 4 // 3 + ENVELOPE)
            data = await asyncio.to_thread(_open_answer, answer, attachment)
        else:
            raise Unreadable(Reason.NO_CONTENT)
        await asyncio.to_thread(_verify, data, attachment, self._limit)
        return data


def _open_answer(answer: Answer, attachment: Attachment) -> bytes:
    """The bytes of a Binary resource, or the answer itself where the server hands contents out raw."""
    if answer.content_type in (FHIR_JSON, "application/json"):
        return read_content(answer.body)
    if answer.content_type == "text/html" != attachment.content_type:
        raise Unreadable(Reason.NOT_FHIR)
    return answer.body


def _verify(data: bytes, attachment: Attachment, limit: int) -> None:
    """Raises Unreadable: TOO_LARGE, NO_CONTENT when empty, DAMAGED when size or SHA-1 are not as announced."""
    if len(data) > limit:
        raise Unreadable(Reason.TOO_LARGE, bytes=len(data))
    if not data:
        raise Unreadable(Reason.NO_CONTENT)
    # SHA-1 tells an accident from the intended bytes, nothing more: it is what XDS gives. Some servers write it in hex.
    digest = hashlib.sha1(data, usedforsecurity=False)
    written = (base64.b64encode(digest.digest()).decode(), digest.hexdigest())
    if (attachment.size and attachment.size != len(data)) or (attachment.sha1 and attachment.sha1 not in written):
        raise Unreadable(Reason.DAMAGED)


def _list_waiting(con: Connection, pids: Sequence[str]) -> list[str]:
    return [row.id for pid in pids for row in list_awaited(con, pid, limit=count_awaited(con, pid))]
