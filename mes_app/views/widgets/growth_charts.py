"""The curve of a child between the lines of its table. Drawn for the eye only: the same is told beside it in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil, floor

import flet as ft
import flet.canvas as cv

from mes_app.i18n import t
from mes_app.views.widgets.charts import GAP, Spot, draw_dot, draw_line, draw_values, trace, write_mark

STEPS = (0.5, 1, 2, 5, 10, 20)
MOST_STEPS = 7
HALF_YEAR = 365.25 / 2


@dataclass(frozen=True)
class Growing:
    """``lines`` by their percentile, each of a value for each of ``ages`` in days; ``points`` are ages and values."""

    ages: Sequence[int]
    lines: Mapping[int, Sequence[float]]
    points: Sequence[Spot]


@dataclass(frozen=True)
class Frame:
    """Where things go in a box: ``across`` for an age, ``down`` for a value from ``low`` to ``high``."""

    width: float
    height: float
    scale: float
    last: float
    low: float
    high: float

    @property
    def left(self) -> float:
        """Where birth is."""
        return 30 * self.scale

    @property
    def right(self) -> float:
        """Where the last age is; beyond it, the names of the lines."""
        return self.width - 24 * self.scale

    @property
    def bottom(self) -> float:
        """Where the lowest value is; below it, the ages."""
        return self.height - 24 * self.scale

    def across(self, age: float) -> float:
        """From the left, in pixels."""
        return self.left + age / self.last * (self.right - self.left)

    def down(self, value: float) -> float:
        """From the top, in pixels."""
        top = 8 * self.scale
        return self.bottom - (value - self.low) / (self.high - self.low) * (self.bottom - top)

    def place(self, spots: Sequence[Spot]) -> list[Spot]:
        """Ages and values as places in the box."""
        return [(self.across(age), self.down(value)) for age, value in spots]


def growth_chart(growing: Growing, width: float, height: float, scale: float) -> ft.Control:
    """The chart in a box of that size; its texts grow by ``scale``."""
    step, low, high = choose_steps([*(value for line in growing.lines.values() for value in line),
                                    *(value for _, value in growing.points)])  # fmt: skip
    frame = Frame(width, height, scale, growing.ages[-1], low, high)
    marks = [low + place * step for place in range(round((high - low) / step) + 1)]
    shapes = [
        *_draw_bands(growing, frame),
        *draw_values(marks, frame.down, frame.left, frame.right, frame.scale),
        *_draw_ages(frame),
        *_draw_lines(growing, frame),
        *_draw_child(growing, frame),
    ]
    return ft.Semantics(content=cv.Canvas(shapes, width=width, height=height), exclude_semantics=True)


def choose_steps(values: Sequence[float]) -> tuple[float, float, float]:
    """The distance between two marks, the lowest and the highest mark, so that all ``values`` lie between few marks."""
    low, high = min(values), max(values)
    step = next((each for each in STEPS if (high - low) / each <= MOST_STEPS), STEPS[-1])
    return step, floor(low / step) * step, ceil(high / step) * step


def _draw_bands(growing: Growing, frame: Frame) -> list[cv.Shape]:
    """Between the outermost lines, and again between those inside, which makes the middle stand out."""
    percents = sorted(growing.lines)
    pairs = zip(percents, reversed(percents), strict=True)
    ground = ft.Paint(color=ft.Colors.with_opacity(0.14, ft.Colors.ON_SURFACE_VARIANT))
    shapes: list[cv.Shape] = []
    for below, above in pairs:
        if below < above:
            up = frame.place(list(zip(growing.ages, growing.lines[below], strict=True)))
            back = frame.place(list(zip(growing.ages, growing.lines[above], strict=True)))
            shapes.append(cv.Path([*trace([*up, *reversed(back)]), cv.Path.Close()], paint=ground))
    return shapes


def _draw_ages(frame: Frame) -> list[cv.Shape]:
    """The half years of the first two, else the years, below the chart."""
    years = frame.last / HALF_YEAR / 2
    rule = ft.Paint(color=ft.Colors.OUTLINE_VARIANT, stroke_width=1)
    shapes: list[cv.Shape] = []
    for half in range(0, int(2 * years + 0.5) + 1, 1 if years < 3 else 2):
        x = frame.across(min(half * HALF_YEAR, frame.last))
        words = t("dates.years", count=half // 2) if half % 2 == 0 else t("dates.months", count=half * 6)
        shapes.append(cv.Line(x, frame.bottom, x, frame.bottom + 4, paint=rule))
        if half:
            shapes.append(write_mark(words, x, frame.bottom + GAP, frame.scale, ft.Alignment.TOP_CENTER))
    return shapes


def _draw_lines(growing: Growing, frame: Frame) -> list[cv.Shape]:
    """Each line and its name at its end; the one in the middle heavier."""
    shapes: list[cv.Shape] = []
    for percent, values in growing.lines.items():
        spots = frame.place(list(zip(growing.ages, values, strict=True)))
        width = 1.5 if percent == 50 else 1
        stroke = ft.Paint(color=ft.Colors.OUTLINE, stroke_width=width, style=ft.PaintingStyle.STROKE)
        shapes.append(cv.Path(trace(spots), paint=stroke))
        shapes.append(write_mark(str(percent), frame.right + 5, spots[-1][1], frame.scale, ft.Alignment.CENTER_LEFT))
    return shapes


def _draw_child(growing: Growing, frame: Frame) -> list[cv.Shape]:
    """The line of the child above all, each value a dot."""
    spots = frame.place([spot for spot in growing.points if spot[0] <= frame.last])
    return [draw_line(spots), *map(draw_dot, spots)] if spots else []
