"""The agenda: appointments to come and past."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import cast

from mes_app.domain.appointments import Appointment
from mes_app.domain.record import Kind, Row
from mes_app.services.decoding import decode_record
from mes_app.store import records
from mes_app.store.database import Database


class Agenda:
    """Reading the appointments of one person at a time. ``clock`` gives the present in UTC."""

    def __init__(self, database: Database, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._database = database
        self._clock = clock

    async def upcoming(self, pid: str) -> list[Row]:
        """Appointments from the start of today on, the next one first."""
        return await self._database.read(
            records.list_rows, pid, Kind.APPOINTMENTS, from_date=self._today(), oldest_first=True
        )

    async def past(self, pid: str, after: Row | None = None) -> list[Row]:
        """One page of appointments before today, the latest first."""
        return await self._database.read(
            records.list_rows, pid, Kind.APPOINTMENTS, before_date=self._today(), after=after
        )

    async def next(self, pid: str) -> Row | None:
        """The next appointment that is not cancelled."""
        kept = (row for row in await self.upcoming(pid) if row.status not in ("cancelled", "noshow"))
        return next(kept, None)

    async def open(self, record_id: str) -> Appointment:
        """One appointment. Raises Rejected(UNKNOWN_RECORD)."""
        return cast(Appointment, await self._database.read(decode_record, record_id))

    def _today(self) -> str:
        """The first moment of the device's day, as a ``date_key``."""
        midnight = self._clock().astimezone().replace(hour=0, minute=0, second=0, microsecond=0)
        return midnight.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
