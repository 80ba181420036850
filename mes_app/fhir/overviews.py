"""The overview of any resource: which kind it is, and what a list shows of it. Fast: a sync summarises every resource.

Reads plain JSON without models, and never raises on what a server may send.
"""

from collections.abc import Callable
from dataclasses import replace

from mes_app.domain.record import Overview
from mes_app.fhir.allergies import summarise_allergy
from mes_app.fhir.appointments import summarise_appointment
from mes_app.fhir.concepts import codes
from mes_app.fhir.conditions import summarise_condition
from mes_app.fhir.contacts import summarise_contact
from mes_app.fhir.documents import summarise_document
from mes_app.fhir.elements import Json, child
from mes_app.fhir.family_history import summarise_family_history
from mes_app.fhir.labels import is_withheld
from mes_app.fhir.links import summarise_links
from mes_app.fhir.nothing_declared import NO_INFORMATION, find_section, resource_codes, summarise_nothing
from mes_app.fhir.observations import summarise_observation
from mes_app.fhir.others import summarise_other
from mes_app.fhir.people import summarise_person
from mes_app.fhir.procedures import summarise_encounter, summarise_procedure
from mes_app.fhir.professionals import summarise_care_team, summarise_professional
from mes_app.fhir.remarks import summarise_communication
from mes_app.fhir.results import summarise_result
from mes_app.fhir.treatments import summarise_treatment
from mes_app.fhir.vaccines import summarise_vaccine
from mes_app.fhir.wishes import summarise_consent

_SUMMARIES: dict[object, Callable[[Json], Overview]] = {
    "AllergyIntolerance": summarise_allergy,
    "Appointment": summarise_appointment,
    "CareTeam": summarise_care_team,
    "Communication": summarise_communication,
    "Condition": summarise_condition,
    "Consent": summarise_consent,
    "DiagnosticReport": summarise_result,
    "DocumentReference": summarise_document,
    "Encounter": summarise_encounter,
    "FamilyMemberHistory": summarise_family_history,
    "Immunization": summarise_vaccine,
    "MedicationDispense": summarise_treatment,
    "MedicationRequest": summarise_treatment,
    "MedicationStatement": summarise_treatment,
    "Observation": summarise_observation,
    "Patient": summarise_person,
    "Person": summarise_person,
    "Practitioner": summarise_professional,
    "PractitionerRole": summarise_professional,
    "Procedure": summarise_procedure,
    "RelatedPerson": summarise_contact,
}
_NOT_FACTS = {"entered-in-error", "not-done", "refuted"}


def summarise(resource: Json, *, holder: bool) -> Overview:
    """What a list shows of ``resource``; ``holder`` when the record is the vault owner's own, not a child's.

    What the record itself says did not happen or was an error is kept as OTHER: it must not appear in a section.
    A resource that this viewer must not see gives only its kind.
    """
    overview = _choose_summary(resource)
    if is_withheld(resource, holder=holder):
        return Overview(kind=overview.kind, withheld=True)
    linked = summarise_links(resource)
    return replace(overview, linked=linked) if linked else overview


def _choose_summary(resource: Json) -> Overview:
    if _is_no_fact(resource):
        return summarise_other(resource)
    if section := find_section(resource):
        return summarise_nothing(resource, section)
    name = resource.get("resourceType")
    return _SUMMARIES.get(name if type(name) is str else "", summarise_other)(resource)


def _is_no_fact(resource: Json) -> bool:
    status = resource.get("status")
    if type(status) is str and status in _NOT_FACTS:
        return True
    said = codes(child(resource, "verificationStatus")) if "verificationStatus" in resource else []
    return not _NOT_FACTS.isdisjoint(said) or not NO_INFORMATION.isdisjoint(resource_codes(resource))
