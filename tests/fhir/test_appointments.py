from typing import cast

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from mes_app.domain.appointments import Appointment, AppointmentStatus
from mes_app.domain.record import Kind, Source
from mes_app.domain.values import PartialDate
from mes_app.fhir.appointments import decode_appointment, summarise_appointment
from mes_app.fhir.bodies import write_body
from mes_app.fhir.dates import GIVEN
from tests.fhir.encoding import LINES, OWNER, QUICK, TEXTS, check_writing, written
from tests.fhir.reading import body, opened, sample, summary

START, END = PartialDate(text="2026-12-03T10:30:00+01:00"), PartialDate(text="2026-12-03T10:50:00+01:00")
DAY, MONTH, YEAR = (PartialDate(text=text) for text in ("2026-12-03", "2026-12", "2026"))
ENTRIES = st.builds(
    Appointment,
    source=st.just(Source.SELF),
    title=LINES,
    start=st.sampled_from([START, DAY, MONTH, YEAR]),
    end=st.sampled_from([None, END, DAY, MONTH]),
    status=st.sampled_from([AppointmentStatus.BOOKED, AppointmentStatus.CANCELLED]),
    practitioner=st.none() | LINES,
    place=st.none() | LINES,
    description=st.none() | TEXTS,
    note=st.none() | TEXTS,
)


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


@QUICK
@drawn(ENTRIES, ENTRIES)
def test_what_is_typed_is_written_and_opens_again(first: Appointment, second: Appointment) -> None:
    check_writing(Kind.APPOINTMENTS, first, second)


def test_a_new_appointment_has_both_its_ends_and_says_who_typed_it() -> None:
    day = PartialDate(text="2026-11-20")
    made = written(
        Kind.APPOINTMENTS,
        Appointment(
            source=Source.SELF,
            title="Dentiste",
            start=START,
            status=AppointmentStatus.BOOKED,
            place="Lyon",
            recorded=day,
        ),
    )
    assert (made["start"], made["end"], made["created"]) == (START.text, START.text, "2026-11-20")
    assert made["meta"] == {"source": OWNER.author}
    assert [node["actor"] for node in made["participant"]] == [
        {"reference": OWNER.patient},
        {"type": "Location", "display": "Lyon"},
    ]


@pytest.mark.parametrize(
    ("given", "instant"),
    [(DAY, "2026-12-03T00:00:00+01:00"), (MONTH, "2026-12-01T00:00:00+01:00"), (YEAR, "2026-01-01T00:00:00+01:00")],
)
def test_what_is_known_of_a_date_is_shown_and_the_others_read_its_first_moment(
    given: PartialDate, instant: str
) -> None:
    entry = Appointment(source=Source.SELF, title="Dentiste", start=given, status=AppointmentStatus.BOOKED)
    made = written(Kind.APPOINTMENTS, entry)
    assert (made["start"], made["end"], made.get("_end")) == (instant, instant, None)
    assert decode_appointment(made, lambda *_: None).start == given
    assert summarise_appointment(made).date_text == given.text
    known = written(Kind.APPOINTMENTS, entry.model_copy(update={"start": START}), write_body(made))
    assert (known["start"], known.get("_start")) == (START.text, None)


@pytest.mark.parametrize("beside", ["2026-12-03", "tomorrow", "", None, 3])
def test_what_another_app_moved_is_read_as_it_says_now(beside: object) -> None:
    extension = [{"url": GIVEN, "valueDateTime": beside}]
    assert summary("appointment", _start={"extension": extension}).date_text == START.text
    assert summary("appointment", start=None, _start={"extension": extension}).date_text == ""


def test_another_hour_changes_nothing_else() -> None:
    later = PartialDate(text="2026-12-04T09:00:00+01:00")
    moved = opened("appointment").model_copy(update={"start": later, "end": None})
    expected = sample("appointment", start=later.text, end=later.text)
    assert written(Kind.APPOINTMENTS, moved, body("appointment")) == expected


def test_someone_else_takes_the_place_of_the_professional_alone() -> None:
    former = sample("appointment")
    changed = written(
        Kind.APPOINTMENTS, opened("appointment").model_copy(update={"practitioner": "Dr B"}), body("appointment")
    )
    typed = {"actor": {"type": "Practitioner", "display": "Dr B"}, "status": "accepted"}
    assert changed == former | {"participant": [*former["participant"][:2], typed]}


def test_a_title_that_was_the_professional_s_name_stays_when_the_professional_changes() -> None:
    former = sample("appointment", description=None, serviceType=None)
    said = cast(Appointment, opened("appointment", description=None, serviceType=None))
    changed = written(Kind.APPOINTMENTS, said.model_copy(update={"practitioner": "Dr B"}), write_body(former))
    assert changed["description"] == "Dr Hélène ROUX"
