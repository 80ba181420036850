"""The days of the demonstration, told from today or from a birth, so that ages hold at any date.

A moment is written ``today-430d``, ``jeanne+4d`` or ``leo+72m``. Nothing here may read the clock.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")
MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip
SATURDAY, SUNDAY = 5, 6
DAYS_AROUND_BIRTH = 7

_MOMENT = re.compile(r"(?P<anchor>[a-z]+)(?:(?P<shift>[+-]\d+)(?P<unit>[dmy]))?")
_IN_TEXT = re.compile(r"\{(?P<moment>[a-z]+(?:[+-]\d+[dmy])?)\}")


def add_months(day: date, months: int) -> date:
    """The same day ``months`` later (earlier when negative), at most the 28th so that it always exists."""
    index = day.year * 12 + day.month - 1 + months
    return date(index // 12, index % 12 + 1, min(day.day, 28))


def write_french(day: date) -> str:
    """A day as French letters write it: ``1er mars 2026``."""
    return f"{'1er' if day.day == 1 else day.day} {MONTHS[day.month - 1]} {day.year}"


def avoid_weekend(day: date) -> date:
    """The nearest working day: practices are closed on Saturdays and Sundays."""
    return day + {SATURDAY: timedelta(days=-1), SUNDAY: timedelta(days=1)}.get(day.weekday(), timedelta())


@dataclass(frozen=True)
class Calendar:
    """Today and the births of the family, from which every other day is told."""

    today: date
    births: dict[str, date]

    def day(self, moment: str) -> date:
        """The day of a written moment: a working day, except in the week around a birth."""
        match = _MOMENT.fullmatch(moment)
        if match is None:
            raise ValueError(moment)
        anchor = self.today if match["anchor"] == "today" else self.births[match["anchor"]]
        if match["shift"] is None:
            return anchor
        shift = int(match["shift"])
        if match["unit"] != "d":
            return avoid_weekend(add_months(anchor, shift * (12 if match["unit"] == "y" else 1)))
        shifted = anchor + timedelta(days=shift)
        around_birth = match["anchor"] != "today" and abs(shift) <= DAYS_AROUND_BIRTH
        return shifted if around_birth else avoid_weekend(shifted)

    def at(self, moment: str, clock: str = "09:00") -> str:
        """A FHIR dateTime with the offset of Paris."""
        return at(self.day(moment), clock)

    def write_date(self, written: str) -> str:
        """A FHIR date: a moment, after ``year`` or ``month`` when no more than that is known."""
        precision, _, moment = written.rpartition(" ")
        return self.day(moment).isoformat()[: {"year": 4, "month": 7}.get(precision)]

    def fill(self, text: str) -> str:
        """``text`` with each ``{moment}`` written as a French date."""
        return _IN_TEXT.sub(lambda match: write_french(self.day(match["moment"])), text)


def at(day: date, clock: str = "09:00") -> str:
    """A FHIR dateTime with the offset of Paris; ``clock`` is ``HH:MM``."""
    return datetime.combine(day, time.fromisoformat(clock), PARIS).isoformat()


def make_calendar(today: date) -> Calendar:
    """The calendar in which the parents are 38 and 40, Léo 9 years and 4 months, Jeanne 14 months."""

    def born(months: int, days: int) -> date:
        return add_months(today, -months) - timedelta(days=days)

    births = {
        "camille": born(38 * 12 + 4, 9),
        "alex": born(40 * 12 + 7, 3),
        "leo": born(9 * 12 + 4, 5),
        "jeanne": born(14, 12),
    }
    return Calendar(today, births)
