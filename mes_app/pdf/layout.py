"""How our PDFs look: page, fonts, styles, running head and foot. What they say is decided elsewhere."""

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate

from mes_app.i18n import t

REGULAR, SEMIBOLD, BOLD = "Atkinson-Regular", "Atkinson-Semibold", "Atkinson-Bold"
INK, QUIET, RULE = HexColor("#1B1F1E"), HexColor("#56605E"), HexColor("#D5DCDA")
ALARM, ALARM_TINT = HexColor("#93000A"), HexColor("#FDECEA")
MARGIN = 18 * mm
WIDTH = A4[0] - 2 * MARGIN


@dataclass(frozen=True, slots=True)
class Front:
    """What every page says: ``title`` and ``language`` go to the metadata, ``running`` to the foot."""

    title: str
    author: str
    language: str
    running: str
    colour: str


@cache
def register_fonts(folder: Path) -> None:
    """Make our fonts known, from the TTF files of ``folder``, so that every accent prints everywhere."""
    for name in (REGULAR, SEMIBOLD, BOLD):
        file = folder / f"{name.replace('Atkinson', 'AtkinsonNext')}.ttf"
        pdfmetrics.registerFont(TTFont(name, io.BytesIO(file.read_bytes())))
    pdfmetrics.registerFontFamily(REGULAR, normal=REGULAR, bold=SEMIBOLD, italic=REGULAR, boldItalic=SEMIBOLD)


def style(name: str, **changes: Any) -> ParagraphStyle:
    """A paragraph style: our regular face, 10/14 points, ink."""
    return ParagraphStyle(name, **({"fontName": REGULAR, "fontSize": 10, "leading": 14, "textColor": INK} | changes))


BODY = style("body", splitLongWords=True)
SMALL = style("small", fontSize=8.5, leading=11.5, textColor=QUIET)
RIGHT = style("right", fontSize=8.5, leading=11.5, textColor=QUIET, alignment=2)
TITLE = style("title", fontName=BOLD, fontSize=21, leading=26)
HEADING = style("heading", fontName=BOLD, fontSize=12.5, leading=16, spaceBefore=11, spaceAfter=3)


BARE = (
    ("FONTNAME", (0, 0), (-1, -1), REGULAR),
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ("LEFTPADDING", (0, 0), (-1, -1), 0),
    ("RIGHTPADDING", (0, 0), (-1, -1), 0),
)
"""A table that only puts things side by side."""


class _NumberedCanvas(Canvas):  # type: ignore[misc]
    """Knows the number of pages before it writes the first foot."""

    def __init__(self, *args: Any, front: Front, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._front = front
        self._pages: list[dict[str, Any]] = []

    def showPage(self) -> None:  # noqa: N802 - reportlab's name
        self._pages.append(dict(self.__dict__))
        self._startPage()

    def save(self) -> None:
        for number, page in enumerate(self._pages, start=1):
            self.__dict__.update(page)
            self._draw_foot(number, len(self._pages))
            super().showPage()
        super().save()

    def _draw_foot(self, number: int, count: int) -> None:
        self.setStrokeColor(RULE)
        self.line(MARGIN, 14 * mm, A4[0] - MARGIN, 14 * mm)
        self.setFont(REGULAR, 8)
        self.setFillColor(QUIET)
        self.drawString(MARGIN, 9.5 * mm, self._front.running)
        self.drawRightString(A4[0] - MARGIN, 9.5 * mm, t("synthesis.page", number=number, count=count))


def build_document(front: Front, story: Sequence[Flowable]) -> bytes:
    """The PDF of ``story``, with title, author and language in its metadata and its bookmarks shown."""
    out = io.BytesIO()
    frame = Frame(MARGIN, 17 * mm, WIDTH, A4[1] - 35 * mm, leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0)
    document = BaseDocTemplate(
        out, pagesize=A4, title=front.title, author=front.author, lang=front.language, initialFontName=REGULAR
    )
    document.addPageTemplates(PageTemplate(frames=[frame], onPage=_draw_accent(front.colour)))
    document.build(list(story), canvasmaker=lambda *args, **kwargs: _NumberedCanvas(*args, front=front, **kwargs))
    return out.getvalue()


def _draw_accent(colour: str) -> Callable[[Canvas, BaseDocTemplate], None]:
    def draw(canvas: Canvas, _document: BaseDocTemplate) -> None:
        canvas.setFillColor(HexColor(colour))
        canvas.rect(0, A4[1] - 5 * mm, A4[0], 5 * mm, stroke=0, fill=1)
        canvas.showOutline()
        canvas.setViewerPreference("DisplayDocTitle", "true")

    return draw


class Bookmark(Flowable):  # type: ignore[misc]
    """An entry of the outline at this place of the page."""

    def __init__(self, key: str, title: str) -> None:
        super().__init__()
        self._key, self._title = key, title

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """It takes no room."""
        return 0, 0

    def draw(self) -> None:
        """Name the place where it comes to stand."""
        self.canv.bookmarkPage(self._key)
        self.canv.addOutlineEntry(self._title, self._key, 0)
