"""The agenda: appointments to come and past."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import cast

from mes_app.domain.appointments import Appointment
from mes_app.domain.record import Kind, Row
from mes_app.domain.values import sort_key
from mes_app.services.decoding import decode_record
from mes_app.store import records
from mes_app.store.database import Connection, Database


class Agenda:
    """Reading the appointments of one person at a time. ``clock`` gives the present in UTC."""

    def __init__(self, database: Database, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._database = database
        self._clock = clock

    async def upcoming(self, pid: str) -> list[Row]:
        """Appointments that may still come today or later, the next one first; of a month or a year, at its end."""
        return await self._database.read(_list_upcoming, pid, self._clock())

    async def past(self, pid: str, after: Row | None = None) -> list[Row]:
        """One page of the other appointments, the latest first."""
        return await self._database.read(_list_past, pid, self._clock(), after)

    async def next(self, pid: str) -> Row | None:
        """The next appointment that is not cancelled."""
        kept = (row for row in await self.upcoming(pid) if row.status not in ("cancelled", "noshow"))
        return next(kept, None)

    async def open(self, record_id: str) -> Appointment:
        """One appointment. Raises Rejected(UNKNOWN_RECORD)."""
        return cast(Appointment, await self._database.read(decode_record, record_id))


def _list_upcoming(con: Connection, pid: str, now: datetime) -> list[Row]:
    rows = records.list_rows(con, pid, Kind.APPOINTMENTS, from_date=_begin_day(now), oldest_first=True)
    return sorted([*_list_begun(con, pid, now), *rows], key=_find_last_day)


def _list_past(con: Connection, pid: str, now: datetime, after: Row | None) -> list[Row]:
    begun = {row.id for row in _list_begun(con, pid, now)}
    rows = records.list_rows(
        con, pid, Kind.APPOINTMENTS, before_date=_begin_day(now), after=after, limit=records.PAGE + len(begun)
    )
    return [row for row in rows if row.id not in begun][: records.PAGE]


def _list_begun(con: Connection, pid: str, now: datetime) -> list[Row]:
    """Those of this month, or of this year, of which nothing more is known: their day may still come."""
    today = _begin_day(now)
    rows = []
    for text in (now.astimezone().strftime(form) for form in ("%Y", "%Y-%m")):
        key = sort_key(text)
        dated = records.list_rows(con, pid, Kind.APPOINTMENTS, from_date=key, before_date=min(f"{key}~", today))
        rows += [row for row in dated if row.date_text == text]
    return rows


def _find_last_day(row: Row) -> tuple[date, str]:
    return (row.date and row.date.last_day) or date.max, row.date_key


def _begin_day(now: datetime) -> str:
    """The first moment of the device's day, as a ``date_key``."""
    midnight = now.astimezone().replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
