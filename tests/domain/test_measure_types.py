from decimal import Decimal

import pytest

from mes_app.domain.measure_types import (
    CODE_OF_MEASURE,
    DIASTOLIC_SCALE,
    MEASURE_OF_CODE,
    SCALES,
    MeasureType,
    name_number,
)


@pytest.mark.parametrize(
    ("measure", "believable", "slip"),
    [
        (MeasureType.WEIGHT, "72.5", "725"),
        (MeasureType.HEIGHT, "20", "1.72"),
        (MeasureType.TEMPERATURE, "45", "375"),
        (MeasureType.BLOOD_PRESSURE, "128", "12.8"),
        (MeasureType.GLUCOSE, "95", "0.95"),
        (MeasureType.CHOLESTEROL_TOTAL, "2.1", "210"),
        (MeasureType.PAIN, "0", "11"),
    ],
)
def test_a_number_of_another_unit_or_a_slip_is_not_believed(measure: MeasureType, believable: str, slip: str) -> None:
    assert SCALES[measure].holds(Decimal(believable))
    assert not SCALES[measure].holds(Decimal(slip))


def test_the_limits_themselves_are_believed() -> None:
    for scale in (*SCALES.values(), DIASTOLIC_SCALE):
        assert scale.low < scale.high
        assert scale.holds(scale.low)
        assert scale.holds(scale.high)


def test_steps_and_pain_are_counted_the_rest_is_measured() -> None:
    assert {measure for measure, scale in SCALES.items() if scale.whole} == {MeasureType.STEPS, MeasureType.PAIN}
    assert SCALES[MeasureType.PAIN].allows(Decimal("7.0"))
    assert not SCALES[MeasureType.PAIN].allows(Decimal("7.5"))
    assert SCALES[MeasureType.WEIGHT].allows(Decimal("7.5"))


def test_every_measure_but_the_computed_one_can_be_typed() -> None:
    assert set(MeasureType) - set(SCALES) == {MeasureType.BMI}


def test_a_measure_is_written_under_a_code_it_is_read_under() -> None:
    assert {measure: MEASURE_OF_CODE[code] for measure, code in CODE_OF_MEASURE.items()} == {m: m for m in MeasureType}
    assert CODE_OF_MEASURE[MeasureType.HEAD_CIRCUMFERENCE] == "8287-5"


def test_the_numbers_of_a_blood_pressure_have_names_of_their_own() -> None:
    assert [name_number(MeasureType.BLOOD_PRESSURE, name) for name in ("value", "value2", "date")] == [
        "systolic",
        "diastolic",
        "date",
    ]
    assert name_number(MeasureType.WEIGHT, "value") == name_number(None, "value") == "value"
