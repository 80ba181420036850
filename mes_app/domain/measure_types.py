"""The measures that Mes carnets knows by name (domain of the « Mesures » of Mon espace santé), by LOINC code.

How each is typed: in which unit, and within which limits a number is believed without asking again.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class MeasureType(StrEnum):
    """What is measured."""

    WEIGHT = "weight"
    HEIGHT = "height"
    BMI = "bmi"
    BLOOD_PRESSURE = "bp"
    HEART_RATE = "heart_rate"
    RESPIRATORY_RATE = "resp_rate"
    TEMPERATURE = "temperature"
    OXYGEN_SATURATION = "spo2"
    HEAD_CIRCUMFERENCE = "head_circ"
    WAIST = "waist"
    STEPS = "steps"
    PAIN = "pain"
    GLUCOSE = "glucose"
    INTERSTITIAL_GLUCOSE = "glucose_int"
    HBA1C = "hba1c"
    GLUCOSE_MANAGEMENT = "gmi"
    CHOLESTEROL_TOTAL = "cholesterol_total"
    CHOLESTEROL_HDL = "cholesterol_hdl"
    CHOLESTEROL_LDL = "cholesterol_ldl"
    TRIGLYCERIDES = "triglycerides"


MEASURE_OF_CODE = {
    "29463-7": MeasureType.WEIGHT,
    "8302-2": MeasureType.HEIGHT,
    "39156-5": MeasureType.BMI,
    "85354-9": MeasureType.BLOOD_PRESSURE,
    "8867-4": MeasureType.HEART_RATE,
    "9279-1": MeasureType.RESPIRATORY_RATE,
    "8310-5": MeasureType.TEMPERATURE,
    "2708-6": MeasureType.OXYGEN_SATURATION,
    "59408-5": MeasureType.OXYGEN_SATURATION,
    "8287-5": MeasureType.HEAD_CIRCUMFERENCE,
    "9843-4": MeasureType.HEAD_CIRCUMFERENCE,
    "8280-0": MeasureType.WAIST,
    "41950-7": MeasureType.STEPS,
    "72514-3": MeasureType.PAIN,
    "2345-7": MeasureType.GLUCOSE,
    "MED-969": MeasureType.INTERSTITIAL_GLUCOSE,
    "4548-4": MeasureType.HBA1C,
    "MED-972": MeasureType.GLUCOSE_MANAGEMENT,
    "2093-3": MeasureType.CHOLESTEROL_TOTAL,
    "2085-9": MeasureType.CHOLESTEROL_HDL,
    "13457-7": MeasureType.CHOLESTEROL_LDL,
    "18262-6": MeasureType.CHOLESTEROL_LDL,
    "2571-8": MeasureType.TRIGLYCERIDES,
}
"""Codes are compared without their system: LOINC comes under two URIs, and ``MED-…`` under an unsettled one."""

SYSTOLIC = "8480-6"
DIASTOLIC = "8462-4"

CODE_OF_MEASURE = {measure: code for code, measure in reversed(MEASURE_OF_CODE.items())}
"""The code under which a measure is written: the first of those it is read under."""


@dataclass(frozen=True, slots=True)
class Scale:
    """How a number is typed: its UCUM unit and, both included, the limits beyond which it is probably a slip."""

    unit: str
    low: Decimal
    high: Decimal
    whole: bool = False

    def holds(self, value: Decimal) -> bool:
        """Whether ``value``, in ``unit``, is believable."""
        return self.low <= value <= self.high

    def allows(self, value: Decimal) -> bool:
        """Whether ``value`` is written as this measure is: without decimals where ``whole``."""
        return not self.whole or value == value.to_integral_value()


def _scale(unit: str, low: str, high: str, *, whole: bool = False) -> Scale:
    return Scale(unit, Decimal(low), Decimal(high), whole)


SCALES = {
    MeasureType.WEIGHT: _scale("kg", "0.3", "400"),
    MeasureType.HEIGHT: _scale("cm", "20", "250"),
    MeasureType.BLOOD_PRESSURE: _scale("mm[Hg]", "40", "300"),
    MeasureType.HEART_RATE: _scale("/min", "20", "300"),
    MeasureType.RESPIRATORY_RATE: _scale("/min", "4", "120"),
    MeasureType.TEMPERATURE: _scale("Cel", "30", "45"),
    MeasureType.OXYGEN_SATURATION: _scale("%", "50", "100"),
    MeasureType.HEAD_CIRCUMFERENCE: _scale("cm", "15", "70"),
    MeasureType.WAIST: _scale("cm", "30", "250"),
    MeasureType.STEPS: _scale("1/(24.h)", "0", "200000", whole=True),
    MeasureType.PAIN: _scale("1", "0", "10", whole=True),
    MeasureType.GLUCOSE: _scale("mg/dL", "10", "1000"),
    MeasureType.INTERSTITIAL_GLUCOSE: _scale("mg/dL", "10", "1000"),
    MeasureType.HBA1C: _scale("%", "3", "20"),
    MeasureType.GLUCOSE_MANAGEMENT: _scale("%", "3", "20"),
    MeasureType.CHOLESTEROL_TOTAL: _scale("g/L", "0.2", "15"),
    MeasureType.CHOLESTEROL_HDL: _scale("g/L", "0.05", "5"),
    MeasureType.CHOLESTEROL_LDL: _scale("g/L", "0.05", "15"),
    MeasureType.TRIGLYCERIDES: _scale("g/L", "0.1", "100"),
}
"""The measures a person may type, one unit each so that a curve never mixes two. BMI is computed, not typed.

Of a blood pressure, the systolic; the diastolic has its own scale and must stay under the systolic.
"""

_PRESSURES = {"value": "systolic", "value2": "diastolic"}
_NAMED = {str(measure): measure for measure in MeasureType}


def find_measure(name: str | None) -> MeasureType | None:
    """The measure of that name; None where it is none of ours."""
    return _NAMED.get(name or "")


def name_number(measure: str | None, name: str) -> str:
    """Which word tells a number of ``measure``, known by the ``name`` of its field: a blood pressure has two."""
    return _PRESSURES.get(name, name) if measure == MeasureType.BLOOD_PRESSURE else name


DIASTOLIC_SCALE = _scale("mm[Hg]", "20", "200")
