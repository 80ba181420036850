"""From a sheet to the bytes of its PDF: pages, footer with page x/y, signature.

The output depends only on the sheet: no date, and no compression, which differs between libraries of one machine
and another. What a document says is in its body; nothing here knows laboratories or prescriptions.
"""

from io import BytesIO
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate

from mes_backend.demo.documents.letterheads import draw_letterhead, write_lines
from mes_backend.demo.documents.sheets import (
    BOLD,
    COLOURS,
    GREY,
    HEIGHT,
    INK,
    MARGIN,
    REGULAR,
    WIDTH,
    Sheet,
    load_fonts,
)

NOTICE = "Document fictif de démonstration : aucune de ces personnes n’existe."
BLUE_INK = HexColor("#1f3a93")
FOOT = 50
COUNT_AT = WIDTH - MARGIN - 8


def _draw_footer(canvas: Any, sheet: Sheet, page: int) -> None:
    canvas.setStrokeColor(COLOURS[sheet.kind])
    canvas.setLineWidth(0.5)
    canvas.line(MARGIN, 46, WIDTH - MARGIN, 46)
    place = f"{sheet.institution.name} · " if sheet.institution else ""
    write_lines(canvas, MARGIN, 35, [(f"{place}{sheet.title}", REGULAR, 6.8, GREY), (NOTICE, REGULAR, 6.5, GREY)])
    write_lines(canvas, COUNT_AT, 35, [(f"Page {page} / ", REGULAR, 6.8, GREY)], right=True)
    canvas.doForm("page-count")


def _define_page_count(canvas: Any, pages: int) -> None:
    canvas.beginForm("page-count", COUNT_AT, 30, WIDTH, 45)
    write_lines(canvas, COUNT_AT, 35, [(str(pages), REGULAR, 6.8, GREY)])
    canvas.endForm()


def _draw_stroke(canvas: Any, x: float, y: float, name: str) -> None:
    canvas.setStrokeColor(BLUE_INK)
    canvas.setLineWidth(1.1)
    path = canvas.beginPath()
    path.moveTo(x, y)
    for step, letter in enumerate(name[-9:]):
        lift, pull, left = ord(letter) % 23 - 7, ord(letter) % 13, x + step * 9
        path.curveTo(left + pull, y + lift + 12, left + 10 - pull, y - lift, left + 9, y + lift / 3)
    path.curveTo(x + 120, y + 18, x + 30, y - 14, x + 112, y - 9)
    canvas.drawPath(path)


class _Closing(Flowable):  # type: ignore[misc]  # reportlab has no types
    """The last thing of a document: who signs, and the number of pages, known only here.

    The stroke of the pen is always the same for the same name.
    """

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name, self.width, self.height = name, WIDTH - 2 * MARGIN, 52

    def draw(self) -> None:
        """Called by reportlab where the flowable comes to lie."""
        write_lines(self.canv, 300, 36, [(self.name, BOLD, 8.8, INK)])
        _draw_stroke(self.canv, 308, 11, self.name)
        _define_page_count(self.canv, self.canv.getPageNumber())


def _make_template(sheet: Sheet, name: str, top: float) -> Any:
    frame = Frame(MARGIN, FOOT, WIDTH - 2 * MARGIN, HEIGHT - FOOT - top, 0, 0, 0, 0)

    def draw_page(canvas: Any, _: Any) -> None:
        if name == "first":
            draw_letterhead(canvas, sheet)
        _draw_footer(canvas, sheet, canvas.getPageNumber())

    return PageTemplate(name, [frame], onPage=draw_page, autoNextPageTemplate="next")


def make_pdf(sheet: Sheet) -> bytes:
    """The PDF of one document."""
    load_fonts()
    output = BytesIO()
    document = BaseDocTemplate(
        output,
        pageTemplates=[_make_template(sheet, "first", 194), _make_template(sheet, "next", 50)],
        title=sheet.title,
        author=sheet.author.name,
        lang="fr-FR",
        invariant=1,
        pageCompression=0,
    )
    document.build([*sheet.body(COLOURS[sheet.kind]), _Closing(sheet.author.name)])
    return output.getvalue()
