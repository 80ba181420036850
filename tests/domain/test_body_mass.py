"""What weights and heights make together."""

from datetime import date

from mes_app.domain.body_mass import COMPUTED, compute_indices
from mes_app.domain.record import Kind, Row

BIRTH = date(1988, 7, 12)


def row(day: str, value: float, unit: str) -> Row:
    return Row(id=f"{unit}-{day}", profile="p", kind=Kind.MEASURES, date_text=day, date_key=day, value=value, unit=unit)


def indices(weights: list[Row], heights: list[Row], birth: date | None = BIRTH) -> list[tuple[str, float | None]]:
    return [(found.date_text, found.value) for found in compute_indices(weights, heights, birth)]


def test_an_adult_has_the_nearest_height_of_five_years() -> None:
    heights = [row("2016-01-01", 168, "cm"), row("2019-01-01", 170, "cm")]
    weights = [row("2020-01-01", 60, "kg"), row("2016-06-01", 60, "kg"), row("2025-01-01", 60, "kg")]
    assert indices(weights, heights) == [("2016-06-01", 21.3), ("2020-01-01", 20.8)]


def test_a_child_has_the_height_of_the_same_day_and_so_has_who_is_of_no_known_age() -> None:
    heights = [row("2019-05-03", 1.1, "m")]
    weights = [row("2019-05-03T09:00:00+02:00", 18500, "g"), row("2019-05-04", 18.5, "kg")]
    for birth in (date(2014, 1, 1), None):
        assert indices(weights, heights, birth) == [("2019-05-03T09:00:00+02:00", 15.3)]


def test_the_height_of_a_child_says_nothing_of_the_adult() -> None:
    assert indices([row("2007-01-01", 60, "kg")], [row("2005-01-01", 150, "cm")]) == []


def test_what_has_no_day_or_no_unit_of_ours_makes_nothing() -> None:
    heights = [row("2020-01-01", 170, "cm"), row("2020", 190, "cm")]
    assert indices([row("2020", 60, "kg"), row("", 60, "kg"), row("2020-01-01", 9, "[stone_av]")], heights) == []


def test_a_computed_index_stands_where_its_weight_does() -> None:
    (found,) = compute_indices([row("2020-01-01", 60, "kg")], [row("2020-01-01", 170, "cm")], BIRTH)
    assert (found.id, found.category, found.status, found.unit) == ("kg-2020-01-01", "bmi", COMPUTED, "kg/m2")
