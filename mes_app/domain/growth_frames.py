"""The drawing of a curve of growth before it is drawn: its lines, its marks, and where things go in a box.

A screen and a PDF draw the same; the one counts pixels down from the top, the other points up from the bottom.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil, floor

from mes_app.domain.growth import LAST_DAY, PERCENTILES, Child, draw_line
from mes_app.domain.growth_curves import GrowthCurve

Spot = tuple[float, float]

TWO_YEARS = 731
"""The day from which children are measured standing: the lines step there."""

ENDS = {"2": TWO_YEARS - 1, "5": LAST_DAY}
"""How far a drawing may go, in days."""

HALF_YEAR = 365.25 / 2
_STEPS = (0.5, 1, 2, 5, 10, 20)
_MOST_STEPS = 7


@dataclass(frozen=True)
class Growing:
    """``lines`` by their percentile, each of a value for each of ``ages`` in days; ``points`` are ages and values."""

    ages: Sequence[int]
    lines: Mapping[int, Sequence[float]]
    points: Sequence[Spot]

    @property
    def bands(self) -> list[tuple[list[Spot], list[Spot]]]:
        """Each pair of lines around the middle, the outermost first."""
        percents = sorted(self.lines)
        pairs = zip(percents, reversed(percents), strict=True)
        return [(self.trace(below), self.trace(above)) for below, above in pairs if below < above]

    def trace(self, percent: int) -> list[Spot]:
        """The ages and values of one line."""
        return list(zip(self.ages, self.lines[percent], strict=True))


@dataclass(frozen=True)
class Frame:
    """Where things go in a box: ``across`` for an age, ``down`` for a value from ``low`` to ``high``."""

    width: float
    height: float
    scale: float
    last: float
    low: float
    high: float
    step: float

    @property
    def left(self) -> float:
        """Where birth is."""
        return 30 * self.scale

    @property
    def right(self) -> float:
        """Where the last age is; beyond it, the names of the lines."""
        return self.width - 24 * self.scale

    @property
    def bottom(self) -> float:
        """Where the lowest value is; below it, the ages."""
        return self.height - 24 * self.scale

    @property
    def marks(self) -> list[float]:
        """The values that have a rule."""
        return [self.low + place * self.step for place in range(round((self.high - self.low) / self.step) + 1)]

    @property
    def halves(self) -> list[int]:
        """The half years that have a mark: each of the first two years, else the years."""
        years = self.last / HALF_YEAR / 2
        return list(range(0, int(2 * years + 0.5) + 1, 1 if years < 3 else 2))

    def across(self, age: float) -> float:
        """From the left."""
        return self.left + age / self.last * (self.right - self.left)

    def down(self, value: float) -> float:
        """From the top."""
        top = 8 * self.scale
        return self.bottom - (value - self.low) / (self.high - self.low) * (self.bottom - top)

    def place(self, spots: Sequence[Spot]) -> list[Spot]:
        """Ages and values as places in the box."""
        return [(self.across(age), self.down(value)) for age, value in spots]


def choose_end(curves: Sequence[GrowthCurve]) -> str:
    """The one of ENDS that goes as far as the values do."""
    oldest = max((point.age for curve in curves for point in curve.points), default=0)
    return next((name for name, end in ENDS.items() if oldest <= end), "5")


def make_growing(curve: GrowthCurve, child: Child, end: int) -> Growing:
    """What is drawn of ``curve`` until the age ``end`` in days."""
    ages = [*range(0, TWO_YEARS - 1, 6), TWO_YEARS - 1, TWO_YEARS, *range(TWO_YEARS + 18, end, 18)]
    ages = [*(age for age in ages if age < end), end]
    lines = {percent: draw_line(curve.measure, child.sex, percent, ages) for percent in PERCENTILES}
    return Growing(ages, lines, [(point.age, point.value) for point in curve.points if point.age <= end])


def make_frame(growing: Growing, width: float, height: float, scale: float) -> Frame:
    """A box of that size that holds all of ``growing``; its margins grow by ``scale``."""
    values = [value for line in growing.lines.values() for value in line]
    step, low, high = choose_steps([*values, *(value for _, value in growing.points)])
    return Frame(width, height, scale, growing.ages[-1], low, high, step)


def choose_steps(values: Sequence[float]) -> tuple[float, float, float]:
    """The distance between two marks, the lowest and the highest mark, so that all ``values`` lie between few marks."""
    low, high = min(values), max(values)
    step = next((each for each in _STEPS if (high - low) / each <= _MOST_STEPS), _STEPS[-1])
    return step, floor(low / step) * step, ceil(high / step) * step
