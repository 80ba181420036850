"""Records as rows of a PDF: what they are on the left, when and who says so on the right."""

from collections.abc import Iterable, Iterator
from itertools import islice
from xml.sax.saxutils import escape

from reportlab.platypus import Flowable, Paragraph, Table

from mes_app.pdf import layout
from mes_app.pdf.wordings import Line

ROWS_PER_TABLE = 200


def draw_lines(lines: Iterable[Line], *, alarming: bool = False) -> Iterator[Flowable]:
    """Tables of ``lines``, the ``alarming`` ones on a tint."""
    rows = map(_row, lines)
    while some := list(islice(rows, ROWS_PER_TABLE)):
        table = Table(some, colWidths=[layout.WIDTH * 0.6, layout.WIDTH * 0.4])
        table.setStyle(_table_style(alarming=alarming))
        yield table


def _row(line: Line) -> list[list[Paragraph]]:
    left = [Paragraph(f"<b>{escape(line.title)}</b>", layout.BODY)]
    if line.details:
        left.append(Paragraph(escape(line.details), layout.SMALL))
    return [left, [Paragraph(escape(words), layout.RIGHT) for words in (line.when, line.origin) if words]]


def _table_style(*, alarming: bool) -> list[tuple[object, ...]]:
    everywhere = ((0, 0), (-1, -1))
    return [
        ("FONTNAME", *everywhere, layout.REGULAR),
        ("VALIGN", *everywhere, "TOP"),
        ("LEFTPADDING", *everywhere, 6 if alarming else 0),
        ("RIGHTPADDING", *everywhere, 6 if alarming else 0),
        ("TOPPADDING", *everywhere, 3),
        ("BOTTOMPADDING", *everywhere, 4),
        ("LINEBELOW", *everywhere, 0.5, layout.RULE),
        *([("BACKGROUND", *everywhere, layout.ALARM_TINT)] if alarming else []),
    ]
