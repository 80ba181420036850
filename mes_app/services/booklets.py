"""The health booklet of a child: gathered from the record, completed with photos, printed as a PDF on the device."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from mes_app.domain.booklets import BODY, Booklet, BookletPage, Photo, PrintedBooklet, arrange_pages
from mes_app.domain.content_types import IMAGES, PDF, sniff_content_type
from mes_app.domain.documents import Category, Content
from mes_app.domain.people import Profile
from mes_app.domain.record import Kind, Row
from mes_app.domain.sections.pages import Page
from mes_app.domain.sections.teeth import Tooth
from mes_app.domain.values import PartialDate, Precision
from mes_app.errors import MesError, Reason, Rejected
from mes_app.fhir.bodies import read_body
from mes_app.fhir.pages import read_page_of
from mes_app.formats.pictures import draw_thumbnail, shrink_picture
from mes_app.services.decoding import decode_record, list_entries
from mes_app.services.documents import Documents
from mes_app.services.editing import Editing
from mes_app.services.filing import Label
from mes_app.services.growth import Growths
from mes_app.services.prevention import Preventions
from mes_app.services.undoing import Edited, join_edits
from mes_app.store import profiles, records
from mes_app.store.database import Connection, Database

PHOTOS, MEASURES = 300, 500
MOST_AT_ONCE = 12
"""Photos added at once: each is in memory until it is filed."""
_SKETCH = 320
_PRINTED = 90_000
"""Bytes of a photo as it is printed."""


class Booklets:
    """The booklet of one child at a time. ``fonts``: the folder of our TTF files."""

    def __init__(
        self,
        database: Database,
        documents: Documents,
        editing: Editing,
        fonts: Path,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._database = database
        self._documents = documents
        self._editing = editing
        self._growths = Growths(database)
        self._preventions = Preventions(database)
        self._fonts = fonts
        self._clock = clock

    async def read(self, pid: str, today: date) -> Booklet:
        """All of it, but the pictures. Raises Rejected("profile", UNKNOWN_RECORD)."""
        growth = await self._growths.read(pid)
        items = (await self._preventions.read(pid, today)).items
        profile, teeth, notes, photos, measures = await self._database.read(_gather, pid)
        pages = arrange_pages(notes, photos, measures, items, profile.birth)
        return Booklet(profile, growth.child, growth.curves, items, teeth, pages)

    async def add_photos(self, pid: str, about: str, photos: Sequence[bytes]) -> Edited:
        """File ``photos`` as documents of the page ``about``, which begins with the first; all of them or none.

        Raises Rejected: ("id", UNKNOWN_RECORD), ("file", FORMAT_NOT_ACCEPTED) for what is no photo, as Documents.add.
        """
        page = (await self.read(pid, self._today())).find_page(about)
        if page is None:
            raise Rejected("id", Reason.UNKNOWN_RECORD)
        if any(sniff_content_type(photo) not in IMAGES for photo in photos):
            raise Rejected("file", Reason.FORMAT_NOT_ACCEPTED)
        edits: list[Edited] = []
        try:
            note = next((note for note in page.notes if note.unique_id), None) or await self._begin(pid, page, edits)
            label = self._label(note)
            for photo in photos:  # one by one: where one is refused, those before it are taken back
                edits.append(await self._documents.add(pid, photo, label))  # noqa: PERF401
        except BaseException:
            await self._editing.undo(join_edits(edits))
            raise
        return join_edits(edits)

    async def sketch(self, photo: str) -> bytes:
        """A small PNG of the photo of that id. Raises as ``Documents.content`` and Unreadable(DAMAGED)."""
        content = await self._documents.content(photo)
        return await asyncio.to_thread(draw_thumbnail, content.data, _SKETCH)

    async def print(self, pid: str) -> Content:
        """The PDF of one child; of a photo that cannot be had now it says so. Raises as ``read``."""
        now = self._clock()
        booklet = await self.read(pid, now.astimezone().date())
        made_by = await self._database.read(_name_holder)
        pictures = {
            photo.id: data for photo, data in [await self._draw(each) for each in _list_photos(booklet)] if data
        }
        printed = PrintedBooklet(booklet, now, made_by, pictures)
        data = await asyncio.to_thread(_render, printed, self._fonts)
        return Content(data=data, content_type=PDF, file_name="carnet-de-sante.pdf")

    async def _begin(self, pid: str, page: BookletPage, edits: list[Edited]) -> Page:
        """A page of which nothing was noted yet."""
        edits.append(await self._editing.add(pid, Page(page=page.name), Kind.PAGES))
        entry = await self._database.read(decode_record, edits[-1].record_id)
        return entry if isinstance(entry, Page) else Page(page=page.name)

    def _label(self, note: Page) -> Label:
        """A photo is of the day of its page, where that is told."""
        told = note.date if note.date and note.date.precision in (Precision.DAY, Precision.TIME) else None
        day = PartialDate(text=told.text[:10] if told else self._today().isoformat())
        return Label(title=note.page, category=Category.PREVENTION, date=day, page=note.unique_id)

    async def _draw(self, photo: Photo) -> tuple[Photo, bytes | None]:
        """None where it is not on this device and the server is out of reach, or where it is damaged."""
        try:
            content = await self._documents.content(photo.id)
            return photo, await asyncio.to_thread(shrink_picture, content.data, _PRINTED)
        except MesError:
            return photo, None

    def _today(self) -> date:
        return self._clock().astimezone().date()


def _gather(con: Connection, pid: str) -> tuple[Profile, tuple[Tooth, ...], list[Page], list[Photo], list[Row]]:
    profile = profiles.get_profile(con, pid)
    teeth = tuple(entry for entry in list_entries(con, pid, Kind.TEETH) if isinstance(entry, Tooth))
    notes = [entry for entry in list_entries(con, pid, Kind.PAGES) if isinstance(entry, Page)]
    known = {note.unique_id for note in notes}
    photos = [photo for photo in _read_photos(con, pid) if photo.page in known] if known else []
    measures = [
        row
        for measure in BODY
        for row in records.list_rows(con, pid, Kind.MEASURES, category=measure, limit=MEASURES, oldest_first=True)
    ]
    return profile, teeth, notes, photos, measures


def _read_photos(con: Connection, pid: str) -> list[Photo]:
    """The photos of pages among the documents, the oldest first."""
    rows = records.list_rows(con, pid, Kind.DOCUMENTS, category=Category.PREVENTION, limit=PHOTOS)
    pictures = [row for row in reversed(rows) if row.content_type in IMAGES]
    pages = ((row, read_page_of(read_body(records.get_record(con, row.id).body))) for row in pictures)
    return [Photo(id=row.id, page=page, title=row.name, date=row.date_text) for row, page in pages if page]


def _name_holder(con: Connection) -> str:
    return next((profile.name for profile in profiles.list_profiles(con) if profile.holder), "")


def _list_photos(booklet: Booklet) -> list[Photo]:
    return [photo for page in booklet.pages for photo in page.photos]


def _render(printed: PrintedBooklet, fonts: Path) -> bytes:
    from mes_app.pdf.booklets import render_booklet  # noqa: PLC0415 - the app starts without reportlab

    return render_booklet(printed, fonts)
