"""Declared pregnancies, each with its calendar and what the record holds of its time."""

from dataclasses import dataclass
from datetime import date, timedelta

from mes_app.domain.pregnancies import Advance, find_advance, find_span, is_offered, list_steps
from mes_app.domain.prevention import PreventionItem
from mes_app.domain.record import Kind, Row
from mes_app.domain.sections.pregnancies import Pregnancy
from mes_app.errors import Reason, Rejected
from mes_app.services.decoding import decode_stored
from mes_app.services.prevention import DONE, read_evidence, read_marks
from mes_app.store import profiles, records
from mes_app.store.database import Connection, Database
from mes_app.store.preferences import get_profile_preference, put_profile_preference

FOLLOWED = (Kind.PREGNANCIES, *DONE)
"""What a booklet is made of."""

ALL = 500
DOCUMENTS = 100
_HIDDEN = "pregnancies_hidden"
_WANTED = "pregnancy_booklet"


@dataclass(frozen=True, slots=True)
class ToldPregnancy:
    """One pregnancy as it is today. ``documents``: those dated within it, the newest first; ``hidden`` from lists."""

    entry: Pregnancy
    advance: Advance | None = None
    steps: tuple[PreventionItem, ...] = ()
    documents: tuple[Row, ...] = ()
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class PregnancyBooklet:
    """``offered``: whether the booklet makes sense for the person, or they want one, or it holds something shown."""

    pregnancies: tuple[ToldPregnancy, ...] = ()
    offered: bool = False

    @property
    def shown(self) -> tuple[ToldPregnancy, ...]:
        """Those that are not hidden, the newest first."""
        return tuple(told for told in self.pregnancies if not told.hidden)


class Pregnancies:
    """The booklets of pregnancy. What is hidden or wanted is a choice of this device, and goes with the profile."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def read(self, pid: str, today: date) -> PregnancyBooklet:
        """All pregnancies of a person, the newest first. Raises Rejected("profile", UNKNOWN_RECORD)."""
        return await self._database.read(_read_booklet, pid, today)

    async def hide(self, record_id: str, *, hidden: bool) -> None:
        """Leave a pregnancy out of lists and of the synthesis, or show it again. Raises Rejected(UNKNOWN_RECORD)."""
        await self._database.write(_keep_hidden, record_id, hidden=hidden)

    async def offer(self, pid: str, wanted: bool | None) -> None:
        """Offer the booklet to somebody whatever their sex and age, or never; None as they tell.

        Raises Rejected("profile", UNKNOWN_RECORD).
        """
        await self._database.write(_keep_wanted, pid, wanted)


def list_hidden(con: Connection, pid: str) -> frozenset[str]:
    """The ids of the pregnancies that are left out of lists."""
    return frozenset(get_profile_preference(con, pid, _HIDDEN, []))


def list_shown(con: Connection, pid: str) -> list[Row]:
    """The pregnancies of a person in lists, the newest first: without those that they leave out."""
    hidden = list_hidden(con, pid)
    return [row for row in records.list_rows(con, pid, Kind.PREGNANCIES, limit=ALL) if row.id not in hidden]


def _read_booklet(con: Connection, pid: str, today: date) -> PregnancyBooklet:
    profile = profiles.get_profile(con, pid)
    hidden, evidence, marks = list_hidden(con, pid), read_evidence(con, pid), read_marks(con, pid)
    told = []
    for stored in records.list_bodies(con, pid, Kind.PREGNANCIES):
        entry = decode_stored(con, stored)
        if isinstance(entry, Pregnancy):
            steps = tuple(list_steps(entry, evidence, marks, today))
            papers = tuple(_list_documents(con, pid, entry))
            told.append(ToldPregnancy(entry, find_advance(entry, today), steps, papers, entry.id in hidden))
    newest = sorted(told, key=lambda one: one.entry.last_period or date.min, reverse=True)
    wanted = get_profile_preference(con, pid, _WANTED)
    offered = is_offered(profile, today) if wanted is None else bool(wanted)
    return PregnancyBooklet(tuple(newest), offered or any(not one.hidden for one in told))


def _list_documents(con: Connection, pid: str, entry: Pregnancy) -> list[Row]:
    span = find_span(entry)
    if span is None:
        return []
    start, end = (day.isoformat() for day in (span[0], span[1] + timedelta(days=1)))
    return records.list_rows(con, pid, Kind.DOCUMENTS, from_date=start, before_date=end, limit=DOCUMENTS)


def _keep_hidden(con: Connection, record_id: str, *, hidden: bool) -> None:
    row = records.get_record(con, record_id).row
    if row.kind is not Kind.PREGNANCIES:
        raise Rejected("id", Reason.UNKNOWN_RECORD)
    kept = sorted((list_hidden(con, row.profile) - {record_id}) | ({record_id} if hidden else set()))
    put_profile_preference(con, row.profile, _HIDDEN, kept or None)
    con.touch(row.profile, Kind.PREGNANCIES)


def _keep_wanted(con: Connection, pid: str, wanted: bool | None) -> None:
    put_profile_preference(con, profiles.get_profile(con, pid).pid, _WANTED, wanted)
    con.touch(pid, Kind.PREGNANCIES)
