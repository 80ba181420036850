"""Condition ⇄ diseases and health subjects."""

from mes_app.domain.record import Kind, Overview
from mes_app.domain.sections.conditions import Condition, ConditionStatus
from mes_app.fhir.authors import entry_facts, find_author
from mes_app.fhir.choices import choose_status
from mes_app.fhir.columns import make_overview
from mes_app.fhir.concepts import code_of, concept_text, read_coded
from mes_app.fhir.dates import date_text, read_date, read_end, read_start
from mes_app.fhir.elements import Json, child
from mes_app.fhir.encoders import Encoder, Owner
from mes_app.fhir.references import Refs
from mes_app.fhir.writing import date_element, put, put_date, put_end, put_note, put_status, write_code, write_concept

AUTHORS = ("asserter", "recorder")
ONSET = ("onsetDateTime", "onsetPeriod")


def summarise_condition(resource: Json) -> Overview:
    """Title: the disease. Subtitle: where it is."""
    code = child(resource, "code")
    return make_overview(
        resource,
        Kind.CONDITIONS,
        title=concept_text(code),
        subtitle=concept_text(resource.get("bodySite")),
        date=date_text(resource, *ONSET, "recordedDate"),
        code=code_of(code),
        status=_status(resource),
        source=find_author(resource, *AUTHORS)[1],
    )


def decode_condition(resource: Json, refs: Refs) -> Condition:
    """One disease or health subject."""
    return Condition(
        condition=read_coded(resource.get("code")),
        since=read_start(resource, *ONSET),
        until=read_end(resource, "abatementDateTime", "abatementPeriod"),
        status=_status(resource),
        **entry_facts(resource, refs, *AUTHORS, recorded=read_date(resource, "recordedDate")),
    )


def _begin(entry: Condition, owner: Owner) -> Json:
    return {
        "resourceType": "Condition",
        "clinicalStatus": write_code("condition-clinical", ConditionStatus.ACTIVE),
        "verificationStatus": write_code("condition-ver-status", "unconfirmed"),
        "category": [write_code("condition-category", "problem-list-item")],
        "subject": {"reference": owner.patient},
        **date_element("recordedDate", entry.recorded),
        "recorder": {"reference": owner.author},
        "asserter": {"reference": owner.author},
    }


def _put_condition(resource: Json, entry: Condition) -> None:
    put(resource, "code", write_concept(entry.condition, child(resource, "code")))


def _put_since(resource: Json, entry: Condition) -> None:
    put_date(resource, "onset", entry.since)


def _put_end(resource: Json, entry: Condition) -> None:
    """Where no status is written, its end is read as one."""
    put_end(resource, "abatement", entry.until)
    put_status(resource, "condition-clinical", entry.status)


CONDITION_ENCODER: Encoder[Condition] = Encoder(
    "Condition",
    _begin,
    {
        ("condition",): _put_condition,
        ("since",): _put_since,
        ("until", "status"): _put_end,
        ("note",): put_note,
    },
)


def _status(resource: Json) -> ConditionStatus:
    ended = "abatementDateTime" in resource or "abatementPeriod" in resource
    missing = ConditionStatus.RESOLVED if ended else ConditionStatus.ACTIVE
    return choose_status(ConditionStatus, code_of(child(resource, "clinicalStatus")), missing)
