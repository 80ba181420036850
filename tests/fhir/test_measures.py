from decimal import Decimal

from mes_app.domain.measure_types import MeasureType
from mes_app.domain.record import Source
from mes_app.domain.sections.measures import Measure
from tests.fhir.reading import opened, sample, summary


def test_a_blood_pressure_has_two_numbers_in_any_order_of_its_parts() -> None:
    overview = summary("blood_pressure")
    assert (overview.category, overview.value, overview.value2, overview.unit) == ("bp", 124, 78, "mm[Hg]")
    measure = opened("blood_pressure")
    assert isinstance(measure, Measure)
    assert (measure.measure, measure.value, measure.value2) == (MeasureType.BLOOD_PRESSURE, Decimal(124), Decimal(78))
    assert measure.source is Source.SELF


def test_half_a_blood_pressure_is_no_number_and_is_told_in_words() -> None:
    half = sample("blood_pressure")["component"][:1]
    overview = summary("blood_pressure", component=half)
    assert (overview.value, overview.value2, overview.subtitle) == (None, None, "8462-4 : 78 mmHg")


def test_a_number_is_opened_exactly_as_written() -> None:
    measure = opened("weight")
    assert isinstance(measure, Measure)
    assert str(measure.value) == "72.50"
    assert (measure.title, measure.unit, measure.author) == ("Poids", "kg", "Balance connectée")
    assert summary("weight").source is Source.DEVICE


def test_a_count_and_words_are_measures_too() -> None:
    steps = opened("weight", valueQuantity=None, valueInteger=6500)
    refused = opened("weight", valueQuantity=None, valueString="refus")
    assert isinstance(steps, Measure)
    assert isinstance(refused, Measure)
    assert (steps.value, steps.text) == (Decimal(6500), None)
    assert (refused.value, refused.text) == (None, "refus")
    assert summary("weight", valueQuantity=None, valueString="refus").subtitle == "refus"


def test_a_measure_that_is_none_of_ours_keeps_its_own_name() -> None:
    measure = opened("weight", code={"text": "Tour de bras"})
    assert isinstance(measure, Measure)
    assert (measure.measure, measure.title) == (None, "Tour de bras")
