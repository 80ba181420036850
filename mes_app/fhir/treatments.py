"""MedicationStatement, MedicationRequest and MedicationDispense ⇄ treatments."""

from mes_app.domain.record import Kind, Overview
from mes_app.domain.sections.treatments import Treatment, TreatmentStatus
from mes_app.domain.values import Coded
from mes_app.fhir.authors import entry_facts, find_author
from mes_app.fhir.choices import choose_status
from mes_app.fhir.columns import make_overview
from mes_app.fhir.concepts import code_of, concept_text, read_coded
from mes_app.fhir.dates import date_text, read_date, read_end
from mes_app.fhir.dosages import dosage_text
from mes_app.fhir.elements import Json, child, line
from mes_app.fhir.names import reference_name, short_name
from mes_app.fhir.references import Refs, find_contained, resolve

AUTHORS = ("informationSource", "requester", "performer")
START = ("effectiveDateTime", "effectivePeriod", "authoredOn", "whenHandedOver", "whenPrepared")
RECORDED = ("dateAsserted", "authoredOn", "whenHandedOver")


def summarise_treatment(resource: Json) -> Overview:
    """Title: the medicine. Subtitle: how it is taken."""
    medicine = _medicine(resource)
    return make_overview(
        resource,
        Kind.TREATMENTS,
        title=concept_text(medicine) or short_name(child(resource, "medicationReference"), resource),
        subtitle=line(dosage_text(resource)),
        date=date_text(resource, *START, "dateAsserted"),
        code=code_of(medicine),
        status=_status(resource),
        source=find_author(resource, *AUTHORS)[1],
    )


def decode_treatment(resource: Json, refs: Refs) -> Treatment:
    """One medicine taken, prescribed or handed out; its name may come from a Medication held apart."""
    return Treatment(
        medicine=_find_medicine(resource, refs),
        dosage=dosage_text(resource) or None,
        since=read_date(resource, *START),
        until=read_end({"effectivePeriod": resource.get("effectivePeriod")}, "effectivePeriod"),
        reason=concept_text(resource.get("reasonCode")) or None,
        status=_status(resource),
        **entry_facts(resource, refs, *AUTHORS, recorded=read_date(resource, *RECORDED)),
    )


def _status(resource: Json) -> TreatmentStatus:
    return choose_status(TreatmentStatus, resource.get("status"), TreatmentStatus.UNKNOWN)


def _medicine(resource: Json) -> Json:
    """The concept that names the medicine, stated or of a contained Medication."""
    stated = child(resource, "medicationCodeableConcept")
    return stated or child(find_contained(child(resource, "medicationReference"), resource) or {}, "code")


def _find_medicine(resource: Json, refs: Refs) -> Coded:
    medicine = _medicine(resource)
    if not medicine:
        reference = child(resource, "medicationReference")
        medicine = child(resolve(reference, resource, refs) or {}, "code")
        if not concept_text(medicine):
            return Coded(text=reference_name(reference, resource, refs))
    return read_coded(medicine)
