from decimal import Decimal

import pytest

from mes_app.domain.laboratory import Analyte, Place, Range, list_trends
from mes_app.domain.values import PartialDate, Quantity


def measured(
    value: str, *, day: str = "2026-11-03", unit: str = "g/L", name: str = "Glucose", code: str = ""
) -> Analyte:
    quantity = Quantity(value=Decimal(value), unit=unit)
    usual = Range(low=Decimal("0.7"), high=Decimal("1.1"), unit="g/L")
    return Analyte(name=name, code=code, value=quantity, usual=usual, date=PartialDate(text=day))


@pytest.mark.parametrize(
    ("value", "place"), [("0.69", "below"), ("0.70", "within"), ("1.1", "within"), ("1.11", "above")]
)
def test_the_bounds_of_a_range_belong_to_it(value: str, place: str) -> None:
    assert measured(value).place is Place(place)


def test_a_range_in_another_unit_or_in_words_places_nothing() -> None:
    assert measured("5", unit="mmol/L").place is None
    words = Range(text="selon l'âge")
    assert Analyte(name="TSH", value=Quantity(value=Decimal(1)), usual=words).place is None
    assert Analyte(name="TSH", answer="négatif").place is None


def test_the_author_may_say_that_it_is_outside_and_not_on_which_side() -> None:
    assert Analyte(name="Culture", answer="positive", stated="A").place is Place.OUTSIDE
    assert Analyte(name="Culture", answer="positive", stated="IND").place is None


def test_an_analyte_is_followed_by_its_code_else_by_its_name_in_one_unit() -> None:
    trends = list_trends(
        [
            measured("1.2", code="14771-0", name="Glycémie"),
            measured("1.1", code="14771-0", day="2025-01-02"),
            measured("6", unit="mmol/L", code="14771-0"),
            measured("3", name="Crp"),
            measured("4", name="CRP", day="2026-11-04"),
        ]
    )
    told = [(trend.last.name, [str(point.value and point.value.value) for point in trend.points]) for trend in trends]
    assert told == [("CRP", ["3", "4"]), ("Glucose", ["6"]), ("Glycémie", ["1.1", "1.2"])]


def test_one_result_that_came_by_two_ways_is_one_point() -> None:
    (trend,) = list_trends([measured("1.2"), measured("1.20")])
    assert len(trend.points) == 1


def test_what_has_no_number_or_no_day_has_no_trend() -> None:
    assert list_trends([Analyte(name="TSH", answer="négatif"), measured("1", day="")]) == []
