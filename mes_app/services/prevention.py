"""What prevention offers each person at their age, by what their record tells, and what they say of it themselves."""

from dataclasses import dataclass
from datetime import date

from mes_app.domain.people import Sex
from mes_app.domain.pregnancies import list_rule_ids
from mes_app.domain.prevention import (
    PROOFS,
    Choice,
    Evidence,
    Mark,
    PreventionItem,
    find_birth,
    is_child,
    list_prevention,
)
from mes_app.domain.record import Kind
from mes_app.errors import Reason, Rejected
from mes_app.store import profiles, records
from mes_app.store.database import Connection, Database
from mes_app.store.preferences import get_profile_preference, put_profile_preference

DONE = (Kind.VACCINES, Kind.PROCEDURES, Kind.APPOINTMENTS, Kind.DOCUMENTS)
"""Where what was done is told."""

RECORDS = 500
_MARKS = "prevention"
_DENIED = "prevention_denied"
_EVERY_SEX = "prevention_every_sex"


@dataclass(frozen=True, slots=True)
class Prevention:
    """What concerns one person. Without ``birth`` no age is known, and nothing is told.

    ``every_sex``: they want to see what is for people of another registered sex as well.
    """

    birth: date | None = None
    items: tuple[PreventionItem, ...] = ()
    child: bool = False
    every_sex: bool = False


class Preventions:
    """The calendar of prevention of each person. What they say of it stays on this device, and goes with them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def read(self, pid: str, today: date) -> Prevention:
        """By the newest 500 records of each kind that may tell. Raises Rejected("profile", UNKNOWN_RECORD)."""
        return await self._database.read(_read_prevention, pid, today)

    async def mark(self, pid: str, rule: str, choice: Choice | None, today: date) -> None:
        """Keep that something was done elsewhere, or is not for this person; None takes it back.

        Raises Rejected: "profile", "rule" (UNKNOWN_RECORD).
        """
        await self._database.write(_keep_mark, pid, rule, Mark(choice, today) if choice else None)

    async def widen(self, pid: str, *, every_sex: bool) -> None:
        """Keep that rules are shown whatever the registered sex. Raises Rejected("profile", UNKNOWN_RECORD)."""
        await self._database.write(_keep_width, pid, every_sex=every_sex)

    async def deny(self, pid: str, rule: str, record_id: str, *, denied: bool) -> None:
        """Keep that a record is not what ``rule`` is about, or take it back. Raises Rejected as ``mark``."""
        await self._database.write(_keep_denial, pid, rule, record_id, denied=denied)


def read_evidence(con: Connection, pid: str) -> Evidence:
    """What of the record may tell that something was done, but for what the person denied."""
    kinds = (kind for kind in DONE if kind is not Kind.DOCUMENTS)
    rows = [row for kind in kinds for row in records.list_rows(con, pid, kind, limit=RECORDS)]
    for category in PROOFS:
        rows += records.list_rows(con, pid, Kind.DOCUMENTS, category=category, limit=RECORDS)
    denied = {(rule, record_id) for rule, record_id in get_profile_preference(con, pid, _DENIED, [])}
    return Evidence(rows, denied)


def read_marks(con: Connection, pid: str) -> dict[str, Mark]:
    """What the person said of rules, by their ids."""
    values = get_profile_preference(con, pid, _MARKS, {})
    return {name: Mark(Choice(choice), date.fromisoformat(day)) for name, (choice, day) in values.items()}


def _read_prevention(con: Connection, pid: str, today: date) -> Prevention:
    profile = profiles.get_profile(con, pid)
    birth = find_birth(profile, today)
    if birth is None:
        return Prevention()
    every_sex = bool(get_profile_preference(con, pid, _EVERY_SEX, default=False))
    sex = Sex.UNKNOWN if every_sex else profile.sex
    items = list_prevention(birth, sex, read_evidence(con, pid), read_marks(con, pid), today)
    return Prevention(birth, tuple(items), child=is_child(birth, today), every_sex=every_sex)


def _keep_width(con: Connection, pid: str, *, every_sex: bool) -> None:
    put_profile_preference(con, profiles.get_profile(con, pid).pid, _EVERY_SEX, every_sex or None)
    con.touch(pid, Kind.PROCEDURES)


def _require(con: Connection, pid: str, rule: str) -> None:
    if rule not in list_rule_ids():
        raise Rejected("rule", Reason.UNKNOWN_RECORD)
    profiles.get_profile(con, pid)


def _keep_mark(con: Connection, pid: str, rule: str, mark: Mark | None) -> None:
    _require(con, pid, rule)
    marks = read_marks(con, pid)
    kept = {name: known for name, known in (marks | {rule: mark}).items() if known}
    values = {name: [known.choice, known.day.isoformat()] for name, known in kept.items()}
    put_profile_preference(con, pid, _MARKS, values or None)
    con.touch(pid, Kind.PROCEDURES)


def _keep_denial(con: Connection, pid: str, rule: str, record_id: str, *, denied: bool) -> None:
    _require(con, pid, rule)
    kept = [pair for pair in get_profile_preference(con, pid, _DENIED, []) if pair != [rule, record_id]]
    put_profile_preference(con, pid, _DENIED, [*kept, [rule, record_id]] if denied else kept or None)
    con.touch(pid, Kind.PROCEDURES)
