"""What every Observation has: a question, an answer, a moment and someone who says so, read and written."""

from typing import Any

from mes_app.domain.record import Kind, Overview
from mes_app.domain.sections.blood_group import BloodGroup
from mes_app.domain.sections.habits import Habit
from mes_app.domain.sections.handicap import Handicap
from mes_app.domain.sections.measures import Measure
from mes_app.domain.values import PartialDate
from mes_app.fhir.authors import find_author
from mes_app.fhir.columns import make_overview
from mes_app.fhir.concepts import all_codes, code_of, codes, concept_text
from mes_app.fhir.dates import date_text, instant_text, read_date
from mes_app.fhir.elements import TEXT_LIMIT, Json, child, children, line, shorten
from mes_app.fhir.encoders import Encoder, Owner
from mes_app.fhir.quantities import quantity_text, value_text
from mes_app.fhir.writing import put, put_choice, put_date, put_note, write_concept

AUTHORS = ("performer", "device")
WHEN = ("effectiveDateTime", "effectivePeriod", "effectiveInstant", "issued")
_OF_ANSWER = ("dataAbsentReason", "interpretation")

Statement = Habit | Handicap
"""What answers in words."""
Answer = Measure | BloodGroup | Statement
"""The entries that a person writes as an Observation."""


def summarise_answer(resource: Json, kind: Kind) -> Overview:
    """Title: the question. Subtitle: the answer."""
    question = child(resource, "code")
    return make_overview(
        resource,
        kind,
        title=concept_text(question),
        subtitle=line(answer_text(resource)),
        date=date_text(resource, *WHEN),
        code=code_of(question),
        status=line(resource.get("status")),
        source=find_author(resource, *AUTHORS)[1],
    )


def answer_text(resource: Json) -> str:
    """The answer in words and numbers; of an Observation in parts, each part's name and answer on a line."""
    whole = _own_answer(resource)
    return whole or shorten("\n".join(filter(None, map(_part, children(resource, "component")))), TEXT_LIMIT)


def answer_date(resource: Json) -> PartialDate | None:
    """When it held."""
    return read_date(resource, *WHEN)


def begin_answer(entry: Answer, owner: Owner, category: Json) -> Json:
    """A new Observation that answers nothing yet. Of an undated one the day it was issued would pass for its own."""
    issued = instant_text(entry.recorded) if entry.date else ""
    return {
        "resourceType": "Observation",
        "status": "final",
        "category": [category],
        "subject": {"reference": owner.patient},
        "performer": [{"reference": owner.author}],
    } | ({"issued": issued} if issued else {})


def make_statement_encoder(category: Json) -> Encoder[Any]:
    """How a topic and its answer are written, filed under ``category``: a topic in words has no code of its kind."""

    def begin(entry: Statement, owner: Owner) -> Json:
        return begin_answer(entry, owner, category)

    def put_topic(resource: Json, entry: Statement) -> None:
        put(resource, "code", write_concept(entry.topic, child(resource, "code")))
        if all_codes(resource, "category").isdisjoint(codes(category)):
            resource["category"] = [category, *children(resource, "category")]

    def put_words(resource: Json, entry: Statement) -> None:
        put_answer(resource, entry.answer)

    return Encoder(
        "Observation",
        begin,
        {("topic",): put_topic, ("answer",): put_words, ("date",): put_answer_date, ("note",): put_note},
    )


def put_answer_date(resource: Json, entry: Answer) -> None:
    """When it held. When it was issued goes with a date that is taken away, or would pass for it."""
    put_date(resource, "effective", entry.date)
    if not entry.date:
        put(resource, "issued", None)


def put_answer(resource: Json, text: str | None) -> None:
    """The answer in words, in place of any other."""
    drop_answer(resource)
    put(resource, "valueString", text)


def drop_answer(node: Json) -> None:
    """No answer any more, and nothing said of the one it was. Parts stay beside an answer of their whole."""
    if not any(name.startswith("value") for name in node):
        put(node, "component", None)
    put_choice(node, "value", "String", None)
    for name in _OF_ANSWER:
        put(node, name, None)


def _part(component: Json) -> str:
    answer = _own_answer(component)
    return f"{concept_text(component.get('code'))} : {answer}" if answer else ""


def _own_answer(node: Json) -> str:
    return value_text(node) or quantity_text(child(node, "valueQuantity"))
