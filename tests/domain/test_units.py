"""From one unit to another: nothing that was typed is lost, and only what is shown is rounded."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mes_app.domain.measure_types import SCALES, MeasureType
from mes_app.domain.units import choose_unit, convert, find_stored_unit, list_units, only_shifts, show_in

TYPED = st.decimals(min_value=0, max_value=999_999, places=2)
PAIRS = [(measure, unit) for measure in SCALES for unit in list_units(measure)]


@pytest.mark.parametrize(
    ("measure", "value", "unit", "to", "shown"),
    [
        (MeasureType.WEIGHT, "3450", "g", "kg", "3.450"),
        (MeasureType.WEIGHT, "150", "[lb_av]", "kg", "68.04"),
        (MeasureType.HEIGHT, "1.75", "m", "cm", "175"),
        (MeasureType.HEIGHT, "70", "[in_i]", "cm", "177.80"),
        (MeasureType.BLOOD_PRESSURE, "12", "cm[Hg]", "mm[Hg]", "120"),
        (MeasureType.BLOOD_PRESSURE, "16", "kPa", "mm[Hg]", "120"),
        (MeasureType.TEMPERATURE, "98.6", "[degF]", "Cel", "37.00"),
        (MeasureType.TEMPERATURE, "38.5", "Cel", "[degF]", "101.30"),
        (MeasureType.HEAD_CIRCUMFERENCE, "352", "mm", "cm", "35.2"),
        (MeasureType.GLUCOSE, "0.94", "g/L", "mg/dL", "94"),
        (MeasureType.GLUCOSE, "5.55", "mmol/L", "g/L", "1.00"),
        (MeasureType.HBA1C, "48", "mmol/mol", "%", "6.54"),
        (MeasureType.HBA1C, "7", "%", "mmol/mol", "53"),
        (MeasureType.CHOLESTEROL_TOTAL, "2", "g/L", "mmol/L", "5.17"),
        (MeasureType.TRIGLYCERIDES, "1.5", "g/L", "mmol/L", "1.69"),
        (MeasureType.TRIGLYCERIDES, "150", "mg/dl", "g/L", "1.50"),
    ],
)
def test_a_number_is_shown_in_another_unit(measure: MeasureType, value: str, unit: str, to: str, shown: str) -> None:
    assert str(show_in(Decimal(value), unit, to, measure)) == shown


@pytest.mark.parametrize(("measure", "unit"), PAIRS)
@given(typed=TYPED)
def test_what_was_typed_comes_back_from_the_unit_it_is_stored_in(
    measure: MeasureType, unit: str, typed: Decimal
) -> None:
    stored = find_stored_unit(measure, unit)
    there = convert(typed, unit, stored, measure)
    assert there is not None
    assert convert(there, stored, unit, measure) == typed
    assert only_shifts(unit, stored, measure)


@pytest.mark.parametrize(("measure", "unit"), PAIRS)
def test_every_unit_that_is_offered_leads_to_that_of_the_scale(measure: MeasureType, unit: str) -> None:
    assert list_units(measure)[0] == SCALES[measure].unit
    assert convert(Decimal(1), unit, SCALES[measure].unit, measure) is not None


@given(typed=TYPED)
def test_a_computed_number_is_the_same_again_on_the_way_back(typed: Decimal) -> None:
    there = convert(typed, "mmol/L", "mg/dL", MeasureType.GLUCOSE)
    assert there is not None
    back = convert(there, "mg/dL", "mmol/L", MeasureType.GLUCOSE)
    assert back is not None
    assert round(back, 12) == typed


def test_a_unit_of_something_else_is_not_converted() -> None:
    assert convert(Decimal(1), "kg", "cm", MeasureType.WEIGHT) is None
    assert convert(Decimal(1), "%", "mg/dL", MeasureType.INTERSTITIAL_GLUCOSE) is None
    assert show_in(Decimal(1), "pinch", "g/L", MeasureType.GLUCOSE) is None


def test_units_are_known_by_what_others_call_them() -> None:
    assert convert(Decimal(36), "°C", "Cel", MeasureType.TEMPERATURE) == 36
    assert convert(Decimal(72), "{beats}/min", "/min", MeasureType.HEART_RATE) == 72
    assert convert(Decimal(3), "{score}", "1", MeasureType.PAIN) == 3


def test_what_is_computed_is_stored_as_it_was_typed() -> None:
    assert find_stored_unit(MeasureType.GLUCOSE, "mmol/L") == "mmol/L"
    assert find_stored_unit(MeasureType.TEMPERATURE, "[degF]") == "[degF]"
    assert find_stored_unit(MeasureType.WEIGHT, "g") == "kg"


def test_a_unit_is_chosen_among_those_of_the_measure() -> None:
    assert choose_unit("weight", {"weight": "g"}) == "g"
    assert choose_unit("weight", {"weight": "mmol/L"}) == "kg"
    assert choose_unit("height", {"weight": "g"}) == "cm"
    assert choose_unit("a name of the record", {}) == ""
