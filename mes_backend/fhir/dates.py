"""FHIR dates as intervals of microseconds since 1970, so that 2026, 2026-11 and an instant compare with each other.

A date without an offset is meant in Paris.
"""

import re
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_FAR = 2**62
_DATE = re.compile(
    r"(?P<year>\d{4})(-(?P<month>\d\d)(-(?P<day>\d\d)"
    r"(T(?P<hour>\d\d):(?P<minute>\d\d)(:(?P<second>\d\d)(\.(?P<fraction>\d+))?)?(?P<zone>Z|[+-]\d\d:\d\d)?)?)?)?",
    re.ASCII,
)
_STEPS = {"day": timedelta(days=1), "minute": timedelta(minutes=1), "second": timedelta(seconds=1)}


class Interval(NamedTuple):
    """From ``low`` included to ``high`` excluded."""

    low: int
    high: int


def count_microseconds(moment: datetime) -> int:
    """Microseconds since 1970 of an aware ``moment``."""
    return (moment - _EPOCH) // _MICROSECOND


def format_instant(instant: int) -> str:
    """A FHIR instant in UTC that shows each microsecond."""
    return (_EPOCH + instant * _MICROSECOND).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def format_http_date(instant: int) -> str:
    """The form of Last-Modified."""
    return format_datetime((_EPOCH + instant * _MICROSECOND).replace(microsecond=0), usegmt=True)


def read_interval(text: str) -> Interval:
    """The time that a FHIR date, dateTime or instant covers. ValueError for anything else."""
    found = _DATE.fullmatch(text)
    if not found:
        raise ValueError("not a FHIR date")
    written = {name: value for name, value in found.groupdict().items() if value}
    zone, fraction = written.pop("zone", None), written.pop("fraction", "")
    numbers = {"month": 1, "day": 1} | {name: int(value) for name, value in written.items()}
    start = datetime.fromisoformat(f"2000-01-01T00:00:00{zone}").tzinfo if zone else PARIS
    low = datetime(**numbers, microsecond=int(fraction[:6].ljust(6, "0") or "0"), tzinfo=start)
    return Interval(count_microseconds(low), _end(low, written, fraction))


def read_moment(value: Any) -> Interval | None:
    """The time of a date, a Period or several of them in a resource; None when it holds none that is readable."""
    try:
        match value:
            case str():
                return read_interval(value)
            case {"start": str(start), "end": str(end)}:
                return Interval(read_interval(start).low, read_interval(end).high)
            case {"start": str(start)}:
                return Interval(read_interval(start).low, _FAR)
            case {"end": str(end)}:
                return Interval(-_FAR, read_interval(end).high)
    except (ValueError, OverflowError):
        return None
    return None


def _end(low: datetime, written: dict[str, str], fraction: str) -> int:
    if fraction:
        return count_microseconds(low) + int(10 ** max(0, 6 - len(fraction)))
    if "month" not in written:
        return count_microseconds(low.replace(year=low.year + 1))
    if "day" not in written:
        return count_microseconds((low + timedelta(days=31)).replace(day=1))
    unit = next(name for name in ("second", "minute", "day") if name in written)
    return count_microseconds(low + _STEPS[unit])
