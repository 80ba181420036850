"""The curves of a child on paper: lines and not pictures, so that they stay sharp, and the same said in words."""

from collections.abc import Iterator

from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph, Table

from mes_app import i18n
from mes_app.domain.growth import Child
from mes_app.domain.growth_curves import GrowthCurve
from mes_app.domain.growth_frames import ENDS, HALF_YEAR, Frame, Growing, Spot, choose_end, make_frame, make_growing
from mes_app.i18n import t
from mes_app.pdf import layout

HEIGHT = 205
_GAP = 14
_SIZE = 7
_LIGHT = (HexColor("#EEF2F1"), HexColor("#DFE6E4"))
_LINE, _MIDDLE = HexColor("#A3AEAB"), HexColor("#6E7A77")


def draw_curves(curves: tuple[GrowthCurve, ...], child: Child, colour: HexColor) -> Iterator[Flowable]:
    """All of ``curves``, two beside each other, as far as their values go."""
    until = choose_end(curves)
    width = (layout.WIDTH - _GAP) / 2
    cells = [_draw_cell(curve, child, until, width, colour) for curve in curves]
    for start in range(0, len(cells), 2):
        table = Table([cells[start : start + 2]], colWidths=[width + _GAP, width], hAlign="LEFT")
        table.setStyle(layout.BARE)
        yield table


def _draw_cell(curve: GrowthCurve, child: Child, until: str, width: float, colour: HexColor) -> list[Flowable]:
    name = t(f"growth.name_{curve.measure}")
    growing = make_growing(curve, child, ENDS[until])
    return [
        Paragraph(f"<b>{t('booklet.pdf.curve', name=name, unit=i18n.unit(curve.unit))}</b>", layout.BODY),
        Paragraph(t(f"booklet.pdf.curve_until_{until}"), layout.SMALL),
        GrowthDrawing(growing, width, colour),
        Paragraph(t("booklet.pdf.chart", name=name, count=len(growing.points)), layout.SMALL),
    ]


class GrowthDrawing(Flowable):  # type: ignore[misc]
    """One curve in a box ``width`` points wide."""

    def __init__(self, growing: Growing, width: float, colour: HexColor) -> None:
        super().__init__()
        self._growing, self._colour = growing, colour
        self._frame = make_frame(growing, width, HEIGHT, 0.75)

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """The room that it takes."""
        return self._frame.width, self._frame.height

    def draw(self) -> None:
        """From what is behind to what is in front."""
        canvas, growing, frame = self.canv, self._growing, self._frame
        for (below, above), ground in zip(growing.bands, _LIGHT, strict=False):
            canvas.setFillColor(ground)
            _trace(canvas, frame, [*frame.place(below), *reversed(frame.place(above))], filled=True)
        canvas.setFont(layout.REGULAR, _SIZE)
        canvas.setFillColor(layout.QUIET)
        _draw_marks(canvas, frame)
        _draw_lines(canvas, growing, frame)
        _draw_child(canvas, frame, frame.place(growing.points), self._colour)


def _draw_marks(canvas: Canvas, frame: Frame) -> None:
    """The values on the left, the ages below."""
    canvas.setStrokeColor(layout.RULE)
    canvas.setLineWidth(0.4)
    for mark in frame.marks:
        y = frame.height - frame.down(mark)
        canvas.line(frame.left, y, frame.right, y)
        canvas.drawRightString(frame.left - 3, y - 2.4, i18n.decimal(mark))
    bottom = frame.height - frame.bottom
    for half in frame.halves[1:]:
        x = frame.across(min(half * HALF_YEAR, frame.last))
        words = t("dates.years", count=half // 2) if half % 2 == 0 else t("dates.months", count=half * 6)
        canvas.line(x, bottom, x, bottom - 3)
        canvas.drawCentredString(x, bottom - 11, words)


def _draw_lines(canvas: Canvas, growing: Growing, frame: Frame) -> None:
    """Each with its name at its end; the middle one heavier."""
    for percent in growing.lines:
        spots = frame.place(growing.trace(percent))
        canvas.setStrokeColor(_MIDDLE if percent == 50 else _LINE)
        canvas.setLineWidth(0.9 if percent == 50 else 0.5)
        _trace(canvas, frame, spots, filled=False)
        canvas.drawString(frame.right + 3, frame.height - spots[-1][1] - 2.4, str(percent))


def _draw_child(canvas: Canvas, frame: Frame, spots: list[Spot], colour: HexColor) -> None:
    canvas.setStrokeColor(colour)
    canvas.setFillColor(colour)
    canvas.setLineWidth(1.4)
    if spots:
        _trace(canvas, frame, spots, filled=False)
    for x, y in spots:
        canvas.circle(x, frame.height - y, 2, stroke=0, fill=1)


def _trace(canvas: Canvas, frame: Frame, spots: list[Spot], *, filled: bool) -> None:
    path = canvas.beginPath()
    (x, y), *others = spots
    path.moveTo(x, frame.height - y)
    for x, y in others:
        path.lineTo(x, frame.height - y)
    if filled:
        path.close()
    canvas.drawPath(path, stroke=0 if filled else 1, fill=1 if filled else 0)
