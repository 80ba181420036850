"""Appointments of the agenda."""

from enum import StrEnum

from mes_app.domain.record import Entry
from mes_app.domain.values import PartialDate


class AppointmentStatus(StrEnum):
    """Where the appointment stands (FHIR appointmentstatus)."""

    PROPOSED = "proposed"
    PENDING = "pending"
    BOOKED = "booked"
    ARRIVED = "arrived"
    CHECKED_IN = "checked-in"
    FULFILLED = "fulfilled"
    CANCELLED = "cancelled"
    NO_SHOW = "noshow"
    WAITLIST = "waitlist"
    UNKNOWN = "unknown"


class Appointment(Entry):
    """One appointment, past or to come."""

    title: str
    start: PartialDate | None = None
    end: PartialDate | None = None
    status: AppointmentStatus = AppointmentStatus.UNKNOWN
    practitioner: str | None = None
    place: str | None = None
    description: str | None = None
