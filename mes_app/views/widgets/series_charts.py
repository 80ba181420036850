"""The curve of a measure with its marks and the ranges its results state. The same is told beside it in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from math import ceil, floor, log10

import flet as ft
import flet.canvas as cv

from mes_app.domain.measure_series import Band, Point
from mes_app.domain.values import PARIS
from mes_app.i18n import decimal, short_day, time
from mes_app.views.widgets.charts import (
    GAP,
    Spot,
    draw_dot,
    draw_line,
    draw_values,
    scale_between,
    thin_spots,
    write_mark,
)

FEW = 40
"""Up to so many values each has its dot; of more only the newest."""
MOST_STEPS = 5
LETTER = 7.6
"""How wide a digit of a mark is."""
NARROWEST = 8.0
"""The band of a single result."""


@dataclass(frozen=True)
class Drawn:
    """At least two ``points``, the oldest first, and the ``bands`` behind them; ``within_day``: marked by the hour."""

    points: Sequence[Point]
    bands: Sequence[Band]
    within_day: bool = False


class _Frame:
    """Where things go in a box of a size, its texts grown by ``scale``."""

    def __init__(self, drawn: Drawn, size: tuple[float, float], scale: float) -> None:
        width, height = size
        bounds = [bound for band in drawn.bands for bound in (band.low, band.high) if bound is not None]
        values = [value for point in drawn.points for value in point.values]
        self.marks = choose_marks(min(values + bounds), max(values + bounds))
        self.scale = scale
        self.top, self.bottom = 8 * scale, height - 24 * scale
        self.left = max(len(decimal(mark)) for mark in self.marks) * LETTER * scale + GAP
        self.right = width - GAP
        self.across = scale_between(drawn.points[0].time, drawn.points[-1].time, self.left + GAP, self.right)
        self.down = scale_between(self.marks[0], self.marks[-1], self.bottom, self.top)

    def place(self, drawn: Drawn, rank: int) -> list[Spot]:
        """The numbers at ``rank`` as places in the box."""
        return [(self.across(point.time), self.down(point.values[rank])) for point in drawn.points]


def series_chart(drawn: Drawn, width: float, height: float, scale: float) -> ft.Control:
    """The chart in a box of that size; whatever the number of values, no more is drawn than the eye can tell."""
    frame = _Frame(drawn, (width, height), scale)
    shapes = [
        *_draw_bands(drawn, frame),
        *draw_values(frame.marks, frame.down, frame.left, frame.right, frame.scale),
        *_draw_times(drawn, frame),
    ]
    for rank in range(len(drawn.points[-1].values)):
        spots = frame.place(drawn, rank)
        shapes += [draw_line(thin_spots(spots)), *map(draw_dot, spots if len(spots) <= FEW else spots[-1:])]
    return ft.Semantics(content=cv.Canvas(shapes, width=width, height=height), exclude_semantics=True)


def choose_marks(low: float, high: float) -> list[float]:
    """Round values at the same distance, few, with ``low`` and ``high`` between the first and the last."""
    width = (high - low) or abs(high) / 10 or 1.0
    power = 10.0 ** floor(log10(width / MOST_STEPS))
    step = next(times * power for times in (1, 2, 5, 10) if width / (times * power) <= MOST_STEPS)
    first, last = floor(low / step), ceil(high / step)
    return [round(mark * step, 9) for mark in range(first, max(last, first + 1) + 1)]


def _draw_bands(drawn: Drawn, frame: _Frame) -> list[cv.Shape]:
    ground = ft.Paint(color=ft.Colors.with_opacity(0.14, ft.Colors.ON_SURFACE_VARIANT))
    shapes: list[cv.Shape] = []
    for band in drawn.bands:
        top = frame.top if band.high is None else frame.down(band.high)
        bottom = frame.bottom if band.low is None else frame.down(band.low)
        middle = (frame.across(band.since) + frame.across(band.until)) / 2
        width = max(frame.across(band.until) - frame.across(band.since), NARROWEST)
        shapes.append(cv.Rect(middle - width / 2, top, width, bottom - top, paint=ground))
    return shapes


def _draw_times(drawn: Drawn, frame: _Frame) -> list[cv.Shape]:
    """When the first and the last were measured, below the chart."""
    first, last = (_tell_time(drawn.points[place].time, within_day=drawn.within_day) for place in (0, -1))
    y = frame.bottom + GAP
    end = write_mark(last, frame.right, y, frame.scale, ft.Alignment.TOP_RIGHT)
    return [write_mark(first, frame.left, y, frame.scale, ft.Alignment.TOP_LEFT), end] if first != last else [end]


def _tell_time(seconds: float, *, within_day: bool) -> str:
    moment = datetime.fromtimestamp(seconds, UTC)
    return time(moment) if within_day else short_day(moment.astimezone(PARIS).date())
