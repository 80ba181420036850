"""Take measures away: as a table for a spreadsheet, or as FHIR for another record. Written a page at a time."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from mes_app.domain.record import Kind, Row
from mes_app.domain.sections.measures import Measure
from mes_app.fhir.bodies import read_body
from mes_app.fhir.collections import COLLECTION_END, CollectionEntries, begin_collection, name_shared
from mes_app.fhir.references import find_references
from mes_app.pdf.measure_tables import begin_table, write_lines
from mes_app.services.decoding import decode_stored
from mes_app.store.database import Connection, Database
from mes_app.store.dossiers import read_bodies
from mes_app.store.records import Stored, list_rows
from mes_app.store.shared import find_shared

PAGE = 500
"""Measures read at once: others of the store wait no longer than for these."""


class ExportForm(StrEnum):
    """What measures are written as."""

    CSV = "csv"
    FHIR = "fhir"


@dataclass(frozen=True, slots=True)
class MeasureExport:
    """How many measures, and the file that holds them."""

    count: int
    data: bytes


class MeasureExports:
    """Writes the measures of one person."""

    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        self._database = database
        self._now = now

    async def write(self, pid: str, measure: str = "", form: ExportForm = ExportForm.CSV) -> MeasureExport:
        """All measures, or those that are ``measure``, the newest first; numbers and units as they were written."""
        writer = _Table() if form is ExportForm.CSV else _Collection(self._now())
        pieces, count = [writer.begin()], 0
        last: Row | None = None
        while page := await self._database.read(_read_page, pid, measure, last):
            pieces.append(await self._database.read(writer.write, page))
            count, last = count + len(page), page[-1].row
        pieces.append(await self._database.read(writer.end))
        return MeasureExport(count, b"".join(pieces))


def _read_page(con: Connection, pid: str, measure: str, last: Row | None) -> list[Stored]:
    rows = list_rows(con, pid, Kind.MEASURES, category=measure, after=last, limit=PAGE)
    bodies = dict(read_bodies(con, pid, [row.id for row in rows]))
    return [Stored(row, "Observation", None, bodies[row.id]) for row in rows if row.id in bodies]


class _Table:
    """As CSV."""

    def begin(self) -> bytes:
        return begin_table()

    def write(self, con: Connection, page: Sequence[Stored]) -> bytes:
        entries = (decode_stored(con, stored) for stored in page)
        return write_lines(entry for entry in entries if isinstance(entry, Measure))

    def end(self, con: Connection) -> bytes:  # noqa: ARG002 - as _Collection
        return b""


class _Collection:
    """As a Bundle, with what they refer to that belongs to no patient; who the person is, is not in it."""

    def __init__(self, made_at: datetime) -> None:
        self._made_at = made_at
        self._entries = CollectionEntries()
        self._referred: set[tuple[str, str]] = set()

    def begin(self) -> bytes:
        return begin_collection(self._made_at)

    def write(self, con: Connection, page: Sequence[Stored]) -> bytes:  # noqa: ARG002 - as _Table
        for stored in page:
            self._referred |= find_references(read_body(stored.body))
        return b"".join(self._entries.write(f"urn:uuid:{stored.row.id}", stored.body) for stored in page)

    def end(self, con: Connection) -> bytes:
        written: set[tuple[str, str]] = set()
        pieces = []
        while waiting := self._referred - written:
            for pair in sorted(waiting):
                if (body := find_shared(con, *pair)) is not None:
                    pieces.append(self._entries.write(name_shared(*pair), body))
                    self._referred |= find_references(read_body(body))
            written |= waiting
        return b"".join([*pieces, COLLECTION_END])
