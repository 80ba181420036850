"""One measure over time: what of it is looked at, between which values it lies, and which range its results state.

Numbers that cannot be said in one unit are never put on one line, nor is a range drawn that no result gives.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from itertools import groupby
from statistics import fmean

from mes_app.domain.laboratory import Range
from mes_app.domain.record import Row, Source


class Period(StrEnum):
    """How much of a series is looked at, back from its newest value."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    ALL = "all"


_DAY = 86_400
_SPANS = {Period.DAY: _DAY, Period.MONTH: 31 * _DAY, Period.YEAR: 366 * _DAY}


@dataclass(frozen=True, slots=True)
class Point:
    """A dated value: ``time`` in seconds, ``values`` in the unit of its row, and the range stated for each, if any."""

    row: Row
    time: float
    values: tuple[float, ...]
    usual: tuple[Range, ...] = ()


@dataclass(frozen=True, slots=True)
class MeasureHistory:
    """All that is known of one measure: ``rows`` the newest first, those that can be drawn as ``points`` oldest first.

    ``capped``: there are older ones.
    """

    rows: tuple[Row, ...] = ()
    points: tuple[Point, ...] = ()
    capped: bool = False

    @property
    def unit(self) -> str:
        """That of the newest value that can be drawn, else of the newest; empty where there is none."""
        drawn = [self.points[-1].row] if self.points else self.rows
        return next((row.unit for row in drawn), "")

    @property
    def sources(self) -> tuple[Source, ...]:
        """Who says so, each once, in the order of Source."""
        found = {row.source for row in self.rows}
        return tuple(source for source in Source if source in found)


@dataclass(frozen=True, slots=True)
class MeasureSeries:
    """One measure at a glance: its ``last`` value, and the dated ones in the unit of the newest, the oldest first."""

    measure: str
    last: Row
    points: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class Extent:
    """Between which values a number lies, each the newest of its kind; ``mean`` with as many decimals as they have."""

    lowest: Point
    highest: Point
    mean: Decimal


@dataclass(frozen=True, slots=True)
class Band:
    """A stated range and from when to when results state it. At least one side is there."""

    low: float | None
    high: float | None
    since: float
    until: float


def make_point(row: Row, usual: Sequence[Range] = ()) -> Point:
    """The dated number of ``row`` as a point."""
    values = tuple(value for value in (row.value, row.value2) if value is not None)
    return Point(row, datetime.fromisoformat(row.date_key).timestamp(), values, tuple(usual))


def narrow(history: MeasureHistory, period: Period, source: Source | None) -> MeasureHistory:
    """What ``source``, or anyone, said within ``period``; its points are those in the unit of the newest."""
    said = [point for point in history.points if source in (None, point.row.source)]
    since = history.points[-1].time - _SPANS[period] if period in _SPANS and history.points else float("-inf")
    within = [point for point in said if point.time >= since]
    drawn = [point for point in within if _is_alike(point, within[-1])]
    rows = tuple(row for row in history.rows if source in (None, row.source))
    if period is not Period.ALL:
        kept = {(point.row.id, point.row.date_key) for point in within}
        rows = tuple(row for row in rows if (row.id, row.date_key) in kept)
    return MeasureHistory(rows, tuple(drawn), history.capped and period is Period.ALL)


def _is_alike(point: Point, other: Point) -> bool:
    return point.row.unit == other.row.unit and len(point.values) == len(other.values)


def find_extent(points: Sequence[Point], rank: int) -> Extent:
    """Of the numbers at ``rank`` (the second is the diastolic) of at least one of ``points``, the oldest first."""
    newest_first = points[::-1]
    numbers = [point.values[rank] for point in newest_first]
    digits = max(map(_count_decimals, set(numbers)))
    return Extent(
        lowest=newest_first[numbers.index(min(numbers))],
        highest=newest_first[numbers.index(max(numbers))],
        mean=round(Decimal(str(fmean(numbers))), digits),
    )


def _count_decimals(number: float) -> int:
    exponent = Decimal(str(number)).normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def find_bands(points: Sequence[Point]) -> list[Band]:
    """The ranges that results state, each as long as the results that follow one another state the same."""
    ranks = len(points[-1].values) if points else 0
    return [band for rank in range(ranks) for band in _join(points, rank)]


def _join(points: Sequence[Point], rank: int) -> list[Band]:
    runs = groupby(points, key=lambda point: _limits(point, rank))
    timed = ((limits, [point.time for point in run]) for limits, run in runs)
    return [Band(*limits, times[0], times[-1]) for limits, times in timed if limits != (None, None)]


def _limits(point: Point, rank: int) -> tuple[float | None, float | None]:
    """The two bounds in the unit of the value; a range in another unit is none."""
    if rank >= len(point.usual):
        return None, None
    usual = point.usual[rank]
    if usual.unit not in ("", point.row.unit):
        return None, None
    return _read(usual.low), _read(usual.high)


def _read(bound: Decimal | None) -> float | None:
    return None if bound is None else float(bound)
