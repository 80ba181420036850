"""A series of measures as a line. Drawn for the eye only: whoever shows it says the same in a sentence."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby

import flet as ft
import flet.canvas as cv

from mes_app.domain.values import PartialDate
from mes_app.i18n import decimal
from mes_app.views.theme import REGULAR

Spot = tuple[float, float]

LINE, DOT, INSET, TEXT = 2.5, 4.0, 6.0, 12.0
COLUMN = 2.0
"""Pixels across in which a line cannot be told from its extremes."""
GAP = 6.0
"""How far a mark stands from its rule."""


def sparkline(
    dates: Sequence[PartialDate | None], lines: Sequence[Sequence[float | None]], width: float, height: float
) -> ft.Control:
    """``lines`` of values at ``dates``, the oldest first, in a box of that size; a dot at the newest of each."""
    values = [value for line in lines for value in line if value is not None]
    times = [date.start.timestamp() if date and date.start else 0.0 for date in dates]
    across = scale_between(min(times), max(times), INSET, width - INSET)
    down = scale_between(min(values), max(values), height - INSET, INSET)
    shapes: list[cv.Shape] = []
    for line in lines:
        spots = [(across(time), down(value)) for time, value in zip(times, line, strict=True) if value is not None]
        shapes += [draw_line(spots), draw_dot(spots[-1])] if spots else []
    return ft.Semantics(content=cv.Canvas(shapes, width=width, height=height), exclude_semantics=True)


def thin_spots(spots: Sequence[Spot]) -> list[Spot]:
    """The spots that make the same line, at most four a COLUMN: its first, lowest, highest and last.

    ``spots`` are in pixels, from the left to the right.
    """
    columns = groupby(spots, key=lambda spot: spot[0] // COLUMN)
    return [spot for _, column in columns for spot in _keep_extremes([*column])]


def _keep_extremes(column: Sequence[Spot]) -> Iterator[Spot]:
    """Those of one column that are seen, in their order."""
    heights = [spot[1] for spot in column]
    kept = {0, heights.index(min(heights)), heights.index(max(heights)), len(column) - 1}
    return (column[place] for place in sorted(kept))


def draw_line(spots: Sequence[Spot]) -> cv.Shape:
    """The line of what is shown, from spot to spot."""
    stroke = ft.Paint(
        color=ft.Colors.PRIMARY,
        stroke_width=LINE,
        style=ft.PaintingStyle.STROKE,
        stroke_cap=ft.StrokeCap.ROUND,
        stroke_join=ft.StrokeJoin.ROUND,
    )
    return cv.Path(trace(spots), paint=stroke)


def draw_dot(spot: Spot) -> cv.Shape:
    """One value on that line."""
    return cv.Circle(*spot, DOT, paint=ft.Paint(color=ft.Colors.PRIMARY))


def trace(spots: Sequence[Spot]) -> list[cv.Path.PathElement]:
    """From spot to spot; there is at least one."""
    first, *others = spots
    return [cv.Path.MoveTo(*first), *(cv.Path.LineTo(*spot) for spot in others)]


def write_mark(words: str, x: float, y: float, scale: float, alignment: ft.Alignment) -> cv.Shape:
    """The words of a mark, grown by ``scale``; ``alignment`` tells which point of them is at that place."""
    style = ft.TextStyle(size=TEXT * scale, font_family=REGULAR, color=ft.Colors.ON_SURFACE_VARIANT)
    return cv.Text(x, y, words, style=style, alignment=alignment)


def draw_values(
    marks: Iterable[float], down: Callable[[float], float], left: float, right: float, scale: float
) -> Iterator[cv.Shape]:
    """A thin rule from ``left`` to ``right`` at each mark, and its number before it."""
    rule = ft.Paint(color=ft.Colors.OUTLINE_VARIANT, stroke_width=1)
    for mark in marks:
        y = down(mark)
        yield cv.Line(left, y, right, y, paint=rule)
        yield write_mark(decimal(mark), left - GAP, y, scale, ft.Alignment.CENTER_RIGHT)


def scale_between(low: float, high: float, start: float, end: float) -> Callable[[float], float]:
    """From ``low``–``high`` to ``start``–``end``; the middle when all values are the same."""
    if low == high:
        return lambda _: (start + end) / 2
    return lambda value: start + (value - low) / (high - low) * (end - start)
