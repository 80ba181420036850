"""The units in which measures are said, and how a number goes from one to another: by exact fractions, rounded once.

No conversion here is a medical judgement, and none is written over what was measured: a number is stored in the unit
that was typed, unless only its decimal point moves.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from functools import lru_cache

from mes_app.domain.measure_types import MeasureType, find_measure

_GLUCOSE, _CHOLESTEROL, _TRIOLEIN = Fraction("180.156"), Fraction("386.664"), Fraction("885.453")
"""Grams a mole of C6H12O6, of C27H46O and of C57H104O6, from the abridged atomic weights of IUPAC (C 12.011, H 1.008,
O 15.999). Triglycerides are a mixture, counted by laboratories as triolein."""

_NGSP, _NGSP_START = Fraction("0.09148"), Fraction("2.152")
"""The master equation of HbA1c (ngsp.org/ifcc.asp): NGSP % = 0.09148 x IFCC mmol/mol + 2.152."""

_POUND, _INCH = Fraction("0.45359237"), Fraction("2.54")
"""In kilograms and in centimetres: the international ones, exact by definition (UCUM [lb_av], [in_i])."""

_KILOPASCAL = 1 / Fraction("0.133322")
"""In millimetres of mercury: UCUM gives m[Hg] as 133.322 kPa."""

_CONTEXT = Context(prec=28)
_WAYS = 512


@dataclass(frozen=True, slots=True)
class _Line:
    """A number in the first unit of a measure is ``times`` as much as in this one, ``plus`` what zero is in it."""

    times: Fraction = Fraction(1)
    plus: Fraction = Fraction(0)


@dataclass(frozen=True, slots=True)
class _Way:
    """From one unit to another; ``places`` by which the decimal point moves, None where a number is computed."""

    times: Fraction
    plus: Fraction
    places: int | None


def _lines(**times: Fraction | int) -> dict[str, _Line]:
    return {unit: _Line(Fraction(each)) for unit, each in times.items()}


def _molar(mass: Fraction, first: str) -> dict[str, _Line]:
    """Concentrations of what weighs ``mass`` grams a mole, in times the ``first`` of them."""
    grams = {"g/L": Fraction(1), "mg/dL": Fraction(1, 100), "mmol/L": mass / 1000, "g/dL": Fraction(10)}
    ordered = {first: grams[first]} | grams
    return {unit: _Line(times / grams[first]) for unit, times in ordered.items()}


_LENGTHS = _lines(cm=1, mm=Fraction(1, 10), m=100) | {"[in_i]": _Line(_INCH)}
_LIPIDS = _molar(_CHOLESTEROL, "g/L")
_SUGAR = _molar(_GLUCOSE, "mg/dL")

_UNITS: dict[MeasureType, dict[str, _Line]] = {
    MeasureType.WEIGHT: _lines(kg=1, g=Fraction(1, 1000)) | {"[lb_av]": _Line(_POUND)},
    MeasureType.HEIGHT: _LENGTHS,
    MeasureType.BMI: {"kg/m2": _Line()},
    MeasureType.BLOOD_PRESSURE: {"mm[Hg]": _Line(), "cm[Hg]": _Line(Fraction(10)), "kPa": _Line(_KILOPASCAL)},
    MeasureType.HEART_RATE: {"/min": _Line()},
    MeasureType.RESPIRATORY_RATE: {"/min": _Line()},
    MeasureType.TEMPERATURE: {"Cel": _Line(), "[degF]": _Line(Fraction(5, 9), Fraction(-160, 9))},
    MeasureType.OXYGEN_SATURATION: {"%": _Line()},
    MeasureType.HEAD_CIRCUMFERENCE: _LENGTHS,
    MeasureType.WAIST: _LENGTHS,
    MeasureType.STEPS: {"1/(24.h)": _Line(), "/d": _Line(), "1": _Line()},
    MeasureType.PAIN: {"1": _Line()},
    MeasureType.GLUCOSE: _SUGAR,
    MeasureType.INTERSTITIAL_GLUCOSE: _SUGAR,
    MeasureType.HBA1C: {"%": _Line(), "mmol/mol": _Line(_NGSP, _NGSP_START)},
    MeasureType.GLUCOSE_MANAGEMENT: {"%": _Line()},
    MeasureType.CHOLESTEROL_TOTAL: _LIPIDS,
    MeasureType.CHOLESTEROL_HDL: _LIPIDS,
    MeasureType.CHOLESTEROL_LDL: _LIPIDS,
    MeasureType.TRIGLYCERIDES: _molar(_TRIOLEIN, "g/L"),
}
"""What each measure may be read in, in UCUM, the first being the one of its scale and of the record."""

_SAID: dict[MeasureType, tuple[str, ...]] = {
    MeasureType.WEIGHT: ("kg", "g"),
    MeasureType.HEIGHT: ("cm", "m"),
    MeasureType.BLOOD_PRESSURE: ("mm[Hg]", "cm[Hg]"),
    MeasureType.TEMPERATURE: ("Cel", "[degF]"),
    MeasureType.HEAD_CIRCUMFERENCE: ("cm", "mm"),
    MeasureType.GLUCOSE: ("mg/dL", "g/L", "mmol/L"),
    MeasureType.INTERSTITIAL_GLUCOSE: ("mg/dL", "g/L", "mmol/L"),
    MeasureType.HBA1C: ("%", "mmol/mol"),
    MeasureType.CHOLESTEROL_TOTAL: ("g/L", "mmol/L", "mg/dL"),
    MeasureType.CHOLESTEROL_HDL: ("g/L", "mmol/L", "mg/dL"),
    MeasureType.CHOLESTEROL_LDL: ("g/L", "mmol/L", "mg/dL"),
    MeasureType.TRIGLYCERIDES: ("g/L", "mmol/L", "mg/dL"),
}
"""Those of them in which people in France say it, where there are several."""

_SPELLINGS = {
    "mmHg": "mm[Hg]",
    "cmHg": "cm[Hg]",
    "°C": "Cel",
    "°F": "[degF]",
    "mg/dl": "mg/dL",
    "g/l": "g/L",
    "g/dl": "g/dL",
    "mmol/l": "mmol/L",
    "lb": "[lb_av]",
    "in": "[in_i]",
    "kg/m²": "kg/m2",
    "": "1",
}
"""How others write a unit: with the small litre of UCUM, or in words where they give no code."""

_DIGITS = {"g": 0, "mm[Hg]": 0, "mg/dL": 0, "mmol/mol": 0, "mm": 0, "m": 3}
_USUAL_DIGITS = 2


def list_units(measure: MeasureType) -> tuple[str, ...]:
    """The units in which ``measure`` may be typed and shown, in UCUM, that of its scale first; at least one."""
    return _SAID.get(measure) or tuple(_UNITS[measure])[:1]


def convert(value: Decimal, unit: str, to: str, measure: MeasureType) -> Decimal | None:
    """``value`` in ``to``, to 28 figures; None where one of the units is no unit of ``measure`` or not known.

    Exactly ``value`` where both are the same unit; where only the decimal point moves, every digit of it is kept.
    """
    way = _find_way(unit, to, measure)
    if way is None:
        return None
    if way.places is not None:
        return _shift(value, way.places)
    exact = Fraction(value) * way.times + way.plus
    return _CONTEXT.divide(Decimal(exact.numerator), Decimal(exact.denominator))


def show_in(value: Decimal, unit: str, to: str, measure: MeasureType) -> Decimal | None:
    """``convert`` for the eye: as many decimals as people give in ``to``, all those written if none is computed."""
    found = convert(value, unit, to, measure)
    if found is None or only_shifts(unit, to, measure):
        return found
    return found.quantize(Decimal(1).scaleb(-_DIGITS.get(to, _USUAL_DIGITS)), rounding=ROUND_HALF_UP)


def only_shifts(unit: str, to: str, measure: MeasureType) -> bool:
    """Whether the two differ by their decimal point at most: nothing is lost on the way there and back."""
    way = _find_way(unit, to, measure)
    return way is not None and way.places is not None


def find_stored_unit(measure: MeasureType, unit: str) -> str:
    """In which unit what was typed in ``unit`` is stored: that of the scale if only the decimal point moves.

    Else ``unit`` itself: a computed number would no longer be what was measured.
    """
    first = next(iter(_UNITS[measure]))
    return first if only_shifts(unit, first, measure) else unit


def choose_unit(measure: str | None, chosen: Mapping[str, str]) -> str:
    """The unit in which ``measure`` is shown: the one ``chosen`` for it, else that of its scale; empty for others."""
    known = find_measure(measure)
    if known is None:
        return ""
    units = list_units(known)
    return chosen[known] if chosen.get(known) in units else units[0]


@lru_cache(maxsize=_WAYS)
def _find_way(unit: str, to: str, measure: MeasureType) -> _Way | None:
    start, end = _find_line(measure, unit), _find_line(measure, to)
    if start is None or end is None:
        return None
    times, plus = start.times / end.times, (start.plus - end.plus) / end.times
    shifts = (places for places in range(-6, 7) if not plus and times == Fraction(10) ** places)
    return _Way(times, plus, next(shifts, None))


def _find_line(measure: MeasureType, unit: str) -> _Line | None:
    plain = unit.partition("{")[0] + unit.rpartition("}")[2] if "{" in unit else unit
    return _UNITS[measure].get(_SPELLINGS.get(plain, plain))


def _shift(value: Decimal, places: int) -> Decimal:
    """Without an exponent: 12 in tens is 120."""
    return Decimal(f"{value.scaleb(places) if places else value:f}")
