"""Write the dossiers of people into an archive: one document in memory at a time, whatever their number.

Records are written as they are stored. A document that cannot be had does not keep the others from being written.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import ParamSpec, TypeVar, cast

from mes_app.domain.appointments import Appointment
from mes_app.domain.archives import MANIFEST, ArchivedDocument, ArchivedPerson, ArchivedSettings, Manifest
from mes_app.domain.content_types import JPEG, PDF, PNG, file_extension
from mes_app.domain.documents import Content
from mes_app.domain.dossiers import Dossier, FiledDocument, Missing
from mes_app.domain.file_names import FileNames, name_file
from mes_app.domain.people import Profile
from mes_app.domain.record import ContentState, Kind, Row
from mes_app.domain.values import Precision
from mes_app.errors import Busy, MesError, NotAllowed, Offline, Reason, Rejected, SessionExpired, Unreadable
from mes_app.fhir.bodies import read_body
from mes_app.fhir.collections import COLLECTION_END, CollectionEntries, begin_collection, name_shared
from mes_app.fhir.references import find_references
from mes_app.formats.archive_writers import ArchiveWriter
from mes_app.pdf.index_pages import render_index_page
from mes_app.pdf.wordings import name_category
from mes_app.services.decoding import list_entries
from mes_app.services.personal_settings import describe_settings
from mes_app.services.summaries import gather_summary
from mes_app.store.database import Connection, Database
from mes_app.store.dossiers import list_dossier, read_bodies
from mes_app.store.shared import find_shared
from mes_app.store.threads import see_through

P = ParamSpec("P")
T = TypeVar("T")
Report = Callable[[int, int], None]
ReadContent = Callable[[str], Awaitable[Content]]

DOCUMENTS = "Documents"
PORTRAIT = "photo.jpg"
_BODIES_AT_ONCE = 200
_SMALL_ALREADY = (PDF, JPEG, PNG)
_MISSING: dict[type[MesError], Missing] = {
    Offline: Missing.OFFLINE,
    Busy: Missing.OFFLINE,
    SessionExpired: Missing.OFFLINE,
    NotAllowed: Missing.REFUSED,
    Rejected: Missing.REFUSED,
    Unreadable: Missing.DAMAGED,
}
_ELSEWHERE = (ContentState.REMOTE, ContentState.FREED, ContentState.FAILED)
_REASONS = {Reason.NO_CONTENT: Missing.NONE, Reason.TOO_LARGE: Missing.TOO_LARGE}


@dataclass(frozen=True, slots=True)
class Sources:
    """Where what is written comes from. ``read_content`` is given our id of a document; ``fonts``: our TTF files."""

    database: Database
    read_content: ReadContent
    fonts: Path


class DossierWriter:
    """Writes people to ``archive``, one after the other, then the manifest.

    ``report`` hears how many documents are done, and of all.
    """

    def __init__(self, sources: Sources, archive: ArchiveWriter, made_at: datetime, report: Report, total: int) -> None:
        self._sources = sources
        self._archive = archive
        self._made_at = made_at
        self._report = report
        self._total = total
        self._done = 0
        self._names = FileNames()
        self._unreachable = False
        self._people: list[ArchivedPerson] = []

    async def write_person(self, profile: Profile) -> list[FiledDocument]:
        """All of one person; their documents, those that are there and those that are not."""
        folder = self._names.take("", profile.name, otherwise="dossier")
        rows = await self._sources.database.read(list_dossier, profile.pid)
        await self._write_bundle(f"{folder}/dossier.json", profile.pid, rows)
        archived, filed = [], []
        for row in rows:
            if row.kind is Kind.DOCUMENTS:
                document, told = await self._write_document(folder, row)
                archived.append(document)
                filed.append(told)
        await self._write_indexes(folder, profile.pid, filed)
        settings = await self._write_settings(folder, profile, rows)
        person = ArchivedPerson(
            folder=folder, bundle=f"{folder}/dossier.json", documents=tuple(archived), settings=settings
        )
        self._people.append(person)
        return filed

    async def finish(self) -> None:
        """Write the manifest and end the archive."""
        await work(self._write_manifest)
        await work(self._archive.close)

    def _write_manifest(self) -> None:
        manifest = Manifest(made_at=self._made_at, people=tuple(self._people), files=tuple(self._archive.files))
        self._archive.add(MANIFEST, manifest.model_dump_json(indent=1).encode())

    async def _write_bundle(self, path: str, pid: str, rows: Sequence[Row]) -> None:
        with self._archive.begin(path) as pieces:
            async for piece in self._make_bundle(pid, rows):
                await work(pieces.write, piece)

    async def _make_bundle(self, pid: str, rows: Sequence[Row]) -> AsyncIterator[bytes]:
        """The bundle of these records and of all that they refer to, in pieces."""
        entries, referred = CollectionEntries(), set[tuple[str, str]]()
        yield begin_collection(self._made_at)
        for start in range(0, len(rows), _BODIES_AT_ONCE):
            record_ids = [row.id for row in rows[start : start + _BODIES_AT_ONCE]]
            bodies = await self._sources.database.read(read_bodies, pid, record_ids)
            yield b"".join(entries.write(f"urn:uuid:{record_id}", body) for record_id, body in bodies)
            referred |= await work(_find_referred, [body for _, body in bodies])
        written = set[tuple[str, str]]()
        while waiting := referred - written:
            for pair in sorted(waiting):
                body = await self._sources.database.read(find_shared, *pair)
                if body is not None:
                    yield entries.write(name_shared(*pair), body)
                    referred |= _find_referred([body])
            written |= waiting
        yield COLLECTION_END

    async def _write_document(self, folder: str, row: Row) -> tuple[ArchivedDocument, FiledDocument]:
        archived = ArchivedDocument(
            record=f"urn:uuid:{row.id}",
            folder=row.folder,
            own_title=row.own_title,
            pinned=row.pinned,
            kept=row.kept,
            unread=row.unread,
        )
        filed = FiledDocument(row)
        try:
            content = await self._read_content(row)
        except _Absent as absent:
            filed = replace(filed, missing=absent.why)
        else:
            place = self._name_document(folder, row, content.content_type)
            packed = content.content_type not in _SMALL_ALREADY
            added = await work(partial(self._archive.add, packed=packed), place, content.data)
            archived = archived.model_copy(update={"path": place, "sha256": added.sha256})
            filed = replace(filed, path=place.removeprefix(f"{folder}/"))
        self._done += 1
        self._report(self._done, self._total)
        return archived, filed

    async def _read_content(self, row: Row) -> Content:
        """Raises _Absent. Once the server did not answer it is not asked again: each try may take half a minute."""
        if self._unreachable and row.content in _ELSEWHERE:
            raise _Absent(Missing.OFFLINE)
        try:
            return await self._sources.read_content(row.id)
        except tuple(_MISSING) as error:
            if error.reason is Reason.DISK_FULL:
                raise
            why = _REASONS.get(error.reason, _MISSING[type(error)])
            self._unreachable |= why is Missing.OFFLINE
            raise _Absent(why) from None

    def _name_document(self, folder: str, row: Row, content_type: str) -> str:
        category = name_category(row.category)
        words = " ".join(filter(None, [_tell_day(row), row.name]))
        return self._names.take(
            f"{folder}/{DOCUMENTS}/{name_file(category)}",
            f"{words} - {row.subtitle}" if row.subtitle else words,
            file_extension(content_type),
            otherwise=name_file(category),
        )

    async def _write_settings(self, folder: str, profile: Profile, rows: Sequence[Row]) -> ArchivedSettings:
        portrait = f"{folder}/{PORTRAIT}" if profile.photo else ""
        if portrait:
            await work(partial(self._archive.add, packed=False), portrait, profile.photo)
        record_ids = frozenset(row.id for row in rows)
        return await self._sources.database.read(describe_settings, profile, record_ids, portrait)

    async def _write_indexes(self, folder: str, pid: str, filed: Sequence[FiledDocument]) -> None:
        dossier = await self._sources.database.read(_gather, pid, self._made_at)
        dossier = replace(dossier, documents=tuple(filed))
        for name, render in (("index.html", render_index_page), ("index.pdf", self._render_index)):
            data = await work(render, dossier)
            await work(self._archive.add, f"{folder}/{name}", data)

    def _render_index(self, dossier: Dossier) -> bytes:
        from mes_app.pdf.indexes import render_index  # noqa: PLC0415 - the app starts without reportlab

        return render_index(dossier, self._sources.fonts)


class _Absent(Exception):
    def __init__(self, why: Missing) -> None:
        super().__init__(why)
        self.why = why


async def work(job: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """The result of ``job`` on a thread; when cancelled, it has ended all the same before this does."""
    return await see_through(asyncio.ensure_future(asyncio.to_thread(job, *args, **kwargs)))


def _find_referred(bodies: Iterable[bytes]) -> set[tuple[str, str]]:
    return {pair for body in bodies for pair in find_references(read_body(body))}


def _gather(con: Connection, pid: str, now: datetime) -> Dossier:
    appointments = cast(list[Appointment], list_entries(con, pid, Kind.APPOINTMENTS))
    return Dossier(gather_summary(con, pid, now), tuple(appointments))


def _tell_day(row: Row) -> str:
    """The day as files are sorted by; less where less is known, nothing where it is no date."""
    date = row.date
    if date is None or date.day is None:
        return ""
    return date.day.isoformat() if date.precision in (Precision.DAY, Precision.TIME) else date.text
