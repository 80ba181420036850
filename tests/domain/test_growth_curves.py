"""The values of a child, placed."""

from datetime import date

import pytest

from mes_app.domain.growth import CURVES, Child
from mes_app.domain.growth_curves import GrowthCurve, make_curves
from mes_app.domain.measure_types import MeasureType
from mes_app.domain.people import Sex
from mes_app.domain.record import Kind, Row

WEIGHT, HEIGHT, BMI = MeasureType.WEIGHT, MeasureType.HEIGHT, MeasureType.BMI
GIRL = Child(date(2025, 1, 10), Sex.FEMALE)


def row(day: str, value: float, unit: str = "kg") -> Row:
    return Row(id=day, profile="p", kind=Kind.MEASURES, date_text=day, value=value, unit=unit)


def place(child: Child = GIRL, **rows: list[Row]) -> dict[MeasureType, GrowthCurve]:
    curves = make_curves(child, {MeasureType(name): found for name, found in rows.items()})
    return {curve.measure: curve for curve in curves}


def test_every_measure_with_a_table_has_a_curve_in_its_order() -> None:
    assert [*place()] == [*CURVES]
    assert place()[HEIGHT] == GrowthCurve(HEIGHT)


def test_values_are_placed_by_age_in_the_unit_of_the_table() -> None:
    curve = place(weight=[row("2025-01-10", 3200, "g"), row("2025-07-10T09:30:00+02:00", 7.4)])[WEIGHT]
    assert [(point.age, point.value) for point in curve.points] == [(0, 3.2), (181, 7.4)]
    assert [(point.place.above, point.place.below) for point in curve.points] == [(15, 50), (50, 85)]
    assert (curve.unit, curve.unplaced) == ("kg", 0)


@pytest.mark.parametrize(
    "unplaced",
    [
        row("2025-03", 5.0),
        row("", 5.0),
        row("2025-03-01", 11.0, "[stone_av]"),
        row("2025-01-09", 3.2),
        row("2030-02-11", 18.0),
        row("2025-03-01", 0.0),
    ],
    ids=["month only", "no date", "unit", "before birth", "after the table", "nothing"],
)
def test_what_has_no_line_is_counted_and_not_placed(unplaced: Row) -> None:
    curve = place(weight=[unplaced, row("2025-03-01", 4.9)])[WEIGHT]
    assert (len(curve.points), curve.unplaced) == (1, 1)


def test_of_a_birth_before_term_each_point_tells_from_when_its_age_counts() -> None:
    early = Child(GIRL.birth, GIRL.sex, weeks=34)
    curve = place(early, weight=[row("2025-03-01", 3.4), row("2027-01-10", 11.0)])[WEIGHT]
    assert [(point.age, point.since) for point in curve.points] == [(50 - 42, date(2025, 2, 21)), (730, early.birth)]
    assert [point.corrected for point in curve.points] == [True, False]


def test_the_index_is_computed_of_a_weight_and_a_height_of_one_day_unless_the_record_has_it() -> None:
    weights = [row("2025-07-10", 7.4), row("2025-08-10", 7.9), row("2025-09-10", 8.2)]
    heights = [row("2025-07-10", 66, "cm"), row("2025-09-10", 0.69, "m")]
    curve = place(weight=weights, height=heights, bmi=[row("2025-09-10", 17.0, "kg/m2")])[BMI]
    assert [(point.day.isoformat(), round(point.value, 2), point.computed) for point in curve.points] == [
        ("2025-07-10", 16.99, True),
        ("2025-09-10", 17.0, False),
    ]
