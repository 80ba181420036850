"""All values of one measure, ready to be looked at by period and by source; measures as a table."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from mes_app.domain.laboratory import Range
from mes_app.domain.measure_series import MeasureHistory, Point
from mes_app.domain.record import Kind, Row
from mes_app.domain.sections.measures import Measure
from mes_app.fhir.bodies import read_body
from mes_app.fhir.measures import read_ranges
from mes_app.pdf.measure_tables import write_measures
from mes_app.services.decoding import decode_stored
from mes_app.store import records
from mes_app.store.database import Connection
from mes_app.store.measures import list_ranged_bodies

MOST = 10_000
"""Values read at once: more would be felt in the memory of a phone."""


@dataclass(frozen=True, slots=True)
class MeasureTable:
    """How many measures, and the CSV that holds them."""

    count: int
    data: bytes


def read_history(con: Connection, pid: str, measure: str) -> MeasureHistory:
    """The newest MOST values of ``measure``; an empty history where there are none."""
    rows = records.list_rows(con, pid, Kind.MEASURES, category=measure, limit=MOST)
    ranges = {lid: read_ranges(read_body(body)) for lid, body in list_ranged_bodies(con, pid, measure)}
    points = [_make_point(row, row.value, ranges) for row in reversed(rows) if row.value is not None and row.date_key]
    return MeasureHistory(tuple(rows), tuple(points), capped=len(rows) == MOST)


def make_table(con: Connection, pid: str, measure: str) -> MeasureTable:
    """The newest MOST measures, or those of them that are ``measure``, their numbers as written."""
    stored = records.list_bodies(con, pid, Kind.MEASURES, limit=MOST)
    found = (decode_stored(con, each) for each in stored if measure in ("", each.row.category))
    entries = [entry for entry in found if isinstance(entry, Measure)]
    return MeasureTable(len(entries), write_measures(entries))


def _make_point(row: Row, value: float, ranges: Mapping[str, tuple[Range, ...]]) -> Point:
    values = (value,) if row.value2 is None else (value, row.value2)
    return Point(row, datetime.fromisoformat(row.date_key).timestamp(), values, ranges.get(row.id, ()))
