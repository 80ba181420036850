"""All values of one measure, ready to be looked at by period and by source."""

from collections.abc import Mapping
from datetime import datetime

from mes_app.domain.laboratory import Range
from mes_app.domain.measure_series import MeasureHistory, Point
from mes_app.domain.record import Kind, Row
from mes_app.fhir.bodies import read_body
from mes_app.fhir.measures import read_ranges
from mes_app.store import records
from mes_app.store.database import Connection
from mes_app.store.measures import list_ranged_bodies

MOST = 10_000
"""Values read at once: more would be felt in the memory of a phone."""


def read_history(con: Connection, pid: str, measure: str) -> MeasureHistory:
    """The newest MOST values of ``measure``; an empty history where there are none."""
    rows = records.list_rows(con, pid, Kind.MEASURES, category=measure, limit=MOST)
    ranges = {lid: read_ranges(read_body(body)) for lid, body in list_ranged_bodies(con, pid, measure)}
    points = [_make_point(row, row.value, ranges) for row in reversed(rows) if row.value is not None and row.date_key]
    return MeasureHistory(tuple(rows), tuple(points), capped=len(rows) == MOST)


def _make_point(row: Row, value: float, ranges: Mapping[str, tuple[Range, ...]]) -> Point:
    values = (value,) if row.value2 is None else (value, row.value2)
    return Point(row, datetime.fromisoformat(row.date_key).timestamp(), values, ranges.get(row.id, ()))
