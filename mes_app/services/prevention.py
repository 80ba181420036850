"""What prevention offers each person at their age, by what their record tells, and what they say of it themselves."""

from dataclasses import dataclass
from datetime import date

from mes_app.domain.prevention import Choice, Mark, PreventionItem, find_birth, is_child, list_prevention
from mes_app.domain.prevention_rules import list_rules
from mes_app.domain.record import Kind
from mes_app.errors import Reason, Rejected
from mes_app.store import profiles, records
from mes_app.store.database import Connection, Database
from mes_app.store.preferences import get_profile_preference, put_profile_preference

DONE = (Kind.VACCINES, Kind.PROCEDURES)
"""Where what was done is."""

RECORDS = 500
_MARKS = "prevention"


@dataclass(frozen=True, slots=True)
class Prevention:
    """What concerns one person. Without ``birth`` no age is known, and nothing is told."""

    birth: date | None = None
    items: tuple[PreventionItem, ...] = ()
    child: bool = False


class Preventions:
    """The calendar of prevention of each person. What they say of it stays on this device, and goes with them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def read(self, pid: str, today: date) -> Prevention:
        """By the newest 500 vaccines and procedures. Raises Rejected("profile", UNKNOWN_RECORD)."""
        return await self._database.read(_read_prevention, pid, today)

    async def mark(self, pid: str, rule: str, choice: Choice | None, today: date) -> None:
        """Keep that something was done elsewhere, or is not for this person; None takes it back.

        Raises Rejected: "profile", "rule" (UNKNOWN_RECORD).
        """
        await self._database.write(_keep_mark, pid, rule, Mark(choice, today) if choice else None)


def _read_prevention(con: Connection, pid: str, today: date) -> Prevention:
    profile = profiles.get_profile(con, pid)
    birth = find_birth(profile, today)
    if birth is None:
        return Prevention()
    done = [row for kind in DONE for row in records.list_rows(con, pid, kind, limit=RECORDS)]
    items = list_prevention(birth, profile.sex, done, _read_marks(con, pid), today)
    return Prevention(birth, tuple(items), child=is_child(birth, today))


def _keep_mark(con: Connection, pid: str, rule: str, mark: Mark | None) -> None:
    if rule not in {known.id for known in list_rules()}:
        raise Rejected("rule", Reason.UNKNOWN_RECORD)
    marks = _read_marks(con, profiles.get_profile(con, pid).pid)
    kept = {name: known for name, known in (marks | {rule: mark}).items() if known}
    values = {name: [known.choice, known.day.isoformat()] for name, known in kept.items()}
    put_profile_preference(con, pid, _MARKS, values or None)
    con.touch(pid, Kind.PROCEDURES)


def _read_marks(con: Connection, pid: str) -> dict[str, Mark]:
    values = get_profile_preference(con, pid, _MARKS, {})
    return {name: Mark(Choice(choice), date.fromisoformat(day)) for name, (choice, day) in values.items()}
