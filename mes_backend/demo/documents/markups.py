"""The little markup in which the texts of the documents are written.

``## heading``, ``- bullet``, ``> boxed``, ``| cell | cell`` (the first row is the head), anything else a paragraph;
``<b>``, ``<i>`` and ``<br/>`` inside a line.
"""

from itertools import groupby
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.platypus import KeepTogether, Paragraph, Spacer, Table

from mes_backend.demo.documents.sheets import GREY, MARGIN, WIDTH, style, write_hex

LINE = HexColor("#c9d1d9")
SHADE = HexColor("#f2f5f7")
ROOM = WIDTH - 2 * MARGIN


def make_title(text: str, colour: Any) -> list[Any]:
    """The title of a document, under its letterhead."""
    return [Paragraph(text, style(13, bold=True, after=10, colour=write_hex(colour)))]


def make_table(rows: list[list[str]], colour: Any, widths: list[float] | None = None) -> Any:
    """A ruled table whose first row is the head; cells hold markup. ``widths`` are shares of the page width."""
    shares = widths or [1.0] * len(rows[0])
    head = [Paragraph(f"<b>{cell}</b>", style(8.8, colour="#ffffff", after=0)) for cell in rows[0]]
    cells = [[Paragraph(cell, style(8.8, after=0)) for cell in row] for row in rows[1:]]
    return Table(
        [head, *cells],
        colWidths=[ROOM * share / sum(shares) for share in shares],
        repeatRows=1,
        spaceBefore=3,
        spaceAfter=6,
        style=[
            ("BACKGROUND", (0, 0), (-1, 0), colour),
            ("LINEBELOW", (0, 0), (-1, -1), 0.4, LINE),
            ("ROWBACKGROUNDS", (0, 1), (-1, -1), [None, SHADE]),
            ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
            ("TOPPADDING", (0, 0), (-1, -1), 3),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 4),
        ],
    )


def _make_box(text: str, colour: Any) -> Any:
    return Table(
        [[Paragraph(text, style(9.8, after=0))]],
        colWidths=[ROOM],
        spaceBefore=3,
        spaceAfter=9,
        style=[
            ("BACKGROUND", (0, 0), (-1, -1), SHADE),
            ("LINEBEFORE", (0, 0), (0, -1), 2.5, colour),
            ("LEFTPADDING", (0, 0), (-1, -1), 10),
            ("TOPPADDING", (0, 0), (-1, -1), 6),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 7),
        ],
    )


def _make_block(mark: str, lines: list[str], colour: Any) -> list[Any]:
    ink = write_hex(colour)
    match mark:
        case "##":
            return [Paragraph(line[2:].strip(), style(10.8, bold=True, after=3, colour=ink)) for line in lines]
        case "- ":
            return [Paragraph(line[1:].strip(), style(9.8, after=2, left=14), bulletText="•") for line in lines]
        case "> ":
            return [_make_box(line[1:].strip(), colour) for line in lines]
        case "| ":
            rows = [[cell.strip() for cell in line.strip("| ").split("|")] for line in lines]
            return [make_table(rows, colour)]
    return [Paragraph(line, style(9.8, after=5)) for line in lines]


def make_story(text: str, colour: Any) -> list[Any]:
    """The flowables of a text; a heading stays with what follows it."""
    lines = [line.strip() for line in text.strip().splitlines() if line.strip()]
    marks = ("##", "- ", "> ", "| ")
    story: list[Any] = []
    heading: list[Any] = []
    for mark, group in groupby(lines, key=lambda line: line[:2] if line[:2] in marks else ""):
        block = _make_block(mark, list(group), colour)
        if mark == "##":
            heading = [Spacer(1, 7), *block]
            continue
        story += [KeepTogether([*heading, block[0]]), *block[1:]] if heading else block
        heading = []
    return story


def make_small_print(text: str) -> Any:
    """A line of small grey print."""
    return Paragraph(text, style(7.2, after=3, colour=write_hex(GREY)))
