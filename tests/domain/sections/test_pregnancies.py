"""The days of a pregnancy, from the one that is known."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mes_app.domain.checks import check_entry
from mes_app.domain.forms import build_entry, list_inputs
from mes_app.domain.record import Kind
from mes_app.domain.sections.pregnancies import Basis, Pregnancy, PregnancyStatus
from mes_app.domain.values import PartialDate
from mes_app.errors import Reason, Rejected

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("basis", "day"),
    [(Basis.LAST_PERIOD, "2026-03-10"), (Basis.BEGINNING, "2026-03-24"), (Basis.EXPECTED, "2026-12-22")],
)
def test_whichever_day_is_given_the_others_follow(basis: Basis, day: str) -> None:
    told = Pregnancy(basis=basis, day=PartialDate(text=day))
    assert told.last_period == date(2026, 3, 10)
    assert told.beginning == date(2026, 3, 24)
    assert told.expected == date(2026, 12, 22)


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)))
def test_forty_one_weeks_are_nine_months_of_the_calendar_but_for_three_days(begun: date) -> None:
    expected = Pregnancy(day=PartialDate(text=begun.isoformat())).expected
    years, month = divmod(begun.month + 8, 12)
    nine = date(begun.year + years, month + 1, min(begun.day, 28))
    assert expected is not None
    assert -3 <= (expected - nine).days - (begun.day - nine.day) <= 0


def test_without_a_day_nothing_can_be_counted() -> None:
    assert (Pregnancy().last_period, Pregnancy().beginning, Pregnancy().expected) == (None, None, None)


@pytest.mark.parametrize("typed", ["2026-03", "2026", "bientôt"])
def test_a_month_is_not_enough_to_count_from(typed: str) -> None:
    with pytest.raises(Rejected) as refused:
        build_entry(Kind.PREGNANCIES, {"status": "current", "basis": "beginning", "day": typed})
    assert (refused.value.field, refused.value.reason) == ("day", Reason.NOT_A_DATE)


@pytest.mark.parametrize(
    ("facts", "field", "reason"),
    [
        ({"day": "2026-11-23"}, "day", Reason.IN_THE_FUTURE),
        ({"day": "2026-11-23", "basis": Basis.LAST_PERIOD}, "day", Reason.IN_THE_FUTURE),
        ({"day": "2027-11-23", "basis": Basis.EXPECTED}, "day", Reason.IN_THE_FUTURE),
        ({"day": "2026-03-24", "until": "2026-05-03"}, "status", Reason.CONTRADICTORY),
        ({"day": "2026-03-24", "until": "2026-02", "status": PregnancyStatus.ENDED}, "until", Reason.BEFORE_START),
        ({"day": "2026-03-24", "until": "2026-12", "status": PregnancyStatus.BIRTH}, "until", Reason.IN_THE_FUTURE),
        ({}, "day", Reason.MISSING),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(facts: dict[str, str], field: str, reason: Reason) -> None:
    dates = {name: PartialDate(text=facts[name]) for name in ("day", "until") if name in facts}
    with pytest.raises(Rejected) as refused:
        check_entry(Kind.PREGNANCIES, Pregnancy.model_validate({**facts, **dates}), TODAY)
    assert (refused.value.field, refused.value.reason) == (field, reason)


def test_the_expected_day_may_be_to_come() -> None:
    check_entry(Kind.PREGNANCIES, Pregnancy(basis=Basis.EXPECTED, day=PartialDate(text="2027-05-03")), TODAY)


def test_one_that_goes_on_again_has_no_end() -> None:
    ended = {"status": "ended", "basis": "beginning", "day": "2026-03-24", "until": "2026-05"}
    former = build_entry(Kind.PREGNANCIES, ended)
    assert former == Pregnancy(
        status=PregnancyStatus.ENDED, day=PartialDate(text="2026-03-24"), until=PartialDate(text="2026-05")
    )
    assert "until" in {asked.name for asked in list_inputs(Kind.PREGNANCIES, ended)}
    assert "until" not in {asked.name for asked in list_inputs(Kind.PREGNANCIES, {"status": "current"})}
    again = build_entry(Kind.PREGNANCIES, {"status": "current"}, former)
    assert again == Pregnancy(day=PartialDate(text="2026-03-24"))
