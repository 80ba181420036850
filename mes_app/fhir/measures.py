"""Observation ⇄ measures: one number, or the two of a blood pressure."""

from mes_app.domain.measure_types import DIASTOLIC, MEASURE_OF_CODE, SYSTOLIC, MeasureType
from mes_app.domain.record import Kind, Overview
from mes_app.domain.sections.measures import Measure
from mes_app.domain.values import Quantity
from mes_app.fhir.answers import AUTHORS, WHEN, answer_date, answer_text
from mes_app.fhir.authors import entry_facts, find_author
from mes_app.fhir.columns import make_overview
from mes_app.fhir.concepts import code_of, codes, concept_text
from mes_app.fhir.dates import date_text, read_date
from mes_app.fhir.elements import Json, child, children, line, number
from mes_app.fhir.quantities import read_quantity
from mes_app.fhir.references import Refs


def summarise_measure(resource: Json) -> Overview:
    """Title: the measure. Its numbers are columns; the subtitle holds an answer that is not a number."""
    code = child(resource, "code")
    first, second = _numbers(resource)
    return make_overview(
        resource,
        Kind.MEASURES,
        title=concept_text(code),
        subtitle="" if first else line(answer_text(resource)),
        date=date_text(resource, *WHEN),
        category=_measure(code) or "",
        code=code_of(code),
        status=line(resource.get("status")),
        source=find_author(resource, *AUTHORS)[1],
        value=float(first.value) if first else None,
        value2=float(second.value) if second else None,
        unit=first.unit if first else "",
    )


def decode_measure(resource: Json, refs: Refs) -> Measure:
    """One measure, its numbers as written."""
    code = child(resource, "code")
    first, second = _numbers(resource)
    return Measure(
        measure=_measure(code),
        title=concept_text(code),
        date=answer_date(resource),
        value=first.value if first else None,
        value2=second.value if second else None,
        unit=first.unit if first else "",
        text=None if first else answer_text(resource) or None,
        **entry_facts(resource, refs, *AUTHORS, recorded=read_date(resource, "issued")),
    )


def _measure(code: Json) -> MeasureType | None:
    return next((MEASURE_OF_CODE[found] for found in codes(code) if found in MEASURE_OF_CODE), None)


def _numbers(resource: Json) -> tuple[Quantity | None, Quantity | None]:
    """The value; of a blood pressure, systolic and diastolic, or neither when one is missing."""
    if _measure(child(resource, "code")) != MeasureType.BLOOD_PRESSURE:
        return _number(resource), None
    parts = {code: _number(part) for part in children(resource, "component") for code in codes(child(part, "code"))}
    systolic, diastolic = parts.get(SYSTOLIC), parts.get(DIASTOLIC)
    return (systolic, diastolic) if systolic and diastolic else (None, None)


def _number(node: Json) -> Quantity | None:
    count = number(node.get("valueInteger"))
    return Quantity(value=count) if count is not None else read_quantity(child(node, "valueQuantity"))
