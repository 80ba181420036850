"""The chart of 5,000 values, against the plainest line, which is given every one of them."""

import flet as ft
import flet.canvas as cv

from bench.figures import Figure, compare
from mes_app.domain.measure_series import MeasureHistory, Period, Point, find_bands, narrow
from mes_app.domain.record import Kind, Row
from mes_app.views.widgets.series_charts import Drawn, series_chart

COUNT, WIDTH, HEIGHT = 5_000, 320.0, 220.0
HOUR = 3_600.0


async def measure() -> Figure:
    """Five rounds of each, from what was read to the control: all of it is time of the event loop."""
    rows = [Row(id=str(hour), profile="p", kind=Kind.MEASURES, unit="mg/dL") for hour in range(COUNT)]
    points = tuple(Point(row, hour * HOUR, (90.0 + hour * 7919 % 61,)) for hour, row in enumerate(rows))
    history = MeasureHistory(tuple(reversed(rows)), points)

    async def chart() -> ft.Control:
        shown = narrow(history, Period.ALL, None)
        return series_chart(Drawn(shown.points, find_bands(shown.points)), WIDTH, HEIGHT, 1.0)

    async def draw_all() -> ft.Control:
        first, *others = ((point.time / HOUR * WIDTH / COUNT, HEIGHT - point.values[0]) for point in points)
        return cv.Canvas([cv.Path([cv.Path.MoveTo(*first), *(cv.Path.LineTo(*spot) for spot in others)])])

    return await compare(f"chart of {COUNT} values", chart, draw_all, rounds=5)
