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


def answered(words: str, *, day: str = "2026-11-03", name: str = "Glucose", code: str = "") -> Analyte:
    return Analyte(name=name, code=code, answer=words, date=PartialDate(text=day))


def told(analyte: Analyte) -> str:
    return str(analyte.value.value) if analyte.value else analyte.answer


def test_one_result_that_came_by_two_ways_is_one_point_and_the_last_given_is_kept() -> None:
    (trend,) = list_trends([measured("1.2"), measured("1.20", name="GLUCOSE")])
    assert [point.name for point in trend.points] == ["GLUCOSE"]


def test_one_result_of_which_one_way_tells_the_day_only_is_one_point() -> None:
    minute = "2026-11-03T08:05:00+01:00"
    (trend,) = list_trends([measured("1.2", day=minute), measured("1.2"), measured("1.3")])
    assert sorted((told(point), point.date and point.date.text) for point in trend.points) == [
        ("1.2", minute),
        ("1.3", "2026-11-03"),
    ]


def test_a_result_without_a_code_is_that_of_the_one_code_that_goes_by_its_name() -> None:
    (trend,) = list_trends([measured("1", code="14771-0"), measured("2", day="2026-11-04")])
    assert trend.key == ("14771-0", "g/L")
    several = [measured("1", code="14771-0"), measured("3", code="2350-7"), measured("2", day="2026-11-04")]
    assert len(list_trends(several)) == 3


@pytest.mark.parametrize(
    ("written", "otherwise"),
    [("m[IU]/L", "mUI/L"), ("ug/L", "µg/L"), ("10*9/L", "G/L"), ("u[IU]/mL", "µUI/mL"), ("10*6/uL", "10*12/L")],
)
def test_one_unit_may_be_written_in_several_ways(written: str, otherwise: str) -> None:
    (trend,) = list_trends([measured("1", unit=written), measured("2", unit=otherwise, day="2026-11-04")])
    assert len(trend.points) == 2
    assert len(list_trends([measured("1", unit="g/L"), measured("2", unit="G/L")])) == 2


def test_words_stand_among_the_numbers_of_their_analyte_or_alone() -> None:
    trends = list_trends(
        [
            answered("< 0,5 g/L", day="2026-11-05"),
            measured("6", unit="mmol/L", day="2025-01-02"),
            measured("1.2"),
            answered("Négatif", name="Toxoplasmose"),
            answered("négatif", name="Toxoplasmose"),
            answered("1/160", name="Toxoplasmose", day="2026-11-06"),
        ]
    )
    assert [(trend.key[1], [told(point) for point in trend.points]) for trend in trends] == [
        ("g/L", ["1.2", "< 0,5 g/L"]),
        ("mmol/L", ["6"]),
        ("", ["négatif", "1/160"]),
    ]


def test_what_has_no_day_has_no_trend() -> None:
    assert list_trends([answered("négatif", day=""), measured("1", day="")]) == []
