"""Every value known of a measure, in the unit of its person: of the record, of documents read here, and computed.

A result that a document and the record both have is that of the record.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain

from mes_app.domain.body_mass import compute_indices
from mes_app.domain.laboratory import Analyte, Range
from mes_app.domain.measure_types import MEASURE_OF_CODE, MeasureType
from mes_app.domain.record import Kind, Row, Source
from mes_app.domain.shown_measures import Units, show_row
from mes_app.fhir.bodies import read_body
from mes_app.fhir.measures import read_ranges
from mes_app.services.measure_units import read_units
from mes_app.store import profiles, records
from mes_app.store.analytes import list_analytes_by_document
from mes_app.store.database import Connection
from mes_app.store.measures import list_ranged_bodies

_COMPUTED_OF = (MeasureType.WEIGHT, MeasureType.HEIGHT)


@dataclass(frozen=True, slots=True)
class MeasureBook:
    """What one person has measured: the names of it, the units chosen, and what documents hold, by measure."""

    pid: str
    measures: tuple[str, ...]
    units: Units
    written: Mapping[str, tuple[tuple[Row, Range], ...]]
    birth: date | None


def open_book(con: Connection, pid: str) -> MeasureBook:
    """All that is measured of one person, without its values. Raises Rejected("profile", UNKNOWN_RECORD)."""
    recorded = records.count_by_category(con, pid, Kind.MEASURES)
    written = _read_written(con, pid)
    computed = [MeasureType.BMI] if all(measure in recorded for measure in _COMPUTED_OF) else []
    born = profiles.get_profile(con, pid).birth
    return MeasureBook(
        pid=pid,
        measures=tuple(dict.fromkeys(filter(None, chain(recorded, written, computed)))),
        units=read_units(con, pid),
        written=written,
        birth=born.day if born else None,
    )


def list_values(con: Connection, book: MeasureBook, measure: str, limit: int) -> list[Row]:
    """The newest ``limit`` values of ``measure``, the newest first, each as it was written."""
    rows = _list_recorded(con, book.pid, measure, limit)
    rows += _drop_known([row for row, _ in book.written.get(measure, ())], rows, book.units)
    if measure == MeasureType.BMI:
        days = {row.date.day for row in rows if row.date}
        rows += [row for row in _compute(con, book, limit) if row.date and row.date.day not in days]
    return sorted(rows, key=lambda row: (row.date_key, row.id), reverse=True)[:limit]


def list_usual(
    con: Connection, book: MeasureBook, measure: str, rows: Sequence[Row]
) -> dict[tuple[str, str], tuple[Range, ...]]:
    """The ranges that results of ``measure`` state, by ``identify`` of each of ``rows``, which are the newest first.

    As they were written; some that older results state may be among them.
    """
    written = {identify(row): (usual,) for row, usual in book.written.get(measure, ())}
    bodies = list_ranged_bodies(con, book.pid, measure, rows[-1].date_key if rows else "")
    return written | {(lid, key): read_ranges(read_body(body)) for lid, key, body in bodies}


def identify(row: Row) -> tuple[str, str]:
    """What tells a value from all others of its measure: a document may hold several."""
    return row.id, row.date_key


def _list_recorded(con: Connection, pid: str, measure: str, limit: int) -> list[Row]:
    return records.list_rows(con, pid, Kind.MEASURES, category=measure, limit=limit)


def _compute(con: Connection, book: MeasureBook, limit: int) -> list[Row]:
    weights, heights = (_list_recorded(con, book.pid, measure, limit) for measure in _COMPUTED_OF)
    return compute_indices(weights, heights, book.birth)


def _read_written(con: Connection, pid: str) -> dict[str, tuple[tuple[Row, Range], ...]]:
    """The results that documents read here have of our measures, by measure."""
    found: dict[str, tuple[tuple[Row, Range], ...]] = {}
    for document, analytes in list_analytes_by_document(con, pid):
        for one in analytes:
            row = _read_row(pid, document, one)
            if row:
                found[row.category] = (*found.get(row.category, ()), (row, one.usual))
    return found


def _read_row(pid: str, document: str, one: Analyte) -> Row | None:
    """A dated number of one of our measures, under the id of its document."""
    measure = MEASURE_OF_CODE.get(one.code)
    if not (measure and one.value and one.date and one.date.key):
        return None
    return Row(
        id=document,
        profile=pid,
        kind=Kind.DOCUMENTS,
        title=one.name,
        category=measure,
        code=one.code,
        date_text=one.date.text,
        date_key=one.date.key,
        source=Source.DOCUMENT,
        value=float(one.value.value),
        unit=one.value.unit,
    )


def _drop_known(written: Sequence[Row], recorded: Sequence[Row], units: Units) -> list[Row]:
    """Each result of documents once, and none that the record has of the same day."""
    known = {_tell(row, units) for row in recorded} if written else set()
    found = {_tell(row, units): row for row in written}
    return [row for name, row in found.items() if name not in known]


def _tell(row: Row, units: Units) -> tuple[date | None, float | None, str]:
    """The day and the number: what a document and the record both have is one result."""
    shown = show_row(row, units)
    return row.date.day if row.date else None, shown.value, shown.unit
