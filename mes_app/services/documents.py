"""The dossier: find a document, open it, show it, file one's own."""

import asyncio
from datetime import date
from functools import partial
from typing import cast

from mes_app.domain.content_types import UNKNOWN, file_extension, sniff_content_type
from mes_app.domain.documents import Category, Content, Document
from mes_app.domain.record import ContentState, Kind, Row
from mes_app.domain.scans import Window
from mes_app.domain.texts import clean_line
from mes_app.domain.versions import Versions
from mes_app.errors import Offline, Reason, Rejected, Unreadable
from mes_app.services.adding import prepare_file
from mes_app.services.decoding import decode_stored
from mes_app.services.editing import change_own
from mes_app.services.filing import LONGEST_TITLE, Label, create_document, describe_file, relabel_document
from mes_app.services.pens import Pen
from mes_app.services.previews import Preview, Previews
from mes_app.services.syncing import Syncing
from mes_app.services.undoing import Edited
from mes_app.store import records
from mes_app.store.blobs import Blobs
from mes_app.store.database import Connection
from mes_app.store.edits import When, delete_record
from mes_app.store.folds import find_document_versions
from mes_app.store.keeping import free_damaged
from mes_app.store.own_titles import set_own_title

PAPERS = 200
_REFUSED = {ContentState.NONE: Reason.NO_CONTENT, ContentState.TOO_LARGE: Reason.TOO_LARGE}


class Documents:
    """The documents of one person at a time."""

    def __init__(self, pen: Pen, blobs: Blobs, syncing: Syncing, previews: Previews) -> None:
        self._pen = pen
        self._database = pen.database
        self._blobs = blobs
        self._syncing = syncing
        self._previews = previews

    async def counts(self, pid: str, *, folder: str = "") -> dict[Category, int]:
        """How many documents each category has, in all or in one folder; categories without documents are absent."""
        counts = await self._database.read(records.count_by_category, pid, Kind.DOCUMENTS, folder=folder)
        return {Category(category): count for category, count in counts.items()}

    async def unread(self, pid: str, limit: int = 3) -> list[Row]:
        """The newest documents that nobody has opened here."""
        return await self._database.read(records.list_rows, pid, Kind.DOCUMENTS, unread=True, limit=limit)

    async def open(self, record_id: str) -> Document:
        """One document; from now on it counts as read. Raises Rejected(UNKNOWN_RECORD)."""
        return await self._database.write(_open, record_id)

    async def add(self, pid: str, data: bytes, label: Label) -> Edited:
        """File a document of a person; ``Editing.undo`` removes it again.

        Raises Rejected as ``describe_file`` and ``prepare_file``, what is acting in it taken out.
        """
        data = (await asyncio.to_thread(prepare_file, data)).data
        document = describe_file(data, label, self._pen.now())
        make_record = partial(create_document, pid=pid, document=document, when=self._pen.when(), hidden=label.hidden)
        record_id = await self._blobs.save_new(make_record, data)
        self._pen.note_edit()
        return Edited(record_id, lambda con, when: delete_record(con, record_id, when))

    async def relabel(self, record_id: str, label: Label) -> Edited:
        """Say otherwise what a document of one's own is. Raises as ``relabel_document``, and NotAllowed(NOT_YOURS)."""
        today = self._pen.now().astimezone().date()
        return await self._pen.write(_relabel, record_id, label, today, self._pen.when())

    async def rename(self, record_id: str, title: str) -> Edited:
        """Call a document ``title`` on this device only; empty: by its own title again.

        Raises Rejected("title", TOO_LONG), Rejected("id", UNKNOWN_RECORD).
        """
        title = clean_line(title)
        if len(title) > LONGEST_TITLE:
            raise Rejected("title", Reason.TOO_LONG)
        former = await self._database.write(set_own_title, record_id, title)
        return Edited(record_id, lambda con, _when: set_own_title(con, record_id, former))

    async def papers(self, pid: str) -> list[Document]:
        """The administrative pieces of a person, the newest first (at most 200)."""
        return await self._database.read(_list_papers, pid)

    async def content(self, record_id: str) -> Content:
        """The bytes, from this device or else fetched now.

        Raises Offline when it is not here and the server cannot be reached, Unreadable(NO_CONTENT, TOO_LARGE, DAMAGED).
        One that is here and damaged is fetched again, now or at the next sync, where the server has it.
        """
        row = (await self._database.read(records.get_record, record_id)).row
        if row.content is not ContentState.STORED:
            await self._fetch(row)
        try:
            data = await self._blobs.read(record_id)
        except Unreadable:
            if not await self._blobs.free(partial(free_damaged, record_id=record_id)):
                raise
            await self._fetch(row)
            data = await self._blobs.read(record_id)
        found = sniff_content_type(data)
        content_type = row.content_type or UNKNOWN if found == UNKNOWN else found
        return Content(data=data, content_type=content_type, file_name=f"document.{file_extension(content_type)}")

    async def versions(self, record_id: str) -> Versions:
        """The version before it, the one that replaces it, and its copies. Raises as ``open``."""
        return await self._database.read(find_document_versions, record_id)

    async def preview(self, content: Content, password: str = "") -> Preview:
        """How to show ``content``. Raises as ``Previews.preview``; the password is not kept."""
        return await self._previews.preview(content, password)

    async def render_page(self, content: Content, page: int, width: int) -> bytes:
        """One page as a PNG at most ``width`` pixels wide. Raises as ``preview``."""
        return await self._previews.render_page(content, page, width)

    async def render_frame(self, content: Content, frame: int, window: Window | None) -> bytes:
        """One frame of a scan as a PNG, its grey values within ``window``. Raises as ``preview``."""
        return await self._previews.render_frame(content, frame, window)

    async def _fetch(self, row: Row) -> None:
        if row.content in _REFUSED:
            raise Unreadable(_REFUSED[row.content])
        if await self._syncing.account() is None:
            raise Offline
        await self._syncing.fetch_content(row.id)


def _relabel(con: Connection, record_id: str, label: Label, today: date, when: When) -> Edited:
    document = decode_stored(con, records.get_record(con, record_id))
    if not isinstance(document, Document):
        raise Rejected("id", Reason.UNKNOWN_RECORD)
    return change_own(con, record_id, relabel_document(document, label, today), when)


def _list_papers(con: Connection, pid: str) -> list[Document]:
    rows = records.list_rows(con, pid, Kind.DOCUMENTS, category=Category.ADMINISTRATIVE, limit=PAPERS)
    return [_read(con, row.id) for row in rows]


def _open(con: Connection, record_id: str) -> Document:
    document = _read(con, record_id)
    records.mark_read(con, record_id)
    return document


def _read(con: Connection, record_id: str) -> Document:
    stored = records.get_record(con, record_id)
    document = cast(Document, decode_stored(con, stored))
    told = ("content", "kept", "pinned", "folder", "hidden", "own_title")
    return document.model_copy(update={name: getattr(stored.row, name) for name in told})
