"""The small values that records are made of: partial dates, codes, quantities."""

from calendar import monthrange
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict

PARIS = ZoneInfo("Europe/Paris")
_DECEMBER = 12


class Frozen(BaseModel):
    """An immutable value; unknown fields are a mistake of ours."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


def read_moment(text: str) -> datetime | None:
    """The first moment a FHIR date may mean, in UTC; Paris time where no offset is written; None if not a date."""
    padded = text + "0001-01-01"[len(text) :] if len(text) in (4, 7) else text
    try:
        moment = datetime.fromisoformat(padded)
        return (moment if moment.tzinfo else moment.replace(tzinfo=PARIS)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def sort_key(text: str) -> str:
    """A text that sorts dates written in any precision and offset; empty when ``text`` is not a date."""
    moment = read_moment(text)
    return f"{moment.isoformat()[:19]}Z" if moment else ""


class Precision(StrEnum):
    """How much of a date is known."""

    YEAR = "year"
    MONTH = "month"
    DAY = "day"
    TIME = "time"


class PartialDate(Frozen):
    """A FHIR date or dateTime exactly as written: ``2019``, ``2019-05``, ``2019-05-03`` or with a time."""

    text: str

    @property
    def precision(self) -> Precision:
        """What is known; text of any other shape counts as a year."""
        return {4: Precision.YEAR, 7: Precision.MONTH, 10: Precision.DAY}.get(
            len(self.text), Precision.TIME if len(self.text) > 10 else Precision.YEAR
        )

    @property
    def start(self) -> datetime | None:
        """The first moment it may mean, in UTC; None if not a date."""
        return read_moment(self.text)

    @property
    def key(self) -> str:
        """A text that sorts by ``start``; empty when there is none."""
        return sort_key(self.text)

    @property
    def day(self) -> date | None:
        """The first day it may mean, in Paris."""
        start = self.start
        return start.astimezone(PARIS).date() if start else None

    @property
    def last_day(self) -> date | None:
        """The last day it may mean, in Paris."""
        first, known = self.day, self.precision
        if first is None or known in (Precision.DAY, Precision.TIME):
            return first
        month = first.month if known is Precision.MONTH else _DECEMBER
        return first.replace(month=month, day=monthrange(first.year, month)[1])


class Coded(Frozen):
    """A concept: its words as the record gives them, and the code behind them where there is one."""

    text: str
    code: str | None = None
    system: str | None = None


class Quantity(Frozen):
    """A number as written, with its UCUM unit."""

    value: Decimal
    unit: str = ""
