"""Observation ⇄ teeth: present in the mouth from a day until another. Milk teeth have no code in HL7's table."""

from mes_app.domain.record import Kind, Overview
from mes_app.domain.sections.teeth import Tooth
from mes_app.domain.vocabularies import make_coded
from mes_app.fhir.answers import AUTHORS
from mes_app.fhir.authors import entry_facts, find_author
from mes_app.fhir.columns import make_overview
from mes_app.fhir.concepts import code_of, concept_text, read_coded
from mes_app.fhir.dates import date_text, read_date, read_end, read_start
from mes_app.fhir.elements import Json, child, line
from mes_app.fhir.encoders import Encoder, Owner
from mes_app.fhir.references import Refs
from mes_app.fhir.writing import put, put_note, put_period, write_concept

CATEGORY = make_coded(Kind.TEETH, "category", "teeth").text
WHEN = ("effectiveDateTime", "effectivePeriod")
_PRESENT = make_coded(Kind.TEETH, "finding", "present").text


def summarise_tooth(resource: Json) -> Overview:
    """Title: the tooth."""
    site = child(resource, "bodySite")
    return make_overview(
        resource,
        Kind.TEETH,
        title=concept_text(site),
        date=date_text(resource, *WHEN),
        code=code_of(site),
        status=line(resource.get("status")),
        source=find_author(resource, *AUTHORS)[1],
    )


def decode_tooth(resource: Json, refs: Refs) -> Tooth:
    """One tooth."""
    return Tooth(
        tooth=read_coded(resource.get("bodySite")),
        since=read_start(resource, *WHEN),
        until=read_end({"effectivePeriod": resource.get("effectivePeriod")}, *WHEN),
        **entry_facts(resource, refs, *AUTHORS, recorded=read_date(resource, "issued")),
    )


def _begin(_entry: Tooth, owner: Owner) -> Json:
    return {
        "resourceType": "Observation",
        "status": "final",
        "category": [{"text": CATEGORY}],
        "code": {"text": _PRESENT},
        "subject": {"reference": owner.patient},
        "performer": [{"reference": owner.author}],
    }


def _put_tooth(resource: Json, entry: Tooth) -> None:
    put(resource, "bodySite", write_concept(entry.tooth, child(resource, "bodySite")))


def _put_dates(resource: Json, entry: Tooth) -> None:
    put_period(resource, "effective", entry.since, entry.until)


TOOTH_ENCODER: Encoder[Tooth] = Encoder(
    "Observation", _begin, {("tooth",): _put_tooth, ("since", "until"): _put_dates, ("note",): put_note}
)
