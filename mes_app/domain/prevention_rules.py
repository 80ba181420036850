"""What is recommended, mandatory or offered at which age in France: data/prevention_fr_2026.csv, which is dated.

The calendar of vaccinations is issued anew every spring: the file is replaced then, and nothing here has to change.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache

from mes_app.domain.data_files import read_rows
from mes_app.domain.durations import Duration, read_duration
from mes_app.domain.folding import fold
from mes_app.domain.people import Sex

AT_BIRTH = Duration()


class PreventionKind(StrEnum):
    """What a rule is about, in the order of the screens."""

    EXAMS = "exams"
    MATERNITY = "maternity"
    VACCINES = "vaccines"
    SCREENINGS = "screenings"
    DENTAL = "dental"
    CHECKUPS = "checkups"


class Obligation(StrEnum):
    """How strongly the source says it."""

    MANDATORY = "mandatory"
    RECOMMENDED = "recommended"
    OFFERED = "offered"


class RuleSource(StrEnum):
    """Which text says so; its words give the year."""

    EXAMS = "EX"
    VACCINES = "CV25"
    DENTAL = "DENT"
    MATERNITY = "MAT"
    BREAST = "SEIN"
    COLORECTAL = "CCR"
    CERVICAL = "COL"
    CHECKUPS = "BIL"


@dataclass(frozen=True, slots=True)
class Campaign:
    """A time of every year, from ``month`` and ``day`` on."""

    month: int
    day: int
    length: Duration

    def begin(self, year: int) -> date:
        """Its first day in ``year``."""
        return date(year, self.month, self.day)

    def find(self, day: date) -> date:
        """The first day of the one that runs on ``day``, or comes next."""
        begins = map(self.begin, range(day.year - 1, day.year + 2))
        return next(begin for begin in begins if self.length.after(begin) > day)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What counts as done: a code that begins with one of ``codes``, or all ``words`` of one alternative."""

    codes: tuple[str, ...] = ()
    words: tuple[tuple[re.Pattern[str], ...], ...] = ()

    def fits(self, code: str, text: str) -> bool:
        """Whether a record of that code and these words, in any spelling, counts."""
        folded = fold(text)
        return bool(self.codes and code.startswith(self.codes)) or any(
            all(word.search(folded) for word in alternative) for alternative in self.words
        )


@dataclass(frozen=True, slots=True)
class Rule:
    """From the age ``due`` until the age ``until``, flagged from ``late`` on. ``doses``: how many must be done by then.

    Only what was done from the age ``since`` on counts. ``repeat``: the gaps from one time to the next, the last of
    them for ever. ``unless``: the rule that makes this one useless once it is met. ``sex``: who is not of the other.
    """

    id: str
    kind: PreventionKind
    subject: str
    step: str
    obligation: Obligation
    source: RuleSource
    due: Duration
    late: Duration | None
    until: Duration | None
    sex: Sex | None = None
    born_from: date = date.min
    born_before: date = date.max
    repeat: tuple[Duration, ...] = ()
    campaign: Campaign | None = None
    wanted: Wanted = Wanted()
    doses: int = 1
    since: Duration = AT_BIRTH
    unless: str = ""

    def concerns(self, birth: date, sex: Sex) -> bool:
        """Whether it is for somebody born that day; a sex that the record does not tell excludes nothing."""
        others = {Sex.FEMALE: Sex.MALE, Sex.MALE: Sex.FEMALE}
        return self.born_from <= birth < self.born_before and (self.sex is None or sex is not others.get(self.sex))


@cache
def list_rules() -> tuple[Rule, ...]:
    """All rules, in the order of the file. Raises ValueError for a row that is none: the tests read them all."""
    return tuple(map(read_rule, read_rows("prevention_fr_2026")))


def read_rule(row: Mapping[str, str]) -> Rule:
    """One row of the file. Raises ValueError, KeyError."""
    campaign, repeat = _read_repeat(row["repeat"])
    return Rule(
        id=row["id"],
        kind=PreventionKind(row["kind"]),
        subject=row["subject"],
        step=row["step"],
        obligation=Obligation(row["status"]),
        source=RuleSource(row["source"]),
        due=read_duration(row["due"]),
        late=_read_age(row["late"]),
        until=_read_age(row["until"]),
        sex=Sex(row["sex"]) if row["sex"] else None,
        born_from=date.fromisoformat(row["born_from"]) if row["born_from"] else date.min,
        born_before=date.fromisoformat(row["born_before"]) if row["born_before"] else date.max,
        repeat=repeat,
        campaign=campaign,
        wanted=read_wanted(row["counted"]),
        doses=int(row["dose"]),
        since=_read_age(row["since"]) or AT_BIRTH,
        unless=row["unless"],
    )


def _read_age(text: str) -> Duration | None:
    return read_duration(text) if text else None


def _read_repeat(text: str) -> tuple[Campaign | None, tuple[Duration, ...]]:
    """``P1Y,P3Y`` are gaps; what holds a slash is a campaign."""
    if "/" in text:
        return read_campaign(text), ()
    return None, tuple(read_duration(gap) for gap in text.split(",") if gap)


def read_campaign(text: str) -> Campaign:
    """``10-15/P4M``: four months from each 15 October on. Raises ValueError for anything else."""
    day, _, length = text.partition("/")
    begin = date.fromisoformat(f"2001-{day}")
    return Campaign(begin.month, begin.day, read_duration(length))


def read_wanted(text: str) -> Wanted:
    """``J07BM|hpv|tetanos+coqueluche``: codes of capitals and digits, and words, each the beginning of one."""
    parts = [part for part in text.split("|") if part]
    return Wanted(
        codes=tuple(part for part in parts if part.isupper()),
        words=tuple(
            tuple(re.compile(rf"\b{re.escape(word)}") for word in part.split("+"))
            for part in parts
            if not part.isupper()
        ),
    )
