"""The trace of every access, in the form of the French TDE profile: one AuditEvent for one request, never one per row.

It names who, what kind of act, whose record and which resource; never the words of a search or of a record.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

_ACTIONS = {"create": "C", "update": "U", "delete": "D", "read": "R", "vread": "R"}
_ROLES = "http://terminology.hl7.org/CodeSystem/object-role"


@dataclass(frozen=True, slots=True)
class Deed:
    """One request: the interaction (FHIR restful-interaction code), the type and id it named, and its HTTP status."""

    interaction: str
    type: str | None
    id: str | None
    status: int


def make_event(deed: Deed, person_id: str, patients: Iterable[str], moment: datetime) -> dict[str, Any]:
    """The AuditEvent of ``deed`` by ``Person/person_id`` on the records of ``patients``."""
    recorded = moment.isoformat()
    entities = [*(_patient(patient) for patient in sorted(patients)), *_subject(deed)]
    return {
        "resourceType": "AuditEvent",
        "type": {"system": "http://terminology.hl7.org/CodeSystem/audit-event-type", "code": "rest"},
        "subtype": [{"system": "http://hl7.org/fhir/restful-interaction", "code": deed.interaction}],
        "action": _ACTIONS.get(deed.interaction, "E"),
        "period": {"start": recorded, "end": recorded},
        "recorded": recorded,
        "outcome": _grade(deed.status),
        "agent": [{"who": {"reference": f"Person/{person_id}"}, "requestor": True}],
        "source": {"observer": {"display": "Mes carnets"}},
    } | ({"entity": entities} if entities else {})


def _grade(status: int) -> str:
    if status < 400:
        return "0"
    return "4" if status < 500 else "8"


def _patient(patient: str) -> dict[str, Any]:
    return {"what": {"reference": f"Patient/{patient}"}, "role": {"system": _ROLES, "code": "1"}}


def _subject(deed: Deed) -> list[dict[str, Any]]:
    if not deed.type:
        return []
    kind = {"system": "http://hl7.org/fhir/resource-types", "code": deed.type}
    # A refused request must not leave a line in the record of someone it could not reach.
    named = {"what": {"reference": f"{deed.type}/{deed.id}"}} if deed.id and deed.status < 400 else {}
    return [{**named, "type": kind, "role": {"system": _ROLES, "code": "4"}}]
