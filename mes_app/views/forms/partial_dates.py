"""Dates as they are typed: day, month and year apart, each of which may be unknown, and a time.

What is typed is kept as it is, wrong or half done: the form says what is wrong with it once it is saved.
"""

import re
from datetime import datetime
from typing import NamedTuple

_TIME = re.compile(r"(\d{1,2}?)(?:\s*[:hH.]\s*)?(\d{2}|(?<=\D)\d)?[hH:]?", re.ASCII)


class TypedDate(NamedTuple):
    """The parts of a date as typed, each empty while unknown."""

    day: str = ""
    month: str = ""
    year: str = ""
    time: str = ""


def split_date(value: str) -> TypedDate:
    """The parts of ``value``: what ``join_date`` gave, or a date of the record (its offset is left out)."""
    date, _, time = value.partition("T")
    year, month, day, *_ = [*date.split("-"), "", ""]
    return TypedDate(day, month, year, re.sub(r"^(\d\d:\d\d):.*$", r"\1", time))


def join_date(typed: TypedDate) -> str:
    """The parts as one text, nothing of what was typed lost."""
    date = f"{typed.year}-{typed.month}-{typed.day}".rstrip("-")
    return f"{date}T{typed.time}" if typed.time else date


def complete_date(value: str) -> str:
    """``value`` with a time such as ``9h5`` or ``905`` written ``09:05``; what is no time stays as it is."""
    date, separator, time = value.partition("T")
    return f"{date}{separator}{_complete_time(time)}"


def type_now(now: datetime, *, timed: bool) -> str:
    """The day of ``now``, and its time where the field is ``timed``."""
    return now.strftime("%Y-%m-%dT%H:%M" if timed else "%Y-%m-%d")


def _complete_time(typed: str) -> str:
    found = _TIME.fullmatch(typed.strip())
    return f"{found[1]:0>2}:{found[2] or '00':0>2}" if found else typed
