"""What one printed document is, and the type and colours it is printed in. Nothing is drawn here."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from mes_backend.demo.people import Member
from mes_backend.demo.professionals import Organization, Professional

Author = Professional | Organization | Member
Body = Callable[[Any], list[Any]]
"""Given the colour of the letterhead, the flowables of a document."""

REGULAR, BOLD, ITALIC = "Vera", "VeraBd", "VeraIt"
WIDTH, HEIGHT = A4
MARGIN = 50
INK = HexColor("#1d2733")
GREY = HexColor("#66717d")
COLOURS = {
    "practice": HexColor("#28527a"),
    "hospital": HexColor("#0f5c63"),
    "laboratory": HexColor("#8c1d40"),
    "imaging": HexColor("#33415c"),
    "administration": HexColor("#3b3f8f"),
    "personal": HexColor("#4d4d4d"),
}


@dataclass(frozen=True)
class Sheet:
    """One document to print; ``to`` are the lines of the addressee, if any."""

    title: str
    patient: Member
    author: Author
    day: date
    body: Body
    to: tuple[str, ...] = ()

    @property
    def institution(self) -> Organization | None:
        """Whose paper it is; None for a sheet written by the patient."""
        match self.author:
            case Professional(organization=organization):
                return organization
            case Organization() as organization:
                return organization
        return None

    @property
    def kind(self) -> str:
        """The letterhead to use, a key of COLOURS."""
        return self.institution.kind if self.institution else "personal"


@cache
def load_fonts() -> None:
    """Register the fonts that come with reportlab, once."""
    for name in (REGULAR, BOLD, ITALIC):
        pdfmetrics.registerFont(TTFont(name, f"{name}.ttf"))
    pdfmetrics.registerFontFamily(REGULAR, normal=REGULAR, bold=BOLD, italic=ITALIC, boldItalic=BOLD)


def write_hex(colour: Any) -> str:
    """A colour as ``#rrggbb``."""
    return f"#{colour.hexval()[2:]}"


@cache
def style(size: float = 9, *, bold: bool = False, after: float = 4, colour: str = "", left: float = 0) -> Any:
    """A paragraph style; sizes and spaces in points, ``colour`` as ``#rrggbb``."""
    load_fonts()
    return ParagraphStyle(
        f"{size}-{bold}-{after}-{colour}-{left}",
        fontName=BOLD if bold else REGULAR,
        fontSize=size,
        leading=size * 1.4,
        spaceAfter=after,
        leftIndent=left,
        bulletIndent=max(left - 10, 0),
        textColor=HexColor(colour) if colour else INK,
    )
