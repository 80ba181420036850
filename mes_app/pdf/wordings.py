"""How records read outside the app, in words alone: the synthesis and the indexes of an archive say the same.

What the person declares differs from what a professional says: each line tells, because its reader may decide on it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from mes_app import i18n
from mes_app.domain.appointments import Appointment
from mes_app.domain.documents import Category
from mes_app.domain.dossiers import FiledDocument
from mes_app.domain.fields import Field, FieldKind, list_fields
from mes_app.domain.people import age_on
from mes_app.domain.record import Entry, Kind, Row, Source
from mes_app.domain.sections.measures import Measure
from mes_app.domain.summaries import ALONE, Beside, HealthSummary, SectionContent
from mes_app.domain.values import PARIS, PartialDate, Precision
from mes_app.i18n import t


@dataclass(frozen=True, slots=True)
class Line:
    """One record in words: what it is, what is known of it, when, and who says so. Empty where nothing is known."""

    title: str
    details: str = ""
    when: str = ""
    origin: str = ""


def describe_entries(kind: Kind, content: SectionContent) -> Iterator[Line]:
    """The entries of a section, each with what stands beside it."""
    return (describe_entry(kind, entry, content.beside.get(entry.id, ALONE)) for entry in content.entries)


def describe_entry(kind: Kind, entry: Entry, beside: Beside = ALONE) -> Line:
    """One entry of a section, and what stands beside it."""
    fields = list_fields(entry, kind)
    dates = [field for field in fields if field.kind is FieldKind.DATE]
    if isinstance(entry, Measure):
        title, details = _measure_title(entry), fields[-1:] if entry.note else []
    else:
        title, details = _title(fields), [field for field in fields[1:] if field not in dates]
    told = [*map(_detail, details), *_describe_beside(beside)]
    return Line(title, _join(told), _join(map(_detail, dates)), _origin(entry))


def describe_appointment(appointment: Appointment) -> Line:
    """One appointment, with its hour and where it stands."""
    told = (appointment.practitioner, appointment.place, appointment.description, appointment.note)
    status = t(f"sections.appointments.status_{appointment.status}")
    when = _moment(appointment.start) if appointment.start else ""
    return Line(appointment.title, _join(filter(None, told)), when, status)


def describe_document(document: FiledDocument) -> Line:
    """One document of an archive, by the name its reader gave it; its details are what is to be known of it."""
    row = document.row
    remarks = [t("export.own_title", title=row.title)] if row.own_title else []
    if row.hidden:
        remarks.append(t("export.hidden"))
    if document.missing:
        remarks.append(t(f"export.missing_{document.missing}"))
    return Line(row.name, _join(remarks), i18n.partial(row.date_text), row.subtitle)


def describe_absence(kind: Kind, content: SectionContent) -> str:
    """Declared to have nothing and never filled in are two different facts for a doctor."""
    declared = content.nothing_declared
    if declared is None:
        return t("synthesis.not_filled_in")
    return t("synthesis.declared_none", words=t(f"sections.{kind}.none"), date=i18n.partial(declared.text))


def tell_identity(summary: HealthSummary) -> str:
    """Age, birth and sex of the person."""
    return _join(_identity_facts(summary))


def name_category(category: str) -> str:
    """The category of a document, as screens call it; an unknown one counts among the others."""
    known = category if category in {*Category} else Category.OTHER
    return t(f"categories.{known.lower()}")


def _identity_facts(summary: HealthSummary) -> Iterator[str]:
    birth = summary.profile.birth
    if birth and birth.day:
        age = age_on(birth.day, summary.made_at.date())
        yield i18n.age(age.years, age.months)
        yield t(f"synthesis.born_{summary.profile.sex}", date=i18n.partial(birth.text))
    yield t(f"synthesis.sex_{summary.profile.sex}")


def _describe_beside(beside: Beside) -> Iterator[str]:
    if beside.links:
        names = ", ".join(filter(None, (_name_linked(row) for row in beside.links)))
        yield t("synthesis.linked", names=names)
    for remark in beside.remarks:
        yield t("synthesis.reported", date=i18n.partial(remark.date.text) if remark.date else "", words=remark.text)


def _name_linked(row: Row) -> str:
    return f"{row.title} ({i18n.partial(row.date_text)})" if row.date_text else row.title


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


def _moment(date: PartialDate) -> str:
    if date.precision is Precision.TIME and date.start:
        return i18n.moment(date.start, PARIS)
    return i18n.partial(date.text)


def _join(words: Iterable[str]) -> str:
    return " · ".join(words)
