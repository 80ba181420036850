"""What a laboratory measured: one analyte, its usual range as its author states it, and the same one over time.

A result is placed against its range by its author's own word, else by the two numbers; nothing is concluded from it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from mes_app.domain.folding import fold
from mes_app.domain.values import PartialDate, Quantity


class Place(StrEnum):
    """Where a result is, against the range its author states. OUTSIDE: on a side that is not said."""

    BELOW = "below"
    WITHIN = "within"
    ABOVE = "above"
    OUTSIDE = "outside"


_PLACES = {
    "N": Place.WITHIN,
    "L": Place.BELOW,
    "LL": Place.BELOW,
    "LU": Place.BELOW,
    "<": Place.BELOW,
    "H": Place.ABOVE,
    "HH": Place.ABOVE,
    "HU": Place.ABOVE,
    ">": Place.ABOVE,
    "A": Place.OUTSIDE,
    "AA": Place.OUTSIDE,
}
"""Codes of HL7 ObservationInterpretation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """The usual values: numbers in ``unit`` where there are some, and ``text`` where the author wrote words."""

    low: Decimal | None = None
    high: Decimal | None = None
    unit: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Analyte:
    """One line of a report. ``value``, or ``answer`` in words; ``stated``: its author's interpretation code.

    ``code`` is LOINC or empty; ``group``: the examination it belongs to.
    """

    name: str
    code: str = ""
    group: str = ""
    value: Quantity | None = None
    answer: str = ""
    usual: Range = Range()
    stated: str = ""
    date: PartialDate | None = None

    @property
    def place(self) -> Place | None:
        """None where neither its author nor the numbers tell."""
        if self.stated in _PLACES:
            return _PLACES[self.stated]
        if self.value is None or self.usual.unit not in ("", self.value.unit):
            return None
        return _compare(self.value.value, self.usual)


@dataclass(frozen=True, slots=True)
class Trend:
    """The same analyte over time in one unit, the oldest first; at least one."""

    points: tuple[Analyte, ...]

    @property
    def last(self) -> Analyte:
        """The newest."""
        return self.points[-1]


def list_trends(analytes: Iterable[Analyte]) -> list[Trend]:
    """The measured ones by LOINC code and unit, else by name and unit, in the order of their names.

    What was measured at the same moment with the same value counts once: one report may come by several ways.
    """
    series: dict[tuple[str, str], dict[tuple[str, Decimal], Analyte]] = {}
    for analyte in analytes:
        if analyte.value is not None and analyte.date is not None and analyte.date.key:
            moment = (analyte.date.key, analyte.value.value)
            series.setdefault(key_of(analyte), {})[moment] = analyte
    trends = [Trend(tuple(points[moment] for moment in sorted(points))) for points in series.values()]
    return sorted(trends, key=lambda trend: fold(trend.last.name))


def key_of(analyte: Analyte) -> tuple[str, str]:
    """What the same analyte has in common whenever it is measured."""
    return analyte.code or fold(analyte.name), analyte.value.unit if analyte.value else ""


def _compare(value: Decimal, usual: Range) -> Place | None:
    if usual.low is not None and value < usual.low:
        return Place.BELOW
    if usual.high is not None and value > usual.high:
        return Place.ABOVE
    return None if usual.low is None and usual.high is None else Place.WITHIN
