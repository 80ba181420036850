"""Observations of a laboratory as lines of a report: one each, or one for each of its components."""

from decimal import Decimal

from mes_app.domain.laboratory import Analyte, Range
from mes_app.domain.values import PartialDate
from mes_app.fhir.answers import answer_date
from mes_app.fhir.concepts import LOINC, concept_text
from mes_app.fhir.elements import Json, child, children, line, number
from mes_app.fhir.quantities import read_quantity, unit_of, value_text

_LOINC = (LOINC, "https://mos.esante.gouv.fr/NOS/TRE_A04-Loinc/FHIR/TRE-A04-Loinc")


def read_analytes(resource: Json) -> tuple[Analyte, ...]:
    """What was measured or answered; nothing of a resource that has neither."""
    date = answer_date(resource)
    parts = children(resource, "component")
    group = concept_text(child(resource, "code")) if parts else ""
    found = [_read(part, date, group) for part in parts] if parts else [_read(resource, date, "")]
    return tuple(analyte for analyte in found if analyte)


def _read(node: Json, date: PartialDate | None, group: str) -> Analyte | None:
    name, value = concept_text(child(node, "code")), read_quantity(child(node, "valueQuantity"))
    answer = "" if value else line(value_text(node))
    if not name or not (value or answer):
        return None
    return Analyte(
        name=name,
        code=_loinc(node),
        group=group,
        value=value,
        answer=answer,
        usual=read_range(child(node, "referenceRange")),
        stated=_code(child(node, "interpretation")),
        date=date,
    )


def _loinc(node: Json) -> str:
    codings = children(child(node, "code"), "coding")
    return next((line(one.get("code")) for one in codings if one.get("system") in _LOINC), "")


def _code(concept: Json) -> str:
    return next((line(one.get("code")) for one in children(concept, "coding")), "")


def read_range(limits: Json) -> Range:
    """A referenceRange, as far as it states one."""
    low, high = child(limits, "low"), child(limits, "high")
    return Range(low=_bound(low), high=_bound(high), unit=unit_of(low) or unit_of(high), text=line(limits.get("text")))


def _bound(quantity: Json) -> Decimal | None:
    return number(quantity.get("value"))
