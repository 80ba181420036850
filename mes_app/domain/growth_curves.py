"""The values of one child, placed between the lines of the tables of growth. What cannot be placed is counted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from mes_app.domain.growth import CURVES, Child, Place, find_place, read_value
from mes_app.domain.measure_types import MeasureType
from mes_app.domain.record import Row
from mes_app.domain.values import Precision

_DAYS = (Precision.DAY, Precision.TIME)


@dataclass(frozen=True, slots=True)
class GrowthPoint:
    """A value in the unit of its table. The age on its day is counted from ``since``: the birth, or the day it was due.

    ``corrected``: it is the latter. ``computed``: from the weight and the height of the same day.
    """

    day: date
    since: date
    value: float
    place: Place
    corrected: bool = False
    computed: bool = False

    @property
    def age(self) -> int:
        """In days."""
        return (self.day - self.since).days


@dataclass(frozen=True, slots=True)
class GrowthCurve:
    """One measure, the oldest point first. ``unplaced``: values that no line goes with, for their day or their unit."""

    measure: MeasureType
    points: tuple[GrowthPoint, ...] = ()
    unplaced: int = 0

    @property
    def unit(self) -> str:
        """The unit of its values, in UCUM."""
        return CURVES[self.measure]


def make_curves(child: Child, rows: Mapping[MeasureType, Sequence[Row]]) -> tuple[GrowthCurve, ...]:
    """One curve for each measure that has a table; of the body mass index also what other values make."""
    curves = {measure: _place_rows(measure, child, rows.get(measure, ())) for measure in CURVES}
    index = curves[MeasureType.BMI]
    computed = _compute_index(child, curves[MeasureType.WEIGHT], curves[MeasureType.HEIGHT])
    known = {point.day for point in index.points}
    points = (*index.points, *(point for point in computed if point.day not in known))
    curves[MeasureType.BMI] = replace(index, points=tuple(sorted(points, key=lambda point: point.day)))
    return tuple(curves.values())


def _place_rows(measure: MeasureType, child: Child, rows: Sequence[Row]) -> GrowthCurve:
    points = [_read_point(measure, child, row) for row in rows]
    placed = tuple(point for point in points if point)
    return GrowthCurve(measure, placed, unplaced=len(rows) - len(placed))


def _read_point(measure: MeasureType, child: Child, row: Row) -> GrowthPoint | None:
    day = row.date.day if row.date and row.date.precision in _DAYS else None
    value = read_value(measure, row.value or 0, row.unit)
    return _place(measure, child, day, value) if day and value else None


def _compute_index(child: Child, weights: GrowthCurve, heights: GrowthCurve) -> list[GrowthPoint]:
    """Kilograms by square metre, of each day that has both; the last value of a day counts."""
    tall = {point.day: point.value / 100 for point in heights.points}
    heavy = {point.day: point.value for point in weights.points if point.day in tall}
    found = (_place(MeasureType.BMI, child, day, value / tall[day] ** 2) for day, value in heavy.items())
    return [replace(point, computed=True) for point in found if point]


def _place(measure: MeasureType, child: Child, day: date, value: float) -> GrowthPoint | None:
    place, since = find_place(measure, child, day, value), child.count_from(day)
    return GrowthPoint(day, since, value, place, corrected=since != child.birth) if place else None
