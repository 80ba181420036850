"""Ages as calendars count them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mes_app.domain.durations import Anchor, Duration, Stage, read_duration, read_stage
from mes_app.domain.people import Age, age_on


def test_years_months_weeks_and_days_are_read_and_nothing_else_is() -> None:
    assert read_duration("P2Y6M") == Duration(months=30)
    assert read_duration("P16W") == Duration(days=112)
    assert read_duration("P0D") == Duration()
    for wrong in ("", "P", "2Y", "PT1H", "P1,5Y", "P1M2Y", "P-1D", " P1D"):
        with pytest.raises(ValueError, match=r".*"):
            read_duration(wrong)


@pytest.mark.parametrize(
    ("start", "months", "reached"),
    [
        (date(2024, 2, 29), 12, date(2025, 3, 1)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2025, 1, 31), 1, date(2025, 3, 1)),
        (date(2025, 8, 31), 1, date(2025, 10, 1)),
        (date(2025, 10, 31), 2, date(2025, 12, 31)),
        (date(2025, 11, 30), 3, date(2026, 3, 1)),
    ],
)
def test_z13_born_on_a_leap_day_or_on_a_31st_an_age_is_reached_on_the_next_day_there_is(
    start: date, months: int, reached: date
) -> None:
    assert Duration(months=months).after(start) == reached


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(1, 1200))
def test_an_age_is_reached_on_the_day_on_which_it_is_told(birth: date, months: int) -> None:
    reached = Duration(months=months).after(birth)
    assert age_on(birth, reached) == Age(years=months // 12, months=months % 12)
    before = age_on(birth, reached - timedelta(days=1))
    assert before.years * 12 + before.months < months


def test_stages_of_a_pregnancy_are_weeks_or_gaps_from_its_beginning_or_its_end() -> None:
    assert read_stage("SA16") == Stage(Anchor.PERIOD, Duration(days=112))
    assert read_stage("P3M-begun") == Stage(Anchor.BEGUN, Duration(months=3))
    assert read_stage("P4W-after") == Stage(Anchor.AFTER, Duration(days=28))
    for wrong in ("SA", "P4W", "4W-after", "P-after", "SA16-after", "P3M-before"):
        with pytest.raises(ValueError, match=r".*"):
            read_stage(wrong)
