"""Observation (social history) ⇄ habits of life."""

from mes_app.domain.sections.habits import Habit
from mes_app.fhir.answers import AUTHORS, answer_date, answer_text, make_statement_encoder
from mes_app.fhir.authors import entry_facts
from mes_app.fhir.concepts import read_coded
from mes_app.fhir.dates import read_date
from mes_app.fhir.elements import Json
from mes_app.fhir.references import Refs
from mes_app.fhir.writing import write_code


def decode_habit(resource: Json, refs: Refs) -> Habit:
    """One statement about a habit."""
    return Habit(
        topic=read_coded(resource.get("code")),
        answer=answer_text(resource) or None,
        date=answer_date(resource),
        **entry_facts(resource, refs, *AUTHORS, recorded=read_date(resource, "issued")),
    )


HABIT_ENCODER = make_statement_encoder(write_code("observation-category", "social-history"))
