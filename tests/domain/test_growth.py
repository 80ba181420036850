"""Where a measure of a child stands among those of other children.

The published values are those of the field tables of the WHO Child Growth Standards (2006): « Percentiles » of weight,
length or height, and head circumference for age; of BMI, the « z-scores », of which the simplified tables have no
percentile. WHO counts 30.4375 days a month, we count whole days: hence to 0.1.
"""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mes_app.domain.growth import (
    CURVES,
    LAST_DAY,
    PERCENTILES,
    Child,
    draw_line,
    find_child,
    find_lms,
    find_place,
    find_score,
    read_value,
    value_at,
)
from mes_app.domain.measure_types import MeasureType
from mes_app.domain.people import Profile, Sex
from mes_app.domain.values import PartialDate

BOY, GIRL = Sex.MALE, Sex.FEMALE
WEIGHT, HEIGHT = MeasureType.WEIGHT, MeasureType.HEIGHT
BMI, HEAD = MeasureType.BMI, MeasureType.HEAD_CIRCUMFERENCE
BIRTH = date(2020, 2, 29)

PUBLISHED = [
    (WEIGHT, BOY, 0, (2.5, 2.9, 3.3, 3.9, 4.3)),
    (WEIGHT, BOY, 12, (7.8, 8.6, 9.6, 10.8, 11.8)),
    (WEIGHT, BOY, 60, (14.3, 16.0, 18.3, 21.1, 23.8)),
    (WEIGHT, GIRL, 6, (5.8, 6.4, 7.3, 8.3, 9.2)),
    (WEIGHT, GIRL, 24, (9.2, 10.1, 11.5, 13.1, 14.6)),
    (WEIGHT, GIRL, 48, (12.5, 14.0, 16.1, 18.6, 21.1)),
    (HEIGHT, BOY, 0, (46.3, 47.9, 49.9, 51.8, 53.4)),
    (HEIGHT, BOY, 23, (81.3, 83.8, 86.9, 90.0, 92.6)),
    (HEIGHT, BOY, 24, (81.4, 83.9, 87.1, 90.3, 92.9)),
    (HEIGHT, BOY, 60, (101.2, 105.2, 110.0, 114.8, 118.7)),
    (HEIGHT, GIRL, 3, (55.8, 57.6, 59.8, 62.0, 63.8)),
    (HEIGHT, GIRL, 18, (75.2, 77.7, 80.7, 83.7, 86.2)),
    (HEAD, BOY, 0, (32.1, 33.1, 34.5, 35.8, 36.9)),
    (HEAD, BOY, 12, (43.6, 44.7, 46.1, 47.4, 48.5)),
    (HEAD, GIRL, 24, (44.6, 45.7, 47.2, 48.6, 49.8)),
    (HEAD, GIRL, 60, (47.2, 48.4, 49.9, 51.4, 52.6)),
]
PUBLISHED_SCORES = [
    (BMI, BOY, 0, (10.2, 11.1, 12.2, 13.4, 14.8, 16.3, 18.1)),
    (BMI, BOY, 12, (13.4, 14.4, 15.5, 16.8, 18.2, 19.8, 21.6)),
    (BMI, BOY, 60, (12.0, 12.9, 14.0, 15.2, 16.6, 18.3, 20.3)),
    (WEIGHT, GIRL, 12, (6.3, 7.0, 7.9, 8.9, 10.1, 11.5, 13.1)),
]
AGES = st.integers(0, LAST_DAY)
SEXES = st.sampled_from((BOY, GIRL))
MEASURES = st.sampled_from(tuple(CURVES))


def in_days(months: int) -> int:
    return round(months * 30.4375 + 1e-9)


@pytest.mark.parametrize(("measure", "sex", "months", "lines"), PUBLISHED)
def test_the_percentiles_are_those_that_who_publishes(
    measure: MeasureType, sex: Sex, months: int, lines: tuple[float, ...]
) -> None:
    drawn = [draw_line(measure, sex, percent, [in_days(months)])[0] for percent in PERCENTILES]
    assert drawn == pytest.approx(lines, abs=0.1)


@pytest.mark.parametrize(("measure", "sex", "months", "lines"), PUBLISHED_SCORES)
def test_the_deviations_are_those_that_who_publishes(
    measure: MeasureType, sex: Sex, months: int, lines: tuple[float, ...]
) -> None:
    lms = find_lms(measure, sex, in_days(months))
    assert lms
    assert [value_at(lms, score) for score in range(-3, 4)] == pytest.approx(lines, abs=0.1)


