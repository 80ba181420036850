"""The registry of kinds: the JSON of a record into the value that a screen shows, and such a value into JSON."""

from collections.abc import Callable
from typing import Any

from mes_app.domain.record import Entry, Kind
from mes_app.errors import NotAllowed, Reason
from mes_app.fhir.allergies import ALLERGY_ENCODER, decode_allergy
from mes_app.fhir.appointments import APPOINTMENT_ENCODER, decode_appointment
from mes_app.fhir.blood_group import BLOOD_GROUP_ENCODER, decode_blood_group
from mes_app.fhir.bodies import read_body, write_body
from mes_app.fhir.conditions import CONDITION_ENCODER, decode_condition
from mes_app.fhir.contacts import CONTACT_ENCODER, decode_contact
from mes_app.fhir.documents import DOCUMENT_ENCODER, decode_document
from mes_app.fhir.elements import Json
from mes_app.fhir.encoders import Encoder, Owner, write_changes, write_new
from mes_app.fhir.family_history import FAMILY_HISTORY_ENCODER, decode_family_history
from mes_app.fhir.habits import HABIT_ENCODER, decode_habit
from mes_app.fhir.handicap import HANDICAP_ENCODER, decode_handicap
from mes_app.fhir.measures import MEASURE_ENCODER, decode_measure
from mes_app.fhir.noted_professionals import PROFESSIONAL_ENCODER
from mes_app.fhir.nothing_declared import NOTHING_DECLARED_ENCODER, decode_nothing
from mes_app.fhir.others import decode_other
from mes_app.fhir.pages import PAGE_ENCODER, decode_page
from mes_app.fhir.people import DETAILS_ENCODER, decode_details
from mes_app.fhir.pregnancies import PREGNANCY_ENCODER, decode_pregnancy
from mes_app.fhir.procedures import PROCEDURE_ENCODER, decode_procedure
from mes_app.fhir.professionals import decode_professional
from mes_app.fhir.references import Refs, find_nowhere
from mes_app.fhir.remarks import REMARK_ENCODER, decode_remark
from mes_app.fhir.results import decode_result
from mes_app.fhir.teeth import TOOTH_ENCODER, decode_tooth
from mes_app.fhir.treatments import TREATMENT_ENCODER, decode_treatment
from mes_app.fhir.vaccines import VACCINE_ENCODER, decode_vaccine
from mes_app.fhir.wishes import WISH_ENCODER, decode_wish

_DECODERS: dict[Kind, Callable[[Json, Refs], Entry]] = {
    Kind.ALLERGIES: decode_allergy,
    Kind.APPOINTMENTS: decode_appointment,
    Kind.BLOOD_GROUP: decode_blood_group,
    Kind.CONDITIONS: decode_condition,
    Kind.CONTACTS: decode_contact,
    Kind.DOCUMENTS: decode_document,
    Kind.FAMILY_HISTORY: decode_family_history,
    Kind.HABITS: decode_habit,
    Kind.HANDICAP: decode_handicap,
    Kind.MEASURES: decode_measure,
    Kind.NOTHING_DECLARED: decode_nothing,
    Kind.OTHER: decode_other,
    Kind.PAGES: decode_page,
    Kind.PEOPLE: decode_details,
    Kind.PREGNANCIES: decode_pregnancy,
    Kind.PROCEDURES: decode_procedure,
    Kind.PROFESSIONALS: decode_professional,
    Kind.REMARKS: decode_remark,
    Kind.RESULTS: decode_result,
    Kind.TEETH: decode_tooth,
    Kind.TREATMENTS: decode_treatment,
    Kind.VACCINES: decode_vaccine,
    Kind.WISHES: decode_wish,
}

_ENCODERS: dict[Kind, Encoder[Any]] = {
    Kind.ALLERGIES: ALLERGY_ENCODER,
    Kind.APPOINTMENTS: APPOINTMENT_ENCODER,
    Kind.BLOOD_GROUP: BLOOD_GROUP_ENCODER,
    Kind.CONDITIONS: CONDITION_ENCODER,
    Kind.CONTACTS: CONTACT_ENCODER,
    Kind.DOCUMENTS: DOCUMENT_ENCODER,
    Kind.FAMILY_HISTORY: FAMILY_HISTORY_ENCODER,
    Kind.HABITS: HABIT_ENCODER,
    Kind.HANDICAP: HANDICAP_ENCODER,
    Kind.MEASURES: MEASURE_ENCODER,
    Kind.NOTHING_DECLARED: NOTHING_DECLARED_ENCODER,
    Kind.PAGES: PAGE_ENCODER,
    Kind.PEOPLE: DETAILS_ENCODER,
    Kind.PREGNANCIES: PREGNANCY_ENCODER,
    Kind.PROCEDURES: PROCEDURE_ENCODER,
    Kind.REMARKS: REMARK_ENCODER,
    Kind.PROFESSIONALS: PROFESSIONAL_ENCODER,
    Kind.TEETH: TOOTH_ENCODER,
    Kind.TREATMENTS: TREATMENT_ENCODER,
    Kind.VACCINES: VACCINE_ENCODER,
    Kind.WISHES: WISH_ENCODER,
}
"""The kinds that a person may write."""


def decode(kind: Kind, body: bytes, refs: Refs) -> Entry:
    """The record as a value; ``refs`` finds shared resources by type and id. ``id`` and ``profile`` are left empty.

    Raises Unreadable (NOT_FHIR, TRUNCATED, TOO_DEEP) when ``body`` is not one JSON object.
    """
    return _DECODERS[kind](read_body(body), refs)


def encode(kind: Kind, entry: Entry, owner: Owner, former: bytes | None = None, *, refs: Refs = find_nowhere) -> bytes:
    """The JSON to send for ``entry``: a new resource, or ``former`` with what ``entry`` says otherwise.

    ``refs`` are those that opened ``former``. Of the facts that every entry has only the note can change; ``recorded``
    is written once, in a new resource. Raises NotAllowed(NOT_YOURS) where ``can_encode`` says no, Unreadable.
    """
    encoder = _ENCODERS[kind]
    if former is not None and not can_encode(kind, former):
        raise NotAllowed(Reason.NOT_YOURS)
    if former is None:
        return write_body(write_new(encoder, entry, owner))
    resource = read_body(former)
    write_changes(encoder, resource, _DECODERS[kind](resource, refs), entry)
    return write_body(resource)


def find_written_type(kind: Kind) -> str:
    """The FHIR type of what a person writes for ``kind``."""
    return _ENCODERS[kind].type


def can_encode(kind: Kind, former: bytes) -> bool:
    """Whether changes to this record can be written: it is as a person writes it for ``kind``."""
    encoder, resource = _ENCODERS.get(kind), read_body(former)
    return encoder is not None and resource.get("resourceType") == encoder.type and encoder.knows(resource)
