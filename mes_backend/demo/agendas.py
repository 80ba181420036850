"""The appointments of the family, past and to come."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from mes_backend.demo.calendars import Calendar
from mes_backend.demo.contents import read_content
from mes_backend.demo.elements import Json, make_id
from mes_backend.demo.people import Member
from mes_backend.demo.professionals import list_professionals


def _find_status(spec: dict[str, Any], calendar: Calendar) -> str:
    if spec.get("cancelled"):
        return "cancelled"
    return "fulfilled" if calendar.day(spec["when"]) < calendar.today else "booked"


def _build_appointment(member: Member, index: int, spec: dict[str, Any], calendar: Calendar) -> Json:
    professional = list_professionals()[spec["with"]]
    people = (member.reference, professional.reference, professional.organization.place)
    start = calendar.at(spec["when"], spec["clock"])
    return {
        "resourceType": "Appointment",
        "id": make_id(member.key, "Appointment", index),
        "status": _find_status(spec, calendar),
        "specialty": [{"text": professional.speciality}],
        "description": spec["title"],
        "start": start,
        "end": (datetime.fromisoformat(start) + timedelta(minutes=spec["minutes"])).isoformat(),
        "minutesDuration": spec["minutes"],
        "participant": [{"actor": actor, "required": "required", "status": "accepted"} for actor in people],
    } | ({"patientInstruction": spec["note"]} if "note" in spec else {})


def build_appointments(member: Member, calendar: Calendar) -> Iterator[Json]:
    """The Appointments of ``member``: fulfilled or cancelled when past, booked when to come."""
    for index, spec in enumerate(read_content("appointments")[member.key]):
        yield _build_appointment(member, index, spec, calendar)
