"""Resources of no section: whatever they are, something to read."""

from mes_app.domain.others import Other
from mes_app.domain.record import Kind, Overview
from mes_app.fhir.authors import entry_facts, find_author
from mes_app.fhir.columns import make_overview
from mes_app.fhir.concepts import code_of, concept_text
from mes_app.fhir.dates import date_text, read_date
from mes_app.fhir.elements import Json, child, line
from mes_app.fhir.narratives import narrative_text
from mes_app.fhir.references import Refs

_TITLES = ("title", "name", "description")
_CONCEPTS = ("code", "vaccineCode", "medicationCodeableConcept", "type", "category", "topic")
_WHEN = (
    "date", "dateTime", "effectiveDateTime", "performedPeriod", "occurrenceDateTime", "period", "created", "recorded",
    "recordedDate", "authoredOn", "issued", "sent", "start",
)  # fmt: skip
_AUTHORS = ("author", "requester", "recorder", "performer", "source", "sender", "provider")


def summarise_other(resource: Json) -> Overview:
    """Title: what the resource calls itself, else its type."""
    return make_overview(
        resource,
        Kind.OTHER,
        title=_title(resource),
        date=date_text(resource, *_WHEN),
        code=code_of(child(resource, "code")),
        status=line(resource.get("status")),
        source=find_author(resource, *_AUTHORS)[1],
    )


def decode_other(resource: Json, refs: Refs) -> Other:
    """The record as it is."""
    kind_name = line(resource.get("resourceType"))
    return Other(
        type=kind_name,
        title=_title(resource) or kind_name,
        date=read_date(resource, *_WHEN),
        text=narrative_text(resource) or None,
        **entry_facts(resource, refs, *_AUTHORS),
    )


def _title(resource: Json) -> str:
    stated = (line(resource.get(name)) for name in _TITLES)
    return next(filter(None, stated), "") or next(filter(None, (concept_text(resource.get(n)) for n in _CONCEPTS)), "")
