from mes_backend.demo.agendas import build_appointments
from mes_backend.demo.calendars import Calendar
from mes_backend.demo.people import Member


def test_an_appointment_says_who_where_and_what_for(members: dict[str, Member], calendar: Calendar) -> None:
    appointments = list(build_appointments(members["leo"], calendar))
    coming = [one for one in appointments if one["status"] == "booked"]
    kinds = [one["actor"]["reference"].split("/")[0] for one in coming[0]["participant"]]
    assert kinds == ["Patient", "Practitioner", "Location"]
    assert coming[1]["description"] == "Pneumologie : souffle et suivi de l’asthme"
    assert coming[1]["patientInstruction"].startswith("Apporter")
    assert coming[1]["end"] > coming[1]["start"]


def test_an_appointment_was_cancelled(members: dict[str, Member], calendar: Calendar) -> None:
    states = [one["status"] for one in build_appointments(members["leo"], calendar)]
    assert states.count("cancelled") == 1
