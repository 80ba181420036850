"""The health profile: its sections, their entries, and the series of measures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter

from mes_app.domain.laboratory import Trend, list_trends
from mes_app.domain.measure_series import MeasureHistory, MeasureSeries
from mes_app.domain.record import Entry, Kind, Row
from mes_app.domain.sections import SECTIONS
from mes_app.domain.sections.ordering import is_current, sort_by_danger
from mes_app.domain.shown_measures import show_row
from mes_app.domain.values import PartialDate
from mes_app.fhir.analytes import read_analytes
from mes_app.fhir.bodies import read_body
from mes_app.services.decoding import decode_record, list_entries, list_member_rows
from mes_app.services.finding import MOST, find_entries
from mes_app.services.measure_history import list_series, read_history
from mes_app.services.measure_units import read_units
from mes_app.services.pregnancies import list_shown
from mes_app.store import records
from mes_app.store.analytes import list_document_analytes
from mes_app.store.database import Connection, Database

NEWEST = 3
ALL = 500
EMERGENCY = (
    Kind.ALLERGIES,
    Kind.BLOOD_GROUP,
    Kind.TREATMENTS,
    Kind.CONDITIONS,
    Kind.CONTACTS,
    Kind.PROFESSIONALS,
)


@dataclass(frozen=True, slots=True)
class SectionSummary:
    """One section at a glance. ``nothing_declared``: when « Je n'ai pas de … » was said, None if it was not."""

    kind: Kind
    count: int
    rows: tuple[Row, ...]
    nothing_declared: PartialDate | None = None


@dataclass(frozen=True, slots=True)
class EmergencySection:
    """What holds today of one section, the gravest first; whether the person declared to have nothing."""

    kind: Kind
    entries: tuple[Entry, ...]
    nothing_declared: bool = False


class Health:
    """Reading the health profile of one person at a time."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def summaries(self, pid: str) -> list[SectionSummary]:
        """Every section in the order of the screens, with up to three newest rows."""
        return await self._database.read(_summarise_sections, pid)

    async def rows(self, pid: str, kind: Kind, after: Row | None = None) -> list[Row]:
        """One page of a section, newest first (allergies all at once, the most dangerous first).

        ``after`` is the last row already shown.
        """
        return await self._database.read(_list_rows, pid, kind, after)

    async def find(self, pid: str, text: str, names: Mapping[str, str], limit: int = MOST) -> list[Row]:
        """The best ``limit`` entries, at most 60, of any section that say every word of ``text``, each perhaps begun.

        Those that say it in their title come first, then the newest. Of a measure, found by its name in ``names``, the
        newest value.
        """
        return await self._database.read(find_entries, pid, text, names, limit)

    async def entry(self, record_id: str) -> Entry:
        """One entry, opened. Raises Rejected(UNKNOWN_RECORD)."""
        return await self._database.read(decode_record, record_id)

    async def entries(self, pid: str, kind: Kind) -> list[Entry]:
        """All entries of a section, opened, what matters most first (at most 500)."""
        return await self._database.read(list_entries, pid, kind)

    async def emergency(self, pid: str) -> list[EmergencySection]:
        """What somebody who helps must know at once: only what holds today."""
        return await self._database.read(list_emergency, pid)

    async def trends(self, pid: str) -> list[Trend]:
        """Each analyte of a laboratory, by its name: of the newest 500 results and 200 documents read here."""
        return await self._database.read(_list_trends, pid)

    async def result_names(self, pid: str) -> list[str]:
        """What a laboratory examined last, at most three; none where there are no results."""
        return await self._database.read(_name_results, pid)

    async def series(self, pid: str) -> list[MeasureSeries]:
        """Each measure that has values, the most recently taken first."""
        return await self._database.read(list_series, pid)

    async def history(self, pid: str, measure: str) -> MeasureHistory:
        """All values of one measure, at most 10,000; an empty one where there are none."""
        return await self._database.read(read_history, pid, measure)


def nothing_declared(con: Connection, pid: str) -> dict[str, PartialDate]:
    """When the person declared to have nothing, by section."""
    rows = records.list_rows(con, pid, Kind.NOTHING_DECLARED)
    return {row.category: row.date or PartialDate(text="") for row in reversed(rows)}


def _summarise_sections(con: Connection, pid: str) -> list[SectionSummary]:
    team = _list_rows(con, pid, Kind.PROFESSIONALS, None)
    counts = records.count_by_kind(con, pid) | {Kind.PROFESSIONALS: len(team)}
    declared = nothing_declared(con, pid)
    return [
        SectionSummary(
            kind=kind,
            count=counts.get(kind, 0),
            rows=tuple(_list_rows(con, pid, kind, None, limit=NEWEST)) if counts.get(kind) else (),
            nothing_declared=declared.get(kind.value) if not counts.get(kind) else None,
        )
        for kind in SECTIONS
    ]


def _list_rows(con: Connection, pid: str, kind: Kind, after: Row | None, limit: int = records.PAGE) -> list[Row]:
    if kind is Kind.PREGNANCIES:
        return [] if after else list_shown(con, pid)
    if kind is Kind.ALLERGIES:
        return [] if after else sort_by_danger(records.list_rows(con, pid, kind, limit=ALL))[:limit]
    if kind is Kind.PROFESSIONALS:
        return [] if after else list_member_rows(con, pid)[:limit]
    rows = records.list_rows(con, pid, kind, after=after, limit=limit)
    if kind is not Kind.MEASURES:
        return rows
    units = read_units(con, pid)
    return [show_row(row, units) for row in rows]


def list_emergency(con: Connection, pid: str, kinds: Sequence[Kind] = EMERGENCY) -> list[EmergencySection]:
    """What holds today of these sections of one person, each the gravest first."""
    declared = nothing_declared(con, pid)
    return [
        EmergencySection(
            kind=kind,
            entries=tuple(entry for entry in list_entries(con, pid, kind) if is_current(entry)),
            nothing_declared=kind.value in declared,
        )
        for kind in kinds
    ]


def _list_trends(con: Connection, pid: str) -> list[Trend]:
    """Results of the record last: where one came by both ways, what the server said of it is kept."""
    bodies = records.list_bodies(con, pid, Kind.RESULTS, limit=ALL)
    recorded = [analyte for stored in bodies for analyte in read_analytes(read_body(stored.body))]
    return list_trends([*list_document_analytes(con, pid), *recorded])


def _name_results(con: Connection, pid: str) -> list[str]:
    rows = records.list_rows(con, pid, Kind.RESULTS, limit=records.PAGE)
    written = list_document_analytes(con, pid, limit=1)
    dated = [(row.date_key, row.title) for row in rows]
    dated += [(one.date.key if one.date else "", one.name) for one in written]
    newest = sorted(dated, key=itemgetter(0), reverse=True)
    return list(dict.fromkeys(name for _, name in newest if name))[:NEWEST]
