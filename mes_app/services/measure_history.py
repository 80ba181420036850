"""All values of one measure, ready to be looked at by period and by source."""

from mes_app.domain.measure_series import MeasureHistory, MeasureSeries, Period, make_point, narrow
from mes_app.domain.shown_measures import show_range, show_row
from mes_app.services.measure_rows import MeasureBook, identify, list_usual, list_values, open_book
from mes_app.store.database import Connection

MOST = 10_000
"""Values read at once: more would be felt in the memory of a phone."""

SERIES_POINTS = 120
"""Those of a tile."""


def read_history(con: Connection, pid: str, measure: str) -> MeasureHistory:
    """The newest MOST values of ``measure``, in the unit chosen; an empty history where there are none."""
    book = open_book(con, pid)
    rows = list_values(con, book, measure, MOST)
    usual = list_usual(con, book, measure, rows)
    shown = [show_row(row, book.units) for row in rows]
    points = [
        make_point(row, [show_range(each, measure, said.unit, row.unit) for each in usual.get(identify(said), ())])
        for said, row in zip(rows, shown, strict=True)
        if row.value is not None and row.date_key
    ]
    return MeasureHistory(tuple(shown), tuple(reversed(points)), capped=len(rows) == MOST)


def list_series(con: Connection, pid: str) -> list[MeasureSeries]:
    """Each measure that has values, the most recently taken first."""
    book = open_book(con, pid)
    found = [_read_series(con, book, measure) for measure in book.measures]
    return sorted((series for series in found if series), key=lambda series: series.last.date_key, reverse=True)


def _read_series(con: Connection, book: MeasureBook, measure: str) -> MeasureSeries | None:
    rows = [show_row(row, book.units) for row in list_values(con, book, measure, SERIES_POINTS)]
    points = [make_point(row) for row in reversed(rows) if row.value is not None and row.date_key]
    drawn = narrow(MeasureHistory(tuple(rows), tuple(points)), Period.ALL, None).points
    last = drawn[-1].row if drawn else next((row for row in rows if row.value is not None), None)
    return MeasureSeries(measure, last, tuple(point.row for point in drawn)) if last else None
