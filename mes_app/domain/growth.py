"""Where a measure of a child stands among those of healthy children of the same age and sex (WHO standards of 2006).

A place between lines, nothing else: no word here judges a child, and there is no line where the tables end. They are
data/growth_who_2006.csv, which may be replaced.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from math import exp, log
from statistics import NormalDist
from typing import NamedTuple

from mes_app.domain.data_files import read_rows
from mes_app.domain.measure_types import MeasureType
from mes_app.domain.people import Profile, Sex, age_on
from mes_app.domain.units import convert
from mes_app.domain.values import Precision

CURVES = {
    MeasureType.WEIGHT: "kg",
    MeasureType.HEIGHT: "cm",
    MeasureType.BMI: "kg/m2",
    MeasureType.HEAD_CIRCUMFERENCE: "cm",
}
"""The measures that have a table, and the unit of it."""

PERCENTILES = (3, 15, 50, 85, 97)
"""The lines that are drawn: below the third, of a hundred healthy children, are three."""

LAST_DAY = 1856
"""The age in days at which the tables end: five years and a month."""

TERM, EARLY_WEEKS = 40, range(22, 37)
"""Weeks of pregnancy (of amenorrhea): those from which an age is counted, and those of a birth before term."""

CORRECTED_MONTHS = 24
"""The age from which an early birth no longer counts."""

_RESTRICTED = (MeasureType.WEIGHT, MeasureType.BMI)
"""What is not symmetric, of which so few children lie beyond three deviations that WHO counts the rest in steps."""

_EXTREME = 3
_NORMAL = NormalDist()
_LINES = tuple(_NORMAL.inv_cdf(percent / 100) for percent in PERCENTILES)


class Lms(NamedTuple):
    """The measures of one age: the power that makes them symmetric, their median, and how far they spread."""

    power: float
    median: float
    spread: float


@dataclass(frozen=True, slots=True)
class Child:
    """Whose growth it is. ``weeks`` of pregnancy at birth, if that was before term."""

    birth: date
    sex: Sex
    weeks: int | None = None

    def count_from(self, day: date) -> date:
        """The day from which the age on ``day`` is counted: that of the birth, or the one on which it was due."""
        if self.weeks is None or age_on(self.birth, day).years * 12 >= CORRECTED_MONTHS:
            return self.birth
        return self.birth + timedelta(weeks=TERM - self.weeks)

    def age_on(self, day: date) -> int:
        """The age in days on ``day``, corrected where that holds; negative before birth or term."""
        return (day - self.count_from(day)).days


@dataclass(frozen=True, slots=True)
class Place:
    """Between which lines a measure stands, None where there is none; its standard deviations from the median."""

    score: float
    above: int | None
    below: int | None

    @property
    def percentile(self) -> float:
        """Of a hundred healthy children, how many are below."""
        return 100 * _NORMAL.cdf(self.score)


def find_child(profile: Profile, weeks: int | None = None) -> Child | None:
    """Whose growth can be drawn: of whom the day of birth is known, and who is a girl or a boy in the record."""
    birth = profile.birth
    if birth is None or birth.precision is not Precision.DAY or birth.day is None:
        return None
    return Child(birth.day, profile.sex, weeks) if profile.sex in (Sex.FEMALE, Sex.MALE) else None


def read_value(measure: MeasureType, value: float, unit: str) -> float | None:
    """``value`` in the unit of the table of ``measure``; None for a unit that is not known, or no possible value."""
    found = convert(Decimal(str(value)), unit, CURVES[measure], measure)
    return float(found) if found and value > 0 else None


def find_lms(measure: MeasureType, sex: Sex, age: int) -> Lms | None:
    """What is measured at ``age`` in days; None before birth, after LAST_DAY, and where there is no table."""
    days, told = _tables().get((measure, sex), ((), ()))
    if not days or not 0 <= age <= LAST_DAY:
        return None
    after = min(bisect_right(days, age), len(days) - 1)
    share = (age - days[after - 1]) / (days[after] - days[after - 1])
    return Lms(*(start + (end - start) * share for start, end in zip(told[after - 1], told[after], strict=True)))


def find_place(measure: MeasureType, child: Child, day: date, value: float) -> Place | None:
    """Where ``value``, in the unit of the table, stands on ``day``; None where there are no lines."""
    lms = find_lms(measure, child.sex, child.age_on(day))
    if lms is None:
        return None
    score = find_score(measure, lms, value)
    rank = bisect_right(_LINES, score)
    return Place(
        score=score,
        above=PERCENTILES[rank - 1] if rank else None,
        below=PERCENTILES[rank] if rank < len(_LINES) else None,
    )


def find_score(measure: MeasureType, lms: Lms, value: float) -> float:
    """How many standard deviations ``value`` is from the median, by the rule of WHO."""
    power, median, spread = lms
    score = ((value / median) ** power - 1) / (power * spread) if power else log(value / median) / spread
    if measure not in _RESTRICTED or abs(score) <= _EXTREME:
        return score
    extreme = _EXTREME if score > 0 else -_EXTREME
    end = value_at(lms, extreme)
    step = abs(end - value_at(lms, extreme * 2 / 3))
    return extreme + (value - end) / step


def value_at(lms: Lms, score: float) -> float:
    """The measure that stands ``score`` standard deviations from the median."""
    power, median, spread = lms
    return float(median * ((1 + power * spread * score) ** (1 / power) if power else exp(spread * score)))


def draw_line(measure: MeasureType, sex: Sex, percent: float, ages: Sequence[int]) -> list[float]:
    """The values of the line of ``percent`` at ``ages`` in days, each of them within the table."""
    score = _NORMAL.inv_cdf(percent / 100)
    told = (find_lms(measure, sex, age) for age in ages)
    return [value_at(lms, score) for lms in told if lms]


@cache
def _tables() -> dict[tuple[str, str], tuple[tuple[int, ...], tuple[Lms, ...]]]:
    """The days of each measure and sex, and what is measured on each."""
    found: dict[tuple[str, str], dict[int, Lms]] = {}
    for row in read_rows("growth_who_2006"):
        lms = Lms(float(row["l"]), float(row["m"]), float(row["s"]))
        found.setdefault((row["measure"], row["sex"]), {})[int(row["day"])] = lms
    return {key: (tuple(days), tuple(days.values())) for key, days in found.items()}
