"""Observation (functional status) ⇄ handicap and aids."""

from mes_app.domain.sections.handicap import Handicap
from mes_app.fhir.answers import AUTHORS, answer_date, answer_text
from mes_app.fhir.authors import entry_facts
from mes_app.fhir.concepts import read_coded
from mes_app.fhir.dates import read_date
from mes_app.fhir.elements import Json
from mes_app.fhir.references import Refs


def decode_handicap(resource: Json, refs: Refs) -> Handicap:
    """One statement about a handicap or an aid."""
    return Handicap(
        topic=read_coded(resource.get("code")),
        answer=answer_text(resource) or None,
        date=answer_date(resource),
        **entry_facts(resource, refs, *AUTHORS, recorded=read_date(resource, "issued")),
    )
