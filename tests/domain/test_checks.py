from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from mes_app.domain.appointments import Appointment
from mes_app.domain.checks import LIST_LIMIT, check_entry, concerns, may_delete, may_edit
from mes_app.domain.contact_details import ContactDetails
from mes_app.domain.documents import Category, Document
from mes_app.domain.measure_types import MeasureType
from mes_app.domain.people import Profile
from mes_app.domain.record import Entry, Kind, Source
from mes_app.domain.sections.allergies import Allergy
from mes_app.domain.sections.conditions import Condition, ConditionStatus
from mes_app.domain.sections.measures import Measure
from mes_app.domain.sections.procedures import Procedure
from mes_app.domain.sections.treatments import Treatment, TreatmentStatus
from mes_app.domain.values import Coded, PartialDate
from mes_app.errors import Reason, Rejected

TODAY = date(2026, 11, 22)
NUTS = Coded(text="Noix")


def day(text: str) -> PartialDate:
    return PartialDate(text=text)


def refusal(kind: Kind, entry: Entry, *, confirmed: bool = False) -> tuple[str, Reason] | None:
    try:
        check_entry(kind, entry, TODAY, confirmed=confirmed)
    except Rejected as rejected:
        return rejected.field, rejected.reason
    return None


def measure(value: str, value2: str | None = None, **facts: Any) -> Measure:
    facts = {"measure": MeasureType.WEIGHT, "unit": "kg"} | facts
    return Measure(title="Mesure", value=Decimal(value), value2=Decimal(value2) if value2 else None, **facts)


def pressure(systolic: str, diastolic: str) -> Measure:
    return measure(systolic, diastolic, measure=MeasureType.BLOOD_PRESSURE, unit="mm[Hg]")


def in_centimetres(systolic: str, diastolic: str) -> Measure:
    return measure(systolic, diastolic, measure=MeasureType.BLOOD_PRESSURE, unit="cm[Hg]")


@pytest.mark.parametrize("text", ["2026", "2026-11", "2026-11-22", "2026-11-22T23:00:00+01:00", "1994"])
def test_a_date_that_may_be_past_is_accepted(text: str) -> None:
    assert refusal(Kind.ALLERGIES, Allergy(substance=NUTS, since=day(text))) is None


@pytest.mark.parametrize("text", ["2027", "2026-12", "2026-11-23", "2026-11-22T23:30:00Z"])
def test_nothing_has_happened_in_the_future(text: str) -> None:
    assert refusal(Kind.ALLERGIES, Allergy(substance=NUTS, since=day(text))) == ("since", Reason.IN_THE_FUTURE)


def test_a_treatment_and_an_appointment_may_be_to_come() -> None:
    assert refusal(Kind.TREATMENTS, Treatment(medicine=NUTS, since=day("2027"), until=day("2028"))) is None
    assert refusal(Kind.APPOINTMENTS, Appointment(title="Dentiste", start=day("2027-01-03T10:00:00+01:00"))) is None


@pytest.mark.parametrize(
    ("start", "end", "accepted"),
    [
        ("2019", "2018", False),
        ("2019-05", "2019-04-30", False),
        ("2019-05-03T10:00:00+02:00", "2019-05-03T07:59:00Z", False),
        ("2019-05-03T10:00:00+02:00", "2019-05-02", False),
        ("2019-05", "2019", True),
        ("2019", "2019-01-01", True),
        ("2019-05-03T10:00:00+02:00", "2019-05-03T08:00:00Z", True),
        ("2019-05-03T10:00:00+02:00", "2019-05-03", True),
    ],
)
def test_an_end_comes_after_its_start_as_far_as_both_are_known(start: str, end: str, *, accepted: bool) -> None:
    expected = None if accepted else ("until", Reason.BEFORE_START)
    assert refusal(Kind.PROCEDURES, Procedure(procedure=NUTS, date=day(start), until=day(end))) == expected


def test_an_appointment_ends_after_it_starts() -> None:
    entry = Appointment(title="Dentiste", start=day("2026-12-03T10:00:00+01:00"), end=day("2026-12-03T09:00:00+01:00"))
    assert refusal(Kind.APPOINTMENTS, entry) == ("end", Reason.BEFORE_START)


def test_a_disease_with_an_end_no_longer_lasts() -> None:
    ended = Condition(condition=NUTS, until=day("2020"))
    assert refusal(Kind.CONDITIONS, ended) == ("status", Reason.CONTRADICTORY)
    assert refusal(Kind.CONDITIONS, ended.model_copy(update={"status": ConditionStatus.RESOLVED})) is None


@pytest.mark.parametrize(
    ("until", "over"), [("2025", True), ("2026-11-21", True), ("2026", False), ("2026-11-22", False)]
)
def test_a_treatment_that_has_ended_is_no_longer_taken(until: str, *, over: bool) -> None:
    taken = Treatment(medicine=NUTS, until=day(until))
    assert refusal(Kind.TREATMENTS, taken) == (("status", Reason.CONTRADICTORY) if over else None)
    assert refusal(Kind.TREATMENTS, taken.model_copy(update={"status": TreatmentStatus.COMPLETED})) is None


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("substance", Coded(text="a" * 301)),
        ("reactions", ("a" * 301,)),
        ("reactions", tuple(map(str, range(LIST_LIMIT + 1)))),
        ("note", "a" * 3_001),
    ],
)
def test_a_text_has_a_length_that_screens_and_servers_take(field: str, value: object) -> None:
    entry = Allergy(substance=NUTS).model_copy(update={field: value})
    assert refusal(Kind.ALLERGIES, entry) == (field, Reason.TOO_LONG)


