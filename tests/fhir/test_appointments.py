from mes_app.domain.appointments import Appointment, AppointmentStatus
from mes_app.domain.record import Kind, Source
from mes_app.domain.values import PartialDate
from tests.fhir.reading import opened, summary


def test_the_agenda_shows_what_for_and_with_whom() -> None:
    overview = summary("appointment")
    assert (overview.kind, overview.title, overview.subtitle, overview.status) == (
        Kind.APPOINTMENTS,
        "Suivi thyroïde",
        "Dr Hélène ROUX",
        "booked",
    )
    assert overview.date_key == "2026-12-03T09:30:00Z"


def test_an_appointment_opens() -> None:
    assert opened("appointment") == Appointment(
        title="Suivi thyroïde",
        start=PartialDate(text="2026-12-03T10:30:00+01:00"),
        end=PartialDate(text="2026-12-03T10:50:00+01:00"),
        status=AppointmentStatus.BOOKED,
        practitioner="Dr Hélène ROUX",
        place="Cabinet des Lilas, Lyon 3e",
        description="Être à jeun.",
        source=Source.PROFESSIONAL,
        recorded=PartialDate(text="2026-11-02"),
        note="Venir avec le dernier bilan.",
    )


def test_without_a_description_the_service_then_the_professional_is_the_title() -> None:
    assert summary("appointment", description=None).title == "Consultation de suivi"
    assert summary("appointment", description=None, serviceType=None).title == "Dr Hélène ROUX"


def test_a_status_we_do_not_know_is_unknown() -> None:
    assert summary("appointment", status="peut-être").status == "unknown"
