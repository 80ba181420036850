"""The sheet that a person prints and puts away: the recovery code, and nothing that says whose it is."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

from reportlab.lib.colors import HexColor
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Paragraph, Spacer, Table

from mes_app import i18n
from mes_app.domain.people import PALETTE
from mes_app.i18n import t
from mes_app.pdf import layout

GROUPS_PER_LINE = 4
_GROUP = layout.style("group", fontName=layout.BOLD, fontSize=25, leading=30, alignment=1)
_NUMBER = layout.style("number", fontSize=8.5, leading=11, textColor=layout.QUIET, alignment=1)
_TEXT = layout.style("text", fontSize=11, leading=16)
_POINT = _TEXT.clone("point", leftIndent=10)


def render_recovery_sheet(groups: Sequence[str], made_at: datetime, fonts: Path) -> bytes:
    """The PDF of one recovery code, one page of A4; ``fonts`` is the folder of our TTF files."""
    layout.register_fonts(fonts)
    title, made = t("recovery_sheet.title"), i18n.moment(made_at)
    front = layout.Front(
        title=title,
        author=t("app.name"),
        language=t("recovery_sheet.language"),
        running=t("recovery_sheet.running", moment=made),
        colour=PALETTE[0],
    )
    return layout.build_document(front, [*_heading(title, made), _code(groups), *_advice()])


def _heading(title: str, made: str) -> Iterator[Flowable]:
    yield Paragraph(t("app.name"), layout.SMALL)
    yield Paragraph(title, layout.TITLE)
    yield Spacer(1, 4)
    yield Paragraph(t("recovery_sheet.what"), _TEXT)
    yield Spacer(1, 6)
    yield Paragraph(t("recovery_sheet.made", moment=made), layout.SMALL)
    yield Spacer(1, 14)


def _code(groups: Sequence[str]) -> Flowable:
    """The groups four to a line, each under its number."""
    cells = [[Paragraph(str(place), _NUMBER), Paragraph(group, _GROUP)] for place, group in enumerate(groups, start=1)]
    cells += [[] for _ in range(-len(cells) % GROUPS_PER_LINE)]
    rows = [cells[start : start + GROUPS_PER_LINE] for start in range(0, len(cells), GROUPS_PER_LINE)]
    table = Table(rows, colWidths=[layout.WIDTH / GROUPS_PER_LINE] * GROUPS_PER_LINE)
    everywhere = ((0, 0), (-1, -1))
    table.setStyle(
        [
            ("BOX", *everywhere, 1, HexColor(PALETTE[0])),
            ("TOPPADDING", *everywhere, 3 * mm),
            ("BOTTOMPADDING", *everywhere, 3 * mm),
        ]
    )
    return table


def _advice() -> Iterator[Flowable]:
    for part, steps in (("keep", 3), ("use", 4), ("renew", 1)):
        yield Paragraph(t(f"recovery_sheet.{part}"), layout.HEADING)
        for step in range(1, steps + 1):
            yield Paragraph(t(f"recovery_sheet.{part}_{step}"), _POINT, bulletText="•")
