"""The synthesis of a health profile: what it says, in the order of the International Patient Summary's needs.

Allergies come first. « Je n'ai pas de … » differs from never filled in, and what the person declares differs from
what a professional says: both are written at each line, because the reader may decide on them.
"""

from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import escape

from reportlab.lib.colors import HexColor
from reportlab.platypus import CondPageBreak, Flowable, Paragraph, Spacer, Table

from mes_app import i18n
from mes_app.domain.fields import Field, FieldKind, list_fields
from mes_app.domain.identity import mask_nir
from mes_app.domain.people import age_on
from mes_app.domain.record import Entry, Kind, Source
from mes_app.domain.sections.measures import Measure
from mes_app.domain.summaries import HealthSummary, SectionContent
from mes_app.i18n import t
from mes_app.pdf import layout

ROWS_PER_TABLE = 200
ROOM_FOR_A_HEADING = 80


def render_synthesis(summary: HealthSummary, fonts: Path, *, show_nir: bool = False) -> bytes:
    """The PDF of ``summary``, A4; ``fonts`` is the folder of our TTF files. The NIR is masked unless asked for."""
    layout.register_fonts(fonts)
    name = summary.profile.name
    made = i18n.moment(summary.made_at)
    front = layout.Front(
        title=t("synthesis.document_title", name=name),
        author=summary.made_by,
        language=t("synthesis.language"),
        running=t("synthesis.running", name=name, moment=made, author=summary.made_by),
        colour=summary.profile.colour,
    )
    return layout.build_document(front, [*_identity(summary, show_nir=show_nir), *_sections(summary)])


def _identity(summary: HealthSummary, *, show_nir: bool) -> Iterator[Flowable]:
    yield Paragraph(t("synthesis.title"), layout.SMALL)
    yield Paragraph(escape(summary.profile.name), layout.TITLE)
    yield Paragraph(escape(" · ".join(_identity_facts(summary))), layout.BODY)
    nir = summary.person.nir if summary.person else None
    if nir:
        yield Paragraph(t("synthesis.nir", nir=nir if show_nir else mask_nir(nir)), layout.SMALL)
    yield Spacer(1, 4)
    made = t("synthesis.made", moment=i18n.moment(summary.made_at), author=summary.made_by)
    yield Paragraph(escape(made), layout.SMALL)
    yield Paragraph(t("synthesis.caution"), layout.SMALL)


def _identity_facts(summary: HealthSummary) -> Iterator[str]:
    birth = summary.profile.birth
    if birth and birth.day:
        age = age_on(birth.day, summary.made_at.date())
        yield i18n.age(age.years, age.months)
        yield t(f"synthesis.born_{summary.profile.sex}", date=i18n.partial(birth.text))
    yield t(f"synthesis.sex_{summary.profile.sex}")


def _sections(summary: HealthSummary) -> Iterator[Flowable]:
    for kind, content in summary.sections.items():
        alarming = kind is Kind.ALLERGIES and bool(content.entries)
        title = t(f"sections.{kind}.title")
        colour = layout.ALARM if alarming else HexColor(summary.profile.colour)
        yield CondPageBreak(ROOM_FOR_A_HEADING)
        yield layout.Bookmark(kind.value, title)
        yield Paragraph(escape(title), layout.HEADING.clone(kind.value, textColor=colour))
        yield from _content(kind, content, alarming=alarming)


def _content(kind: Kind, content: SectionContent, *, alarming: bool) -> Iterator[Flowable]:
    if not content.entries:
        yield Paragraph(escape(_absence(kind, content)), layout.BODY)
        return
    rows = [_row(kind, entry) for entry in content.entries]
    for start in range(0, len(rows), ROWS_PER_TABLE):
        table = Table(rows[start : start + ROWS_PER_TABLE], colWidths=[layout.WIDTH * 0.6, layout.WIDTH * 0.4])
        table.setStyle(_table_style(alarming=alarming))
        yield table


def _absence(kind: Kind, content: SectionContent) -> str:
    """Declared to have nothing and never filled in are two different facts for a doctor."""
    declared = content.nothing_declared
    if declared is None:
        return t("synthesis.not_filled_in")
    return t("synthesis.declared_none", words=t(f"sections.{kind}.none"), date=i18n.partial(declared.text))


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


def _row(kind: Kind, entry: Entry) -> list[list[Paragraph]]:
    fields = list_fields(entry, kind)
    dates = [field for field in fields if field.kind is FieldKind.DATE]
    if isinstance(entry, Measure):
        title, details = _measure_title(entry), fields[-1:] if entry.note else []
    else:
        title, details = _title(fields), [field for field in fields[1:] if field not in dates]
    left = [Paragraph(f"<b>{escape(title)}</b>", layout.BODY)]
    if details:
        left.append(Paragraph(escape(" · ".join(map(_detail, details))), layout.SMALL))
    right = [" · ".join(map(_detail, dates)), _origin(entry)]
    return [left, [Paragraph(escape(line), layout.RIGHT) for line in right if line]]


def _title(fields: list[Field]) -> str:
    return i18n.field_value(fields[0].kind, fields[0].value) if fields else ""


def _measure_title(measure: Measure) -> str:
    if measure.value is None:
        return f"{measure.title} : {measure.text or ''}"
    return f"{measure.title} : {i18n.quantity(measure.value, measure.unit, measure.value2)}"


def _detail(field: Field) -> str:
    label = t(field.label)
    return label if field.kind is FieldKind.YES else f"{label} : {i18n.field_value(field.kind, field.value)}"


def _origin(entry: Entry) -> str:
    if entry.source is Source.UNKNOWN:
        return entry.author or ""
    origin = t(f"sections.source.{entry.source}")
    return f"{origin} ({entry.author})" if entry.author else origin
