"""The synthesis of a health profile: what it says, in the order of the International Patient Summary's needs.

Allergies come first. « Je n'ai pas de … » differs from never filled in, and what the person declares differs from
what a professional says: both are written at each line, because the reader may decide on them.
"""

from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import escape

from reportlab.lib.colors import HexColor
from reportlab.platypus import CondPageBreak, Flowable, Paragraph, Spacer

from mes_app import i18n
from mes_app.domain.identity import mask_nir
from mes_app.domain.record import Kind
from mes_app.domain.summaries import HealthSummary
from mes_app.i18n import t
from mes_app.pdf import layout
from mes_app.pdf.tables import draw_lines
from mes_app.pdf.wordings import describe_absence, describe_entries, tell_identity

ROOM_FOR_A_HEADING = 80


def render_synthesis(summary: HealthSummary, fonts: Path, *, show_nir: bool = False) -> bytes:
    """The PDF of ``summary``, A4; ``fonts`` is the folder of our TTF files. The NIR is masked unless asked for."""
    front = make_front(summary, fonts, "synthesis")
    heading = draw_identity(summary, "synthesis", show_nir=show_nir)
    return layout.build_document(front, [*heading, *draw_sections(summary)])


def make_front(summary: HealthSummary, fonts: Path, topic: str) -> layout.Front:
    """What every page of a PDF of one person says, in the words of ``topic``; its fonts are then known."""
    layout.register_fonts(fonts)
    name = summary.profile.name
    return layout.Front(
        title=t(f"{topic}.document_title", name=name),
        author=summary.made_by,
        language=t("synthesis.language"),
        running=t(f"{topic}.running", name=name, moment=i18n.moment(summary.made_at), author=summary.made_by),
        colour=summary.profile.colour,
    )


def draw_identity(summary: HealthSummary, topic: str, *, show_nir: bool = False) -> Iterator[Flowable]:
    """Whose it is, when it was made and by whom, in the words of ``topic``."""
    yield Paragraph(t(f"{topic}.title"), layout.SMALL)
    yield Paragraph(escape(summary.profile.name), layout.TITLE)
    yield Paragraph(escape(tell_identity(summary)), layout.BODY)
    nir = summary.person.nir if summary.person else None
    if nir:
        yield Paragraph(t("synthesis.nir", nir=nir if show_nir else mask_nir(nir)), layout.SMALL)
    yield Spacer(1, 4)
    made = t(f"{topic}.made", moment=i18n.moment(summary.made_at), author=summary.made_by)
    yield Paragraph(escape(made), layout.SMALL)
    yield Paragraph(t(f"{topic}.caution"), layout.SMALL)


def draw_sections(summary: HealthSummary) -> Iterator[Flowable]:
    """Every section of the health profile."""
    for kind, content in summary.sections.items():
        alarming = kind is Kind.ALLERGIES and bool(content.entries)
        colour = layout.ALARM if alarming else HexColor(summary.profile.colour)
        yield from draw_heading(kind.value, t(f"sections.{kind}.title"), colour)
        if content.entries:
            yield from draw_lines(describe_entries(kind, content), alarming=alarming)
        else:
            yield Paragraph(escape(describe_absence(kind, content)), layout.BODY)


def draw_heading(key: str, title: str, colour: HexColor) -> Iterator[Flowable]:
    """The heading of a part, also in the outline under ``key``; not left alone at the foot of a page."""
    yield CondPageBreak(ROOM_FOR_A_HEADING)
    yield layout.Bookmark(key, title)
    yield Paragraph(escape(title), layout.HEADING.clone(key, textColor=colour))
