"""Bring measures from the files of devices, other apps and other records: looked at first, then added as one.

Whatever a file says of who measured, it is the person who brings it: see docs/adr/0013.
"""

import asyncio
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from mes_app.domain.measure_columns import Layout
from mes_app.domain.measure_tables import Reading, Sheet, lay_out
from mes_app.domain.record import Kind
from mes_app.domain.texts import clean_paragraph
from mes_app.domain.values import PartialDate
from mes_app.errors import Locked, MesError, NotAllowed, Unreadable
from mes_app.fhir.codec import encode
from mes_app.fhir.encoders import Owner
from mes_app.fhir.measure_files import MeasureFile, adopt_measure
from mes_app.services.editing import list_statements
from mes_app.services.encoding import describe_body_of, find_owner, find_profile, tell_recorded
from mes_app.services.import_files import Picked
from mes_app.services.measure_plans import FoundMeasures, MeasurePlan, Report, find_measures, make_measure, make_plan
from mes_app.services.pens import Pen
from mes_app.services.undoing import Edited, join_edits
from mes_app.store.database import Connection
from mes_app.store.edits import When, create_record, delete_record, restore_record
from mes_app.store.measure_moments import list_moments
from mes_app.store.outbox import hold_back
from mes_app.store.threads import see_through

__all__ = ["FoundMeasures", "ImportedMeasures", "MeasureImports", "MeasurePlan"]

AT_ONCE = 250
"""Measures in one transaction: others of the store wait no longer than for these."""
_RELEASED_AT_ONCE = 5_000
_HELD = timedelta(minutes=10)
"""How long what is brought waits to be sent at most: until all of it is here, and can be taken back as one."""

TellOrigin = Callable[[str], str]
"""The comment to add for who measured, as a file says; empty for none."""


@dataclass(frozen=True, slots=True)
class ImportedMeasures:
    """How many were added and how many were ``left``, for it was stopped, or ``ended`` by an error; ``edited``: all."""

    added: int
    left: int
    edited: Edited
    ended: MesError | None = None


class MeasureImports:
    """Imports measures into the dossier of one person at a time."""

    def __init__(self, pen: Pen) -> None:
        self._pen = pen
        self._one_at_a_time = asyncio.Lock()
        self._stopped = False

    async def look(self, files: Sequence[Picked]) -> FoundMeasures:
        """What is in ``files``; nothing is written."""
        return await see_through(asyncio.ensure_future(asyncio.to_thread(find_measures, files)))

    async def lay_out(self, sheet: Sheet, layout: Layout) -> Sheet:
        """``sheet`` with these columns."""
        return await asyncio.to_thread(lay_out, sheet, layout)

    async def plan(self, pid: str, found: FoundMeasures, report: Report) -> MeasurePlan:
        """What would become of each measure of ``found``, of which nothing is left to ask; nothing is written.

        ``report`` hears, on the event loop, how many lines were looked at, and of all. Raises
        Rejected("profile", UNKNOWN_RECORD).
        """
        profile = await self._pen.database.read(find_profile, pid)
        known = await self._pen.database.read(list_moments, pid)
        loop, given_up = asyncio.get_running_loop(), threading.Event()

        def tell(done: int, total: int) -> None:
            if given_up.is_set():
                raise Locked
            loop.call_soon_threadsafe(report, done, total)

        today = self._pen.now().astimezone().date()
        planning = asyncio.to_thread(make_plan, found, profile, known, today, tell)
        return await see_through(asyncio.ensure_future(planning), given_up.set)

    async def run(
        self, plan: MeasurePlan, chosen: Sequence[int], tell_origin: TellOrigin, report: Report
    ) -> ImportedMeasures:
        """Add the readings of these ranks. What is done when it ends early stays, and is told.

        ``report`` hears how many are done, and of all.
        """
        async with self._one_at_a_time:
            self._stopped = False
            return await self._run(plan, chosen, tell_origin, report)

    def stop(self) -> None:
        """End the import under way, if any, after the measures at hand."""
        self._stopped = True

    async def cancel(self) -> None:
        """The same, and wait until it has ended."""
        self.stop()
        async with self._one_at_a_time:
            pass

    async def _run(
        self, plan: MeasurePlan, chosen: Sequence[int], tell_origin: TellOrigin, report: Report
    ) -> ImportedMeasures:
        edits: list[Edited] = []
        added: list[str] = []
        ended: MesError | None = None
        for start in range(0, len(chosen), AT_ONCE):
            report(start, len(chosen))
            if self._stopped:
                break
            some = [_Brought(plan, rank, tell_origin) for rank in chosen[start : start + AT_ONCE]]
            when = self._pen.when()
            try:
                ids, edited = await self._pen.database.write(
                    _add, plan.pid, some, replace(when, next_at=(when.at + _HELD).timestamp())
                )
            except (NotAllowed, Unreadable) as error:
                ended = error
                break
            added += ids
            edits.append(edited)
        next_at = self._pen.when().next_at
        for start in range(0, len(added), _RELEASED_AT_ONCE):
            await self._pen.write(hold_back, added[start : start + _RELEASED_AT_ONCE], next_at)
        report(len(added), len(chosen))
        return ImportedMeasures(
            len(added), len(chosen) - len(added), replace(join_edits(edits), record_id="", parts=tuple(edits)), ended
        )


@dataclass(frozen=True, slots=True)
class _Brought:
    """One reading to write."""

    plan: MeasurePlan
    rank: int
    tell_origin: TellOrigin

    @property
    def reading(self) -> Reading:
        return self.plan.readings[self.rank]

    @property
    def told(self) -> str:
        return self.tell_origin(self.reading.origin) if self.reading.origin else ""

    @property
    def file(self) -> MeasureFile | None:
        return self.plan.files.get(self.rank)


def _write_body(one: _Brought, owner: Owner, recorded: PartialDate) -> bytes:
    if one.file:
        return adopt_measure(one.reading.body, one.file, owner, one.told)
    note = "\n".join(filter(None, (clean_paragraph(one.reading.note), one.told)))
    return encode(Kind.MEASURES, make_measure(one.reading, note).model_copy(update={"recorded": recorded}), owner)


def _add(con: Connection, pid: str, some: Sequence[_Brought], when: When) -> tuple[list[str], Edited]:
    """All of these, in one transaction; that there are no measures no longer holds.

    One step for all, then the next: by turns, the steps would take a third more of the processor.
    """
    profile, owner, recorded = find_profile(con, pid), find_owner(con, pid), tell_recorded(when)
    denied = [delete_record(con, row.id, when) for row in list_statements(con, pid, Kind.MEASURES)]
    bodies = [_write_body(one, owner, recorded) for one in some]
    written = [describe_body_of(profile, body) for body in bodies]
    ids = [create_record(con, pid, each, when) for each in written]

    def undo(con: Connection, when: When) -> None:
        for record_id in ids:
            if con.execute("SELECT 1 FROM res WHERE lid = ? AND deleted = 0", (record_id,)).fetchone():
                delete_record(con, record_id, when)
        for statement in denied:
            restore_record(con, statement, when)

    return ids, Edited(ids[-1] if len(ids) == 1 else "", undo)
