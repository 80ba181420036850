"""Ages and gaps as calendars count them: years, months, weeks and days (ISO 8601, without times), and stages."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

_WRITTEN = re.compile(r"P(?=\d)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?", re.ASCII)
_STAGE = re.compile(r"SA(\d{1,2})|(P\w+)-(begun|after)", re.ASCII)


@dataclass(frozen=True, slots=True, order=True)
class Duration:
    """A whole number of months and of days: ``P2Y6M`` is thirty months."""

    months: int = 0
    days: int = 0

    def after(self, start: date) -> date:
        """The day on which it has passed since ``start``: the first of the next month where that day does not exist.

        So does ``people.age_on`` count: born on a 29 February, a year older on 1 March of common years.
        """
        years, month = divmod(start.month - 1 + self.months, 12)
        first = date(start.year + years, month + 1, 1)
        reached = first + timedelta(days=start.day - 1)
        if reached.month != first.month:
            reached = reached.replace(day=1)
        return reached + timedelta(days=self.days)


def read_duration(text: str) -> Duration:
    """``P2Y6M``, ``P16W``, ``P0D``. Raises ValueError for anything else."""
    found = _WRITTEN.fullmatch(text)
    if found is None:
        raise ValueError(text)
    years, months, weeks, days = (int(part or 0) for part in found.groups())
    return Duration(months=years * 12 + months, days=weeks * 7 + days)


class Anchor(StrEnum):
    """From which day of a pregnancy a stage is counted."""

    PERIOD = "period"
    BEGUN = "begun"
    AFTER = "after"


@dataclass(frozen=True, slots=True)
class Stage:
    """How long after the last period, the beginning of the pregnancy, or the birth."""

    anchor: Anchor
    length: Duration


def read_stage(text: str) -> Stage:
    """``SA16``: weeks from the last period; ``P3M-begun``, ``P4W-after``. Raises ValueError for anything else."""
    found = _STAGE.fullmatch(text)
    if found is None:
        raise ValueError(text)
    weeks, length, anchor = found.groups()
    if weeks:
        return Stage(Anchor.PERIOD, Duration(days=7 * int(weeks)))
    return Stage(Anchor(anchor), read_duration(length))
