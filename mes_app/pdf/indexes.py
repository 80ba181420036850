"""The index of an archive, to print: what is in it, in the words and the look of the synthesis."""

from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import escape

from reportlab.lib.colors import HexColor
from reportlab.platypus import Flowable, Paragraph

from mes_app.domain.dossiers import Dossier
from mes_app.i18n import t
from mes_app.pdf import layout
from mes_app.pdf.synthesis import draw_heading, draw_identity, draw_sections, make_front
from mes_app.pdf.tables import draw_lines
from mes_app.pdf.wordings import describe_appointment, describe_document, name_category

_PART = layout.style("part", fontName=layout.BOLD, fontSize=16, leading=21, spaceBefore=16)


def render_index(dossier: Dossier, fonts: Path) -> bytes:
    """The PDF of ``dossier``, A4; ``fonts`` is the folder of our TTF files. The NIR is masked."""
    front = make_front(dossier.summary, fonts, "export")
    story = [*draw_identity(dossier.summary, "export"), *_draw_documents(dossier), *_draw_health(dossier)]
    return layout.build_document(front, [*story, *_draw_appointments(dossier)])


def _draw_documents(dossier: Dossier) -> Iterator[Flowable]:
    yield Paragraph(escape(t("export.documents")), _PART)
    if not dossier.documents:
        yield Paragraph(escape(t("export.no_documents")), layout.BODY)
    for category, documents in dossier.list_categories():
        yield from draw_heading(f"documents-{category}", name_category(category), _colour(dossier))
        yield from draw_lines(map(describe_document, documents))


def _draw_health(dossier: Dossier) -> Iterator[Flowable]:
    yield Paragraph(escape(t("export.health")), _PART)
    yield from draw_sections(dossier.summary)


def _draw_appointments(dossier: Dossier) -> Iterator[Flowable]:
    yield from draw_heading("appointments", t("export.appointments"), _colour(dossier))
    if not dossier.appointments:
        yield Paragraph(escape(t("export.no_appointments")), layout.BODY)
    yield from draw_lines(map(describe_appointment, dossier.appointments))


def _colour(dossier: Dossier) -> HexColor:
    return HexColor(dossier.summary.profile.colour)
