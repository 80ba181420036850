"""Dates and times as tables of devices write them, into the text that a record keeps: a whole column tells its order.

``03/04/2026`` is two different days: which one is read from the other lines, or asked, and never guessed from one line.
"""

import re
from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

from mes_app.domain.folding import fold
from mes_app.domain.values import PARIS, read_moment


class DateOrder(StrEnum):
    """Which number of a date comes first; the year may always come before both."""

    DAY_FIRST = "day_first"
    MONTH_FIRST = "month_first"


_RECORDED = re.compile(r"\d{4}(-\d{2}(-\d{2}(T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2}))?)?)?", re.ASCII)
"""A date as records hold it: kept as it is."""
_YEAR_FIRST = re.compile(r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})(?P<rest>.*)", re.ASCII)
_NUMBERS = re.compile(r"(?P<one>\d{1,2})[-/.](?P<two>\d{1,2})[-/.](?P<year>\d{4}|\d{2})(?!\d)(?P<rest>.*)", re.ASCII)
_MONTH_IN_WORDS = (
    re.compile(r"(?P<day>\d{1,2})(?:er)?[ -](?P<word>[a-z]{3,9})\.?,?[ -](?P<year>\d{4})(?P<rest>.*)", re.ASCII),
    re.compile(r"(?P<word>[a-z]{3,9})\.? (?P<day>\d{1,2}),? (?P<year>\d{4})(?P<rest>.*)", re.ASCII),
)
_TIME = re.compile(
    r"[\sT,]*(?:a )?(?P<hour>\d{1,2})[:h](?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d{1,9})?)?"
    r"\s?(?P<half>[ap]\.?m\.?)?\s?(?P<zone>z|utc|gmt|(?:utc|gmt)?[+-]\d{2}:?\d{2})?",
    re.ASCII | re.IGNORECASE,
)
_MONTHS = (
    ("jan",), ("feb", "fev"), ("mar",), ("apr", "avr"), ("may", "mai"), ("jun", "juin"),
    ("jul", "juil"), ("aug", "aou"), ("sep",), ("oct",), ("nov",), ("dec",),
)  # fmt: skip
"""How the names of months begin in English and in French."""
_NOON = 12


def find_order(texts: Iterable[str]) -> DateOrder | None:
    """The one order in which all of ``texts`` can be dates; None where two can, or where none can.

    Dates that no order changes (the year first, a month in words) leave DAY_FIRST, as one writes here.
    """
    pairs = {(int(found["one"]), int(found["two"])) for text in texts if (found := _NUMBERS.fullmatch(text.strip()))}
    orders = {DateOrder.DAY_FIRST: max((two for _, two in pairs), default=0)}
    orders[DateOrder.MONTH_FIRST] = max((one for one, _ in pairs), default=0)
    possible = [order for order, month in orders.items() if month <= _NOON]
    if not pairs:
        return DateOrder.DAY_FIRST
    return possible[0] if len(possible) == 1 else None


def read_written(day: str, time: str, order: DateOrder) -> str | None:
    """The FHIR date of ``day``, and of ``time`` where it is in a place of its own; None for what is no date.

    A time without an offset is that of Paris. A date as records hold it stays as it is.
    """
    day, time = day.strip(), time.strip()
    if not time and _RECORDED.fullmatch(day):
        return day if read_moment(day) else None
    found = _find_day(fold(day), order)
    if found is None:
        return None
    year, month, number, rest = found
    if not (said := " ".join(filter(None, [rest.strip(" ,"), time]))):
        return _make(year, month, number)
    clock = _TIME.fullmatch(said)
    return _make_timed(year, month, number, clock) if clock else None


def _find_day(day: str, order: DateOrder) -> tuple[int, int, int, str] | None:
    """Year, month, day, and what follows them; of any size."""
    if found := _YEAR_FIRST.fullmatch(day):
        return int(found["year"]), int(found["month"]), int(found["day"]), found["rest"]
    if found := _NUMBERS.fullmatch(day):
        one, two = int(found["one"]), int(found["two"])
        number, month = (one, two) if order is DateOrder.DAY_FIRST else (two, one)
        year = int(found["year"])
        return (year if year > 99 else year + 2000), month, number, found["rest"]
    for shape in _MONTH_IN_WORDS:
        found = shape.fullmatch(day)
        if found and (month := _find_month(found["word"])):
            return int(found["year"]), month, int(found["day"]), found["rest"]
    return None


def _find_month(word: str) -> int:
    return next((rank for rank, begins in enumerate(_MONTHS, 1) if word.startswith(begins)), 0)


def _make(year: int, month: int, day: int) -> str | None:
    try:
        return datetime(year, month, day, tzinfo=PARIS).date().isoformat()
    except ValueError:
        return None


def _make_timed(year: int, month: int, day: int, clock: re.Match[str]) -> str | None:
    hour = int(clock["hour"])
    if clock["half"]:
        hour = hour % _NOON + (_NOON if clock["half"].lower().startswith("p") else 0)
    try:
        moment = datetime(year, month, day, hour, int(clock["minute"]), int(clock["second"] or 0), tzinfo=PARIS)
        return _place(moment, (clock["zone"] or "").lower()).isoformat()
    except ValueError:
        return None


def _place(moment: datetime, zone: str) -> datetime:
    """The same figures at the offset that ``zone`` says, if it says one."""
    if not zone:
        return moment
    offset = zone.removeprefix("utc").removeprefix("gmt").removeprefix("z") or "+00:00"
    return datetime.fromisoformat(f"{moment.replace(tzinfo=None).isoformat()}{offset}")
