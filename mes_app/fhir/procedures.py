"""Procedure and inpatient Encounter ⇄ operations, procedures and hospital stays."""

from mes_app.domain.record import Kind, Overview, Source
from mes_app.domain.sections.procedures import Procedure
from mes_app.domain.values import Coded
from mes_app.fhir.authors import entry_facts, find_author, source_of
from mes_app.fhir.columns import make_overview
from mes_app.fhir.concepts import code_of, concept_text, read_coded
from mes_app.fhir.dates import date_text, read_date, read_end
from mes_app.fhir.elements import Json, child, line
from mes_app.fhir.names import reference_name, short_name
from mes_app.fhir.others import summarise_other
from mes_app.fhir.references import Refs, references

AUTHORS = ("performer", "asserter", "recorder", "participant", "serviceProvider")
WHEN = ("performedDateTime", "performedPeriod", "period")
_LAY = {Source.SELF, Source.RELATIVE}
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
        date=read_date(resource, *WHEN),
        until=read_end({"performedPeriod": resource.get("performedPeriod"), "period": resource.get("period")}, *WHEN),
        place=reference_name(_place(resource), resource, refs) or None,
        performer=next(filter(None, performers), None),
        stay=resource.get("resourceType") == "Encounter",
        **entry_facts(resource, refs, *AUTHORS),
    )


def _what(resource: Json) -> Coded:
    """What was done; for a stay its reason before its administrative type."""
    names = ("reasonCode", "type", "serviceType") if resource.get("resourceType") == "Encounter" else ("code",)
    found = (read_coded(child(resource, name)) for name in names)
    return next((coded for coded in found if coded.text), Coded(text=concept_text(resource.get("category"))))


def _place(resource: Json) -> Json:
    stay = child(child(resource, "location"), "location")
    return child(resource, "serviceProvider") or stay or child(resource, "location")
