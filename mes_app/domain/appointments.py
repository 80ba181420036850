"""Appointments of the agenda."""

from mes_app.domain.record import Entry
from mes_app.domain.values import PartialDate


class Appointment(Entry):
    """One appointment, past or to come. ``status`` is the FHIR code (booked, cancelled, fulfilled…)."""

    title: str
    start: PartialDate | None = None
    end: PartialDate | None = None
    status: str = ""
    practitioner: str | None = None
    place: str | None = None
    description: str | None = None
