"""What every Observation has: a question, an answer, a moment and someone who says so."""

from mes_app.domain.record import Kind, Overview
from mes_app.domain.values import PartialDate
from mes_app.fhir.authors import find_author
from mes_app.fhir.columns import make_overview
from mes_app.fhir.concepts import code_of, concept_text
from mes_app.fhir.dates import date_text, read_date
from mes_app.fhir.elements import TEXT_LIMIT, Json, child, children, line, shorten
from mes_app.fhir.quantities import quantity_text, value_text

AUTHORS = ("performer", "device")
WHEN = ("effectiveDateTime", "effectivePeriod", "effectiveInstant", "issued")


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


def _part(component: Json) -> str:
    answer = _own_answer(component)
    return f"{concept_text(component.get('code'))} : {answer}" if answer else ""


def _own_answer(node: Json) -> str:
    return value_text(node) or quantity_text(child(node, "valueQuantity"))