def test_a_long_note_is_accepted() -> None:
    assert refusal(Kind.ALLERGIES, Allergy(substance=NUTS, note="a" * 3_000)) is None


@pytest.mark.parametrize(("value", "field"), [("0.2", "value"), ("401", "value"), ("0.3", None), ("400", None)])
def test_a_number_hard_to_believe_is_asked_again_then_taken(value: str, field: str | None) -> None:
    assert refusal(Kind.MEASURES, measure(value)) == (field and (field, Reason.OUT_OF_RANGE))
    assert refusal(Kind.MEASURES, measure(value), confirmed=True) is None


def test_a_diastolic_pressure_stays_under_the_systolic_whatever_is_confirmed() -> None:
    for systolic, diastolic in (("80", "120"), ("80", "80")):
        found = refusal(Kind.MEASURES, pressure(systolic, diastolic), confirmed=True)
        assert found == ("value2", Reason.DIASTOLIC_ABOVE)
    assert refusal(Kind.MEASURES, pressure("128", "19")) == ("value2", Reason.OUT_OF_RANGE)
    assert refusal(Kind.MEASURES, pressure("128", "82")) is None


def test_steps_and_pain_are_whole() -> None:
    pain = measure("3.5", measure=MeasureType.PAIN, unit="1")
    assert refusal(Kind.MEASURES, pain, confirmed=True) == ("value", Reason.NOT_WHOLE)


def test_a_number_is_judged_in_the_unit_it_was_typed_in() -> None:
    assert refusal(Kind.MEASURES, measure("900", unit="[lb_av]")) == ("value", Reason.OUT_OF_RANGE)
    assert refusal(Kind.MEASURES, measure("3450", unit="g")) is None
    sugar = MeasureType.GLUCOSE
    assert refusal(Kind.MEASURES, measure("5.5", measure=sugar, unit="mmol/L")) is None
    assert refusal(Kind.MEASURES, measure("94", measure=sugar, unit="mmol/L")) == ("value", Reason.OUT_OF_RANGE)
    assert refusal(Kind.MEASURES, measure("98.6", measure=MeasureType.TEMPERATURE, unit="[degF]")) is None


def test_z14_a_pressure_in_centimetres_has_its_first_number_above_the_second() -> None:
    assert refusal(Kind.MEASURES, in_centimetres("12", "8")) is None
    assert refusal(Kind.MEASURES, in_centimetres("8", "12")) == ("value2", Reason.DIASTOLIC_ABOVE)
    assert refusal(Kind.MEASURES, in_centimetres("12", "12"), confirmed=True) == ("value2", Reason.DIASTOLIC_ABOVE)
    assert refusal(Kind.MEASURES, in_centimetres("120", "80")) == ("value", Reason.OUT_OF_RANGE)


def test_a_number_in_a_unit_that_is_not_ours_is_not_judged() -> None:
    assert refusal(Kind.MEASURES, measure("900", unit="[stone_av]")) is None
    assert refusal(Kind.MEASURES, measure("900", measure=None)) is None


def test_a_document_is_checked_for_its_date_alone() -> None:
    document = Document(title="Bilan", type=NUTS, category=Category.LABORATORY, date=day("2027"))
    assert refusal(Kind.DOCUMENTS, document) == ("date", Reason.IN_THE_FUTURE)


def test_only_what_the_family_wrote_may_be_changed() -> None:
    assert [source for source in Source if may_edit(Kind.ALLERGIES, source)] == [Source.SELF, Source.RELATIVE]
    assert not may_edit(Kind.RESULTS, Source.SELF)
    assert not may_edit(Kind.PROFESSIONALS, Source.PROFESSIONAL)
    assert may_edit(Kind.NOTHING_DECLARED, Source.SELF)


@pytest.mark.parametrize(
    ("postcode", "country", "told"),
    [
        ("69003", None, None),
        ("2A004", "France", ("postcode", Reason.NOT_A_POSTCODE)),
        ("690031", None, ("postcode", Reason.NOT_A_POSTCODE)),
        ("SW1A 1AA", "Royaume-Uni", None),
        (None, None, None),
    ],
)
def test_a_postcode_is_five_figures_in_france(
    postcode: str | None, country: str | None, told: tuple[str, Reason] | None
) -> None:
    assert refusal(Kind.PEOPLE, ContactDetails(postcode=postcode, country=country)) == told


def test_wishes_are_for_whoever_is_not_known_to_be_under_age() -> None:
    for birth, adult in ((day("2008-11-23"), False), (day("2008-11-22"), True), (day("1950"), True), (None, True)):
        person = Profile(pid="p", birth=birth)
        assert concerns(Kind.WISHES, person, TODAY) is adult
        assert concerns(Kind.ALLERGIES, person, TODAY)


def test_how_one_is_reached_is_one_s_own_to_say_and_never_to_delete() -> None:
    for source in Source:
        assert may_edit(Kind.PEOPLE, source)
        assert not may_delete(Kind.PEOPLE, source)
    assert may_delete(Kind.ALLERGIES, Source.SELF)
    assert not may_delete(Kind.ALLERGIES, Source.PROFESSIONAL)
