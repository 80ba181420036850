"""What a laboratory measured: one analyte, its usual range as its author states it, and the same one over time.

A result is placed against its range by its author's own word, else by the two numbers; nothing is concluded from it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from operator import itemgetter

from mes_app.domain.folding import fold
from mes_app.domain.values import PartialDate, Precision, Quantity


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

_SPELLINGS = (
    ("[IU]", "UI"),
    ("IU", "UI"),
    ("\N{MICRO SIGN}", "u"),
    ("\N{GREEK SMALL LETTER MU}", "u"),
    ("10*9/L", "G/L"),
    ("10*3/uL", "G/L"),
    ("10*12/L", "T/L"),
    ("10*6/uL", "T/L"),
)
"""The same units written otherwise."""


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


Key = tuple[str, str]
"""An analyte, by its LOINC code or else its folded name, and the unit it is followed in."""


@dataclass(frozen=True, slots=True)
class Trend:
    """The same analyte over time in one unit, the oldest first; at least one. Answers in words are among them."""

    key: Key
    points: tuple[Analyte, ...]

    @property
    def last(self) -> Analyte:
        """The newest."""
        return self.points[-1]


def list_trends(analytes: Iterable[Analyte]) -> list[Trend]:
    """The dated ones by LOINC code and unit, else by name and unit, in the order of their names.

    A name without a code is that of the one code that goes by it. Words (« négatif », « < 5 ») stand among the numbers
    of their analyte, in the unit it was last measured in. One report may come by several ways: the same answer at the
    same moment counts once, and so does the one of which only the day is told; the last given is kept.
    """
    keyed = ((one.date.key, one) for one in analytes if one.date)
    dated = sorted((pair for pair in keyed if pair[0]), key=itemgetter(0))
    names = _name_codes(one for _, one in dated)
    identified = [(one.code or names.get(fold(one.name)) or fold(one.name), key, one) for key, one in dated]
    units = {identity: _spell(one.value.unit) for identity, _, one in identified if one.value}
    series: dict[Key, dict[tuple[str, Decimal | str], Analyte]] = {}
    for identity, key, one in identified:
        unit = _spell(one.value.unit) if one.value else units.get(identity, "")
        series.setdefault((identity, unit), {})[key, _answer(one)] = one
    trends = [Trend(key, tuple(_drop_repeated([*points.values()]))) for key, points in series.items()]
    return sorted(trends, key=lambda trend: (fold(trend.last.name), trend.key))


def _name_codes(analytes: Iterable[Analyte]) -> dict[str, str]:
    """The code of each folded name; none of a name that goes with several, such as glucose of blood and of urine."""
    codes: dict[str, set[str]] = {}
    for one in analytes:
        if one.code:
            codes.setdefault(fold(one.name), set()).add(one.code)
    return {name: found.pop() for name, found in codes.items() if len(found) == 1}


def _spell(unit: str) -> str:
    """One spelling of a unit, however its author writes it: in UCUM, or as French laboratories print it."""
    for written, ours in _SPELLINGS:
        unit = unit.replace(written, ours)
    return unit


def _drop_repeated(points: list[Analyte]) -> list[Analyte]:
    """``points`` without those of which only the day is told, and which another tells with its time."""
    if all(map(_is_timed, points)) or not any(map(_is_timed, points)):
        return points
    timed = {(one.date.day, _answer(one)) for one in points if one.date and _is_timed(one)}
    return [one for one in points if _is_timed(one) or not one.date or (one.date.day, _answer(one)) not in timed]


def _is_timed(analyte: Analyte) -> bool:
    return analyte.date is not None and analyte.date.precision is Precision.TIME


def _answer(analyte: Analyte) -> Decimal | str:
    return analyte.value.value if analyte.value else fold(analyte.answer)


def _compare(value: Decimal, usual: Range) -> Place | None:
    if usual.low is not None and value < usual.low:
        return Place.BELOW
    if usual.high is not None and value > usual.high:
        return Place.ABOVE
    return None if usual.low is None and usual.high is None else Place.WITHIN
