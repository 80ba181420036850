"""Procedure and inpatient Encounter ⇄ operations, procedures and hospital stays."""

from mes_app.domain.record import Kind, Overview, Source
from mes_app.domain.sections.procedures import Procedure
from mes_app.domain.values import Coded
from mes_app.fhir.authors import entry_facts, find_author, source_of
from mes_app.fhir.columns import make_overview
from mes_app.fhir.concepts import code_of, codes, concept_text, read_coded
from mes_app.fhir.dates import date_text, read_end, read_start
from mes_app.fhir.elements import Json, child, children, line
from mes_app.fhir.encoders import Encoder, Owner
from mes_app.fhir.names import reference_name, short_name
from mes_app.fhir.others import summarise_other
from mes_app.fhir.references import Refs, references
from mes_app.fhir.writing import put, put_note, put_period, write_concept

AUTHORS = ("performer", "asserter", "recorder", "participant", "serviceProvider")
WHEN = ("performedDateTime", "performedPeriod", "period")
_LAY = {Source.SELF, Source.RELATIVE}
_ADMISSION = "32485007"
_STAY: Json = {"coding": [{"system": "http://snomed.info/sct", "code": _ADMISSION, "display": "Hospital admission"}]}
"""A stay that a person declares is a Procedure: no element of an Encounter would tell who says so."""
_STAYS = {"IMP", "ACUTE", "NONAC", "SS"}


def summarise_encounter(resource: Json) -> Overview:
    """A stay in hospital is a line of the section; any other encounter is not."""
    encounter_class = line(child(resource, "class").get("code"))
    return summarise_procedure(resource) if encounter_class in _STAYS else summarise_other(resource)


def summarise_procedure(resource: Json) -> Overview:
    """Title: what was done, or why the stay. Subtitle: where, or by which professional."""
    node, source = find_author(resource, *AUTHORS)
    performer = short_name(node, resource) if source is Source.PROFESSIONAL else ""
    return make_overview(
        resource,
        Kind.PROCEDURES,
        title=_what(resource).text,
        subtitle=short_name(_place(resource), resource) or performer,
        date=date_text(resource, *WHEN),
        code=code_of(child(resource, "code")),
        status=line(resource.get("status")),
        source=source,
    )


def decode_procedure(resource: Json, refs: Refs) -> Procedure:
    """One operation, procedure or stay."""
    nodes = references(resource, "performer", "participant")
    performers = (reference_name(node, resource, refs) for node in nodes if source_of(node, resource) not in _LAY)
    return Procedure(
        procedure=_what(resource),
        date=read_start(resource, *WHEN),
        until=read_end({"performedPeriod": resource.get("performedPeriod"), "period": resource.get("period")}, *WHEN),
        place=reference_name(_place(resource), resource, refs) or None,
        performer=next(filter(None, performers), None),
        stay=resource.get("resourceType") == "Encounter" or _ADMISSION in codes(child(resource, "category")),
        **entry_facts(resource, refs, *AUTHORS),
    )


def _begin(_entry: Procedure, owner: Owner) -> Json:
    return {
        "resourceType": "Procedure",
        "status": "completed",
        "subject": {"reference": owner.patient},
        "recorder": {"reference": owner.author},
        "asserter": {"reference": owner.author},
    }


def _put_procedure(resource: Json, entry: Procedure) -> None:
    put(resource, "code", write_concept(entry.procedure, child(resource, "code")))


def _put_dates(resource: Json, entry: Procedure) -> None:
    put_period(resource, "performed", entry.date, entry.until)


def _put_place(resource: Json, entry: Procedure) -> None:
    put(resource, "location", {"display": entry.place} if entry.place else None)


def _put_performer(resource: Json, entry: Procedure) -> None:
    """In place of every professional: the family that says so stays."""
    named = [{"actor": {"display": entry.performer}}] if entry.performer else []
    lay = [one for one in children(resource, "performer") if source_of(child(one, "actor"), resource) in _LAY]
    put(resource, "performer", [*named, *lay])


def _put_stay(resource: Json, entry: Procedure) -> None:
    put(resource, "category", _STAY if entry.stay else None)


PROCEDURE_ENCODER: Encoder[Procedure] = Encoder(
    "Procedure",
    _begin,
    {
        ("procedure",): _put_procedure,
        ("date", "until"): _put_dates,
        ("place",): _put_place,
        ("performer",): _put_performer,
        ("stay",): _put_stay,
        ("note",): put_note,
    },
)


def _what(resource: Json) -> Coded:
    """What was done; for a stay its reason before its administrative type."""
    names = ("reasonCode", "type", "serviceType") if resource.get("resourceType") == "Encounter" else ("code",)
    found = (read_coded(child(resource, name)) for name in names)
    return next((coded for coded in found if coded.text), Coded(text=concept_text(resource.get("category"))))


def _place(resource: Json) -> Json:
    stay = child(child(resource, "location"), "location")
    return child(resource, "serviceProvider") or stay or child(resource, "location")
