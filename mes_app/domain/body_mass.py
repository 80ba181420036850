"""The body mass index that weights and heights make: computed wherever it is shown, never stored.

Our own rule: of somebody who has grown up, the nearest height of their years as an adult, five years away at most; of a
child, or of whom the birth is not known, the height of the same day. Nothing is concluded from the number.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from mes_app.domain.measure_types import SCALES, MeasureType
from mes_app.domain.people import age_on
from mes_app.domain.record import Row, Source
from mes_app.domain.units import convert
from mes_app.domain.values import Precision

ADULT = 18
"""The age from which somebody counts as grown up."""

NEAR = timedelta(days=5 * 365)
"""How far from a weight the height of an adult may be."""

COMPUTED = "computed"
"""The status of a row that no record holds."""

_UNIT = "kg/m2"
_DIGITS = Decimal("0.1")
_DAYS = (Precision.DAY, Precision.TIME)
_Dated = tuple[date, Decimal]


def compute_indices(weights: Sequence[Row], heights: Sequence[Row], birth: date | None) -> list[Row]:
    """An index for each weight that has a height, in the place of that weight and under its id, with one decimal.

    Of several weights or heights of one day, each in any unit of its measure, the last counts.
    """
    tall = _read(heights, MeasureType.HEIGHT)
    grown = [(day, height) for day, height in sorted(tall.items()) if _is_grown(birth, day)]
    rows = {day: row for row in _oldest_first(weights) if (day := _find_day(row))}
    found = []
    for day, weight in _read(weights, MeasureType.WEIGHT).items():
        height = tall.get(day) or (_find_nearest(grown, day) if _is_grown(birth, day) else None)
        if height:
            index = (weight / (height / 100) ** 2).quantize(_DIGITS, rounding=ROUND_HALF_UP)
            found.append(_make_row(rows[day], index))
    return found


def _read(rows: Sequence[Row], measure: MeasureType) -> dict[date, Decimal]:
    """The last value of each day, in the unit of the scale."""
    read: dict[date, Decimal] = {}
    for row in _oldest_first(rows):
        day = _find_day(row)
        value = convert(Decimal(str(row.value or 0)), row.unit, SCALES[measure].unit, measure)
        if day and value and value > 0:
            read[day] = value
    return read


def _oldest_first(rows: Sequence[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: row.date_key)


def _find_day(row: Row) -> date | None:
    return row.date.day if row.date and row.date.precision in _DAYS else None


def _is_grown(birth: date | None, day: date) -> bool:
    return birth is not None and day >= birth and age_on(birth, day).years >= ADULT


def _find_nearest(heights: Sequence[_Dated], day: date) -> Decimal | None:
    """Of two as near as each other, the later."""
    place = bisect_left(heights, day, key=lambda dated: dated[0])
    near = [dated for dated in heights[max(place - 1, 0) : place + 1] if abs(dated[0] - day) <= NEAR]
    return min(near, key=lambda dated: (abs(dated[0] - day), dated[0] < day))[1] if near else None


def _make_row(weight: Row, index: Decimal) -> Row:
    return replace(
        weight,
        category=MeasureType.BMI,
        title="",
        value=float(index),
        unit=_UNIT,
        status=COMPUTED,
        source=Source.UNKNOWN,
    )
