"""Dates, numbers, addresses as people type them, into values as records hold them.

Wrong ones are None: the form says why.
"""

import re
from datetime import datetime
from decimal import Decimal

from mes_app.domain.values import PARIS, PartialDate, Precision

_YEAR_FIRST = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?", re.ASCII)
_DAY_FIRST = re.compile(r"(?:(?:(\d{1,2})[/. ])?(\d{1,2})[/. ])?(\d{4})", re.ASCII)
_TIME = re.compile(r"\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:\d{2})?", re.ASCII)
_NUMBER = re.compile(r"[+-]?\d{1,12}(?:[.,]\d{1,9})?", re.ASCII)
_PHONE = re.compile(r"0[1-9]\d{8}|(?:\+|00)[1-9]\d{6,13}", re.ASCII)
_EMAIL = re.compile(r"[^\s@<>,;]+@[^\s@<>,;.]+(?:\.[^\s@<>,;.]+)+")
_GAPS = re.compile(r"(?<=\d)[ \u00a0\u202f](?=\d)", re.ASCII)


def parse_date(text: str) -> PartialDate | None:
    """A day, a month or a year: ``2019-05-03``, ``03/05/2019``, ``05/2019``, ``2019``…"""
    if found := _YEAR_FIRST.fullmatch(text):
        year, month, day = found.groups()
    elif found := _DAY_FIRST.fullmatch(text):
        day, month, year = found.groups()
    else:
        return None
    typed = PartialDate(text="-".join([year, *(part.zfill(2) for part in (month, day) if part)]))
    return typed if typed.start else None


def parse_day(text: str) -> PartialDate | None:
    """As ``parse_date``, where a month or a year is not enough."""
    typed = parse_date(text)
    return typed if typed and typed.precision is Precision.DAY else None


def parse_moment(text: str) -> PartialDate | None:
    """As ``parse_date``, or a day and a time after a ``T`` or a space: that of Paris unless it gives its offset."""
    day, separator, time = text.partition("T") if "T" in text else text.partition(" ")
    if not separator or not _TIME.fullmatch(time):
        return parse_date(text)
    date_of = parse_date(day)
    if date_of is None or date_of.precision is not Precision.DAY:
        return None
    try:
        moment = datetime.fromisoformat(f"{date_of.text}T{time}")
    except ValueError:
        return None
    return PartialDate(text=(moment if moment.tzinfo else moment.replace(tzinfo=PARIS)).isoformat())


def parse_number(text: str) -> Decimal | None:
    """A number in figures, its digits kept: ``72,50``, ``1 200``."""
    typed = _GAPS.sub("", text)
    return Decimal(typed.replace(",", ".")) if _NUMBER.fullmatch(typed) else None


def parse_phone(text: str) -> str | None:
    """A French number, in pairs of figures: ``06 39 98 00 00``; or one of any country after ``+`` or ``00``."""
    typed = re.sub(r"[\s().-]", "", text)
    if not _PHONE.fullmatch(typed):
        return None
    return text if typed.startswith(("+", "00")) else " ".join(re.findall("..", typed))


def parse_email(text: str) -> str | None:
    """A mail address as it is; whether it exists, only a mail can tell."""
    return text if _EMAIL.fullmatch(text) else None


def date_typed(value: PartialDate, *, timed: bool) -> str:
    """``value`` as a form holds it: its day, or with ``timed`` its day and time in Paris."""
    start = value.start
    if value.precision is not Precision.TIME or start is None:
        return value.text
    local = start.astimezone(PARIS)
    return local.strftime("%Y-%m-%dT%H:%M") if timed else local.strftime("%Y-%m-%d")
