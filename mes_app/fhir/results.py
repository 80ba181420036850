"""Laboratory and examination Observations, and DiagnosticReport ⇄ results."""

from mes_app.domain.record import Kind, Overview
from mes_app.domain.results import Result
from mes_app.fhir.answers import WHEN, answer_date, answer_text
from mes_app.fhir.authors import entry_facts, find_author
from mes_app.fhir.columns import make_overview
from mes_app.fhir.concepts import code_of, concept_text, read_coded
from mes_app.fhir.dates import date_text, read_date
from mes_app.fhir.elements import Json, child, line, paragraph
from mes_app.fhir.quantities import range_text, read_quantity
from mes_app.fhir.references import Refs

AUTHORS = ("resultsInterpreter", "performer", "device")


def summarise_result(resource: Json) -> Overview:
    """Title: what was examined. A number is in columns; the subtitle holds an answer in words or the conclusion."""
    code = child(resource, "code")
    quantity = read_quantity(child(resource, "valueQuantity"))
    return make_overview(
        resource,
        Kind.RESULTS,
        title=concept_text(code),
        subtitle="" if quantity else line(_text(resource)),
        date=date_text(resource, *WHEN),
        code=code_of(code),
        status=line(resource.get("status")),
        source=find_author(resource, *AUTHORS)[1],
        value=float(quantity.value) if quantity else None,
        unit=quantity.unit if quantity else "",
    )


def decode_result(resource: Json, refs: Refs) -> Result:
    """One result, with the range and the interpretation its author gave."""
    quantity = read_quantity(child(resource, "valueQuantity"))
    return Result(
        result=read_coded(resource.get("code")),
        date=answer_date(resource),
        value=quantity,
        reference=range_text(child(resource, "referenceRange")) or None,
        interpretation=concept_text(resource.get("interpretation")) or None,
        text=None if quantity else _text(resource) or None,
        **entry_facts(resource, refs, *AUTHORS, recorded=read_date(resource, "issued")),
    )


def _text(resource: Json) -> str:
    return (
        answer_text(resource) or paragraph(resource.get("conclusion")) or concept_text(resource.get("conclusionCode"))
    )
