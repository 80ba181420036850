"""A series of measures as a line. Drawn for the eye only: whoever shows it says the same in a sentence."""

from collections.abc import Callable, Sequence

import flet as ft
import flet.canvas as cv

from mes_app.domain.values import PartialDate

LINE, DOT, INSET = 2.5, 4.0, 6.0


def sparkline(
    dates: Sequence[PartialDate | None], lines: Sequence[Sequence[float | None]], width: float, height: float
) -> ft.Control:
    """``lines`` of values at ``dates``, the oldest first, in a box of that size; a dot at the newest of each."""
    values = [value for line in lines for value in line if value is not None]
    times = [date.start.timestamp() if date and date.start else 0.0 for date in dates]
    across = _scale(min(times), max(times), INSET, width - INSET)
    down = _scale(min(values), max(values), height - INSET, INSET)
    shapes: list[cv.Shape] = []
    for line in lines:
        spots = [(across(time), down(value)) for time, value in zip(times, line, strict=True) if value is not None]
        shapes += _draw(spots)
    return ft.Semantics(content=cv.Canvas(shapes, width=width, height=height), exclude_semantics=True)


def _draw(spots: list[tuple[float, float]]) -> list[cv.Shape]:
    if not spots:
        return []
    first, *others = spots
    path = [cv.Path.MoveTo(*first), *(cv.Path.LineTo(*spot) for spot in others)]
    stroke = ft.Paint(
        color=ft.Colors.PRIMARY,
        stroke_width=LINE,
        style=ft.PaintingStyle.STROKE,
        stroke_cap=ft.StrokeCap.ROUND,
        stroke_join=ft.StrokeJoin.ROUND,
    )
    return [cv.Path(path, paint=stroke), cv.Circle(*spots[-1], DOT, paint=ft.Paint(color=ft.Colors.PRIMARY))]


def _scale(low: float, high: float, start: float, end: float) -> Callable[[float], float]:
    """From ``low``–``high`` to ``start``–``end``; the middle when all values are the same."""
    if low == high:
        return lambda _: (start + end) / 2
    return lambda value: start + (value - low) / (high - low) * (end - start)
