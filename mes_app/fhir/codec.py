"""The registry that opens a record: a kind and the JSON as stored, into the value that a screen shows."""

from collections.abc import Callable

from mes_app.domain.record import Entry, Kind
from mes_app.fhir.allergies import decode_allergy
from mes_app.fhir.appointments import decode_appointment
from mes_app.fhir.blood_group import decode_blood_group
from mes_app.fhir.bodies import read_body
from mes_app.fhir.conditions import decode_condition
from mes_app.fhir.contacts import decode_contact
from mes_app.fhir.documents import decode_document
from mes_app.fhir.elements import Json
from mes_app.fhir.family_history import decode_family_history
from mes_app.fhir.habits import decode_habit
from mes_app.fhir.handicap import decode_handicap
from mes_app.fhir.measures import decode_measure
from mes_app.fhir.nothing_declared import decode_nothing
from mes_app.fhir.others import decode_other
from mes_app.fhir.procedures import decode_procedure
from mes_app.fhir.professionals import decode_professional
from mes_app.fhir.references import Refs
from mes_app.fhir.results import decode_result
from mes_app.fhir.treatments import decode_treatment
from mes_app.fhir.vaccines import decode_vaccine
from mes_app.fhir.wishes import decode_wish

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
    Kind.PEOPLE: decode_other,
    Kind.PROCEDURES: decode_procedure,
    Kind.PROFESSIONALS: decode_professional,
    Kind.RESULTS: decode_result,
    Kind.TREATMENTS: decode_treatment,
    Kind.VACCINES: decode_vaccine,
    Kind.WISHES: decode_wish,
}


def decode(kind: Kind, body: bytes, refs: Refs) -> Entry:
    """The record as a value; ``refs`` finds shared resources by type and id. ``id`` and ``profile`` are left empty.

    Raises Unreadable (NOT_FHIR, TRUNCATED, TOO_DEEP) when ``body`` is not one JSON object.
    """
    return _DECODERS[kind](read_body(body), refs)