@given(MEASURES, SEXES, AGES, st.floats(-5, 5), st.floats(0, 3))
def test_who_weighs_or_measures_more_never_stands_lower(
    measure: MeasureType, sex: Sex, age: int, score: float, more: float
) -> None:
    lms = find_lms(measure, sex, age)
    assert lms
    value = max(lms.median * (1 + lms.spread * score), 0.01)
    places = [
        find_place(measure, Child(BIRTH, sex), BIRTH + timedelta(days=age), each) for each in (value, value + more)
    ]
    assert places[0]
    assert places[1]
    assert places[0].percentile <= places[1].percentile
    assert (places[0].above or 0) <= (places[1].above or 0)


@given(MEASURES, SEXES, AGES, st.floats(-2.9, 2.9))
def test_a_score_and_its_value_are_two_sides_of_one(measure: MeasureType, sex: Sex, age: int, score: float) -> None:
    lms = find_lms(measure, sex, age)
    assert lms
    assert find_score(measure, lms, value_at(lms, score)) == pytest.approx(score, abs=1e-6)


@pytest.mark.parametrize("measure", [WEIGHT, BMI])
@pytest.mark.parametrize("side", [-1, 1])
def test_beyond_three_deviations_weight_goes_on_by_the_last_step(measure: MeasureType, side: int) -> None:
    lms = find_lms(measure, GIRL, 400)
    assert lms
    second, third = value_at(lms, 2 * side), value_at(lms, 3 * side)
    assert find_score(measure, lms, third + (third - second) / 2) == pytest.approx(3.5 * side)


def test_height_has_no_such_rule() -> None:
    lms = find_lms(HEIGHT, GIRL, 400)
    assert lms
    assert find_score(HEIGHT, lms, value_at(lms, 4)) == pytest.approx(4)


def test_lines_begin_at_birth_and_end_at_five_years_and_a_month() -> None:
    def told(day: int) -> bool:
        return find_place(WEIGHT, Child(BIRTH, BOY), BIRTH + timedelta(days=day), 10) is not None

    assert [told(day) for day in (-1, 0, LAST_DAY, LAST_DAY + 1)] == [False, True, True, False]


def test_a_value_stands_between_two_lines_or_outside_them() -> None:
    def lines(kilograms: float) -> tuple[int | None, int | None]:
        place = find_place(WEIGHT, Child(BIRTH, BOY), BIRTH + timedelta(days=365), kilograms)
        assert place
        return place.above, place.below

    assert lines(9.0) == (15, 50)
    assert lines(7.0) == (None, 3)
    assert lines(13.0) == (97, None)


def test_before_two_years_a_birth_before_term_counts_from_the_day_it_was_due() -> None:
    child = Child(date(2024, 1, 31), GIRL, weeks=32)
    assert child.age_on(date(2024, 3, 27)) == 0
    assert child.age_on(date(2026, 1, 30)) == 730 - 56
    assert child.age_on(date(2026, 1, 31)) == 731
    assert find_place(WEIGHT, child, date(2024, 2, 1), 1.8) is None


def test_born_on_a_leap_day_a_child_is_two_on_the_first_of_march() -> None:
    child = Child(BIRTH, BOY, weeks=36)
    assert [child.age_on(day) for day in (date(2022, 2, 28), date(2022, 3, 1))] == [730 - 28, 731]


@pytest.mark.parametrize(
    ("profile", "told"),
    [
        (Profile(pid="p", birth=PartialDate(text="2024-01-31"), sex=GIRL), True),
        (Profile(pid="p", birth=PartialDate(text="2024-01"), sex=GIRL), False),
        (Profile(pid="p", sex=GIRL), False),
        (Profile(pid="p", birth=PartialDate(text="2024-01-31")), False),
        (Profile(pid="p", birth=PartialDate(text="2024-01-31"), sex=Sex.OTHER), False),
    ],
)
def test_curves_need_the_day_of_birth_and_a_girl_or_a_boy(profile: Profile, told: bool) -> None:
    assert (find_child(profile) is not None) is told


def test_a_value_is_read_in_the_unit_of_its_table_or_not_at_all() -> None:
    assert read_value(WEIGHT, 3250, "g") == pytest.approx(3.25)
    assert read_value(HEIGHT, 0.52, "m") == pytest.approx(52)
    assert read_value(HEAD, 345, "mm") == pytest.approx(34.5)
    assert read_value(WEIGHT, 7, "[lb_av]") == pytest.approx(3.1751466)
    assert read_value(WEIGHT, 7, "[stone_av]") is None
    assert read_value(WEIGHT, 0, "kg") is None
