"""Observation (LOINC 882-1) ⇄ blood group."""

from mes_app.domain.record import Kind, Overview
from mes_app.domain.sections.blood_group import BloodGroup
from mes_app.domain.values import Coded
from mes_app.fhir.answers import (
    AUTHORS,
    WHEN,
    answer_date,
    answer_text,
    begin_answer,
    drop_answer,
    put_answer_date,
)
from mes_app.fhir.authors import entry_facts, find_author
from mes_app.fhir.columns import make_overview
from mes_app.fhir.concepts import LOINC, read_coded
from mes_app.fhir.dates import date_text, read_date
from mes_app.fhir.elements import Json, child, line
from mes_app.fhir.encoders import Encoder, Owner
from mes_app.fhir.names import short_name
from mes_app.fhir.references import Refs
from mes_app.fhir.writing import put, put_note, write_code, write_concept

_CODE = "882-1"


def summarise_blood_group(resource: Json) -> Overview:
    """Title: the group. Subtitle: who says so."""
    node, source = find_author(resource, *AUTHORS)
    group = _group(resource)
    return make_overview(
        resource,
        Kind.BLOOD_GROUP,
        title=group.text,
        subtitle=short_name(node, resource),
        date=date_text(resource, *WHEN),
        code=group.code or "",
        status=line(resource.get("status")),
        source=source,
    )


def decode_blood_group(resource: Json, refs: Refs) -> BloodGroup:
    """The group as reported."""
    facts = entry_facts(resource, refs, *AUTHORS, recorded=read_date(resource, "issued"))
    return BloodGroup(group=_group(resource), date=answer_date(resource), **facts)


def _group(resource: Json) -> Coded:
    coded = read_coded(child(resource, "valueCodeableConcept"))
    return coded if coded.text else Coded(text=line(answer_text(resource)))


def _begin(entry: BloodGroup, owner: Owner) -> Json:
    return begin_answer(entry, owner, write_code("observation-category", "laboratory")) | {
        "code": {"coding": [{"system": LOINC, "code": _CODE}]}
    }


def _put_group(resource: Json, entry: BloodGroup) -> None:
    former = child(resource, "valueCodeableConcept")
    drop_answer(resource)
    put(resource, "valueCodeableConcept", write_concept(entry.group, former))


BLOOD_GROUP_ENCODER = Encoder(
    "Observation",
    _begin,
    {("group",): _put_group, ("date",): put_answer_date, ("note",): put_note},
)
