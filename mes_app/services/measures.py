"""Measures as their person says them: in which unit, and one of them with all that is known of it."""

from dataclasses import dataclass

from mes_app.domain.record import Row
from mes_app.domain.sections.measures import Measure
from mes_app.domain.shown_measures import Units, show_measure, show_row
from mes_app.errors import Reason, Rejected
from mes_app.services.decoding import decode_record
from mes_app.services.measure_units import keep_unit, read_units
from mes_app.store.database import Connection, Database
from mes_app.store.repeats import list_repeats


@dataclass(frozen=True, slots=True)
class OpenedMeasure:
    """One measure as the record has it, and in the unit chosen for it; ``repeats``: the same, received again."""

    entry: Measure
    shown: Measure
    repeats: tuple[Row, ...] = ()


class Measures:
    """The measures of one person at a time. The units chosen stay on this device, and go with the profile."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def units(self, pid: str) -> Units:
        """The units chosen, by the name of their measure; the others are shown in that of their scale."""
        return await self._database.read(read_units, pid)

    async def choose_unit(self, pid: str, measure: str, unit: str) -> None:
        """Show ``measure`` in ``unit`` from now on; nothing that is stored changes.

        Raises Rejected("unit", NOT_A_CHOICE), Rejected("profile", UNKNOWN_RECORD).
        """
        await self._database.write(keep_unit, pid, measure, unit)

    async def open(self, record_id: str) -> OpenedMeasure:
        """One measure. Raises Rejected("id", UNKNOWN_RECORD), Unreadable."""
        return await self._database.read(_open, record_id)


def _open(con: Connection, record_id: str) -> OpenedMeasure:
    entry = decode_record(con, record_id)
    if not isinstance(entry, Measure):
        raise Rejected("id", Reason.UNKNOWN_RECORD)
    units = read_units(con, entry.profile)
    repeats = tuple(show_row(row, units) for row in list_repeats(con, record_id))
    return OpenedMeasure(entry, show_measure(entry, units), repeats)
