"""Observation (functional status) ⇄ handicap and aids."""

from mes_app.domain.sections.handicap import Handicap
from mes_app.fhir.answers import AUTHORS, answer_date, answer_text, make_statement_encoder
from mes_app.fhir.authors import entry_facts
from mes_app.fhir.concepts import read_coded
from mes_app.fhir.dates import read_date
from mes_app.fhir.elements import Json
from mes_app.fhir.references import Refs

_CATEGORIES = "http://hl7.org/fhir/us/core/CodeSystem/us-core-category"
"""The international table of categories has none for what a person can or cannot do."""


def decode_handicap(resource: Json, refs: Refs) -> Handicap:
    """One statement about a handicap or an aid."""
    return Handicap(
        topic=read_coded(resource.get("code")),
        answer=answer_text(resource) or None,
        date=answer_date(resource),
        **entry_facts(resource, refs, *AUTHORS, recorded=read_date(resource, "issued")),
    )


HANDICAP_ENCODER = make_statement_encoder({"coding": [{"system": _CATEGORIES, "code": "functional-status"}]})
