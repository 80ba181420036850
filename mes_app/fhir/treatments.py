"""MedicationStatement, MedicationRequest and MedicationDispense ⇄ treatments."""

from collections.abc import Sequence

from mes_app.domain.record import Kind, Overview
from mes_app.domain.sections.treatments import Treatment, TreatmentStatus
from mes_app.domain.values import Coded
from mes_app.fhir.authors import entry_facts, find_author
from mes_app.fhir.choices import choose_status
from mes_app.fhir.columns import make_overview
from mes_app.fhir.concepts import code_of, concept_text
from mes_app.fhir.dates import date_text, read_date, read_end, read_start
from mes_app.fhir.dosages import dosage_text
from mes_app.fhir.elements import Json, child, children, line
from mes_app.fhir.encoders import Encoder, Owner
from mes_app.fhir.names import reference_name, short_name
from mes_app.fhir.products import drop_product, put_product, read_named, read_product
from mes_app.fhir.references import Refs, find_contained, resolve
from mes_app.fhir.writing import date_element, put, put_choice, put_note, put_period, write_concept

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
        code=code_of(drop_product(medicine)),
        status=_status(resource),
        source=find_author(resource, *AUTHORS)[1],
    )


def decode_treatment(resource: Json, refs: Refs) -> Treatment:
    """One medicine taken, prescribed or handed out; its name may come from a Medication held apart."""
    held = _find_medication(resource, refs)
    batch = child(held, "batch")
    return Treatment(
        medicine=_find_medicine(resource, refs),
        dosage=dosage_text(resource) or None,
        since=read_start(resource, *START),
        until=read_end({"effectivePeriod": resource.get("effectivePeriod")}, "effectivePeriod"),
        reason=concept_text(resource.get("reasonCode")) or None,
        product=read_product(_medicine(resource) or child(held, "code")),
        lot=line(batch.get("lotNumber")) or None,
        expires=read_date(batch, "expirationDate"),
        status=_status(resource),
        **entry_facts(resource, refs, *AUTHORS, recorded=read_date(resource, *RECORDED)),
    )


def _begin(entry: Treatment, owner: Owner) -> Json:
    return {
        "resourceType": "MedicationStatement",
        "status": entry.status,
        "subject": {"reference": owner.patient},
        **date_element("dateAsserted", entry.recorded),
        "informationSource": {"reference": owner.author},
    }


def _put_medicine(resource: Json, entry: Treatment) -> None:
    """In place of a Medication too: one that was inside the resource goes, as nothing refers to it any more.

    A box has a Medication of its own inside the resource, where alone FHIR keeps its lot.
    """
    former = _medicine(resource)
    medicine = write_concept(entry.medicine, drop_product(former))
    put_product(medicine, entry.product, former)
    inside = find_contained(child(resource, "medicationReference"), resource)
    others = [one for one in children(resource, "contained") if one is not inside]
    batch = _write_batch(entry)
    if batch:
        same = inside if inside and read_named(child(inside, "code")) == entry.medicine else {}
        box = {"resourceType": "Medication", "id": _name_box(others), **same, "code": medicine, "batch": batch}
        put(resource, "contained", [box, *others])
        pointer = child(resource, "medicationReference") if inside else {}
        put_choice(resource, "medication", "Reference", {**pointer, "reference": f"#{box['id']}"})
        put(child(resource, "medicationReference"), "display", None)
    else:
        put(resource, "contained", others)
        put_choice(resource, "medication", "CodeableConcept", medicine)


def _write_batch(entry: Treatment) -> Json:
    batch: Json = {}
    put(batch, "lotNumber", entry.lot)
    put(batch, "expirationDate", entry.expires and entry.expires.text)
    return batch


def _name_box(others: Sequence[Json]) -> str:
    taken = {one.get("id") for one in others}
    return next(name for name in ("box", *(f"box-{order}" for order in range(len(others)))) if name not in taken)


def _put_dosage(resource: Json, entry: Treatment) -> None:
    """The instructions in whole: the numbers of the former ones would contradict the new words."""
    put(resource, "dosage", [{"text": entry.dosage}] if entry.dosage else None)


def _put_dates(resource: Json, entry: Treatment) -> None:
    put_period(resource, "effective", entry.since, entry.until)


def _put_reason(resource: Json, entry: Treatment) -> None:
    """In place of the reason that is shown; without any, all of them go."""
    others = children(resource, "reasonCode")[1:]
    put(resource, "reasonCode", [{"text": entry.reason}, *others] if entry.reason else None)


def _put_status(resource: Json, entry: Treatment) -> None:
    put(resource, "status", entry.status)


TREATMENT_ENCODER: Encoder[Treatment] = Encoder(
    "MedicationStatement",
    _begin,
    {
        ("medicine", "product", "lot", "expires"): _put_medicine,
        ("dosage",): _put_dosage,
        ("since", "until"): _put_dates,
        ("reason",): _put_reason,
        ("status",): _put_status,
        ("note",): put_note,
    },
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
        medicine = child(_find_medication(resource, refs), "code")
        if not concept_text(medicine):
            return Coded(text=reference_name(reference, resource, refs))
    return read_named(medicine)


def _find_medication(resource: Json, refs: Refs) -> Json:
    """The Medication held apart or inside; empty without any."""
    return resolve(child(resource, "medicationReference"), resource, refs) or {}
