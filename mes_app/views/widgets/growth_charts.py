"""The curve of a child between the lines of its table. Drawn for the eye only: the same is told beside it in words."""

import flet as ft
import flet.canvas as cv

from mes_app.domain.growth_frames import HALF_YEAR, Frame, Growing, make_frame
from mes_app.i18n import t
from mes_app.views.widgets.charts import GAP, draw_dot, draw_line, draw_values, trace, write_mark


def growth_chart(growing: Growing, width: float, height: float, scale: float) -> ft.Control:
    """The chart in a box of that size; its texts grow by ``scale``."""
    frame = make_frame(growing, width, height, scale)
    shapes = [
        *_draw_bands(growing, frame),
        *draw_values(frame.marks, frame.down, frame.left, frame.right, frame.scale),
        *_draw_ages(frame),
        *_draw_lines(growing, frame),
        *_draw_child(growing, frame),
    ]
    return ft.Semantics(content=cv.Canvas(shapes, width=width, height=height), exclude_semantics=True)


def _draw_bands(growing: Growing, frame: Frame) -> list[cv.Shape]:
    """Between the outermost lines, and again between those inside, which makes the middle stand out."""
    ground = ft.Paint(color=ft.Colors.with_opacity(0.14, ft.Colors.ON_SURFACE_VARIANT))
    around = ([*frame.place(below), *reversed(frame.place(above))] for below, above in growing.bands)
    return [cv.Path([*trace(spots), cv.Path.Close()], paint=ground) for spots in around]


def _draw_ages(frame: Frame) -> list[cv.Shape]:
    """Below the chart."""
    rule = ft.Paint(color=ft.Colors.OUTLINE_VARIANT, stroke_width=1)
    shapes: list[cv.Shape] = []
    for half in frame.halves:
        x = frame.across(min(half * HALF_YEAR, frame.last))
        shapes.append(cv.Line(x, frame.bottom, x, frame.bottom + 4, paint=rule))
        if half:
            words = t("dates.years", count=half // 2) if half % 2 == 0 else t("dates.months", count=half * 6)
            shapes.append(write_mark(words, x, frame.bottom + GAP, frame.scale, ft.Alignment.TOP_CENTER))
    return shapes


def _draw_lines(growing: Growing, frame: Frame) -> list[cv.Shape]:
    """Each line and its name at its end; the one in the middle heavier."""
    shapes: list[cv.Shape] = []
    for percent in growing.lines:
        spots = frame.place(growing.trace(percent))
        width = 1.5 if percent == 50 else 1
        stroke = ft.Paint(color=ft.Colors.OUTLINE, stroke_width=width, style=ft.PaintingStyle.STROKE)
        shapes.append(cv.Path(trace(spots), paint=stroke))
        shapes.append(write_mark(str(percent), frame.right + 5, spots[-1][1], frame.scale, ft.Alignment.CENTER_LEFT))
    return shapes


def _draw_child(growing: Growing, frame: Frame) -> list[cv.Shape]:
    """The line of the child above all, each value a dot."""
    spots = frame.place([spot for spot in growing.points if spot[0] <= frame.last])
    return [draw_line(spots), *map(draw_dot, spots)] if spots else []
