"""The way in: archives of ours, of an IHE XDM, clinical documents and any file that may be added, looked at first.

Nothing is added but what was chosen, each item whole or not at all, and one undo takes all of it back. What a
professional wrote keeps its author, as it was: see docs/adr/0013.
"""

import asyncio
import threading
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial

from mes_app.domain.imports import Item, ItemState
from mes_app.domain.record import Kind
from mes_app.errors import Locked, MesError, NotAllowed, Reason, Rejected, Unreadable
from mes_app.services.adding import Prepared
from mes_app.services.editing import list_statements
from mes_app.services.import_files import Picked, Shelf
from mes_app.services.import_plans import Finding, Plan, Report, make_plan, read_content
from mes_app.services.import_twins import read_known
from mes_app.services.import_writing import Names, order_findings, write_file, write_record, write_setting
from mes_app.services.pens import Pen
from mes_app.services.undoing import Edited
from mes_app.store.blobs import Blobs
from mes_app.store.database import Connection
from mes_app.store.edits import When, delete_record, restore_record
from mes_app.store.outbox import hold_back
from mes_app.store.records import Stored
from mes_app.store.references import find_address
from mes_app.store.threads import see_through

__all__ = ["Imported", "Importing", "Picked", "Plan"]

_HELD = timedelta(minutes=10)
"""How long what is brought waits to be sent at most: until all of it is here, and can be taken back as one."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What was done: how many items were added, those that could not be, and ``edited`` to take all back.

    ``left``: how many were not tried, for it was stopped, or ``ended`` by an error.
    """

    added: int
    failed: tuple[Item, ...]
    left: int
    edited: Edited
    ended: MesError | None = None


class Importing:
    """Imports into the dossier of one person at a time."""

    def __init__(self, pen: Pen, blobs: Blobs) -> None:
        self._pen = pen
        self._blobs = blobs
        self._one_at_a_time = asyncio.Lock()
        self._stopped = False

    async def preview(self, pid: str, files: Sequence[Picked], report: Report) -> Plan:
        """What is in ``files``, and what would become of it in the dossier ``pid``; nothing is written.

        ``report`` hears, on the event loop, how many things were looked at, and of all. Raises
        Rejected("profile", UNKNOWN_RECORD).
        """
        known = await self._pen.database.read(read_known, pid)
        loop, given_up = asyncio.get_running_loop(), threading.Event()

        def tell(done: int, total: int) -> None:
            if given_up.is_set():
                raise Locked
            loop.call_soon_threadsafe(report, done, total)

        return await see_through(asyncio.ensure_future(asyncio.to_thread(make_plan, files, known, tell)), given_up.set)

    async def run(self, plan: Plan, chosen: Collection[int], report: Report) -> Imported:
        """Add the items of these numbers, but for those that are faulty or there already.

        ``report`` hears how many are done, and of all. What is done when it ends early stays, and is told.
        """
        findings = [each for each in plan.findings if each.item.state is ItemState.NEW and each.item.number in chosen]
        async with self._one_at_a_time:
            self._stopped = False
            return await self._run(plan, order_findings(findings), report)

    def stop(self) -> None:
        """End the import under way, if any, after the item at hand."""
        self._stopped = True

    async def cancel(self) -> None:
        """The same, and wait until it has ended."""
        self.stop()
        async with self._one_at_a_time:
            pass

    async def _run(self, plan: Plan, findings: Sequence[Finding], report: Report) -> Imported:
        names = await self._pen.database.read(_name_twins, plan)
        edits: list[Edited] = []
        failed: list[Item] = []
        ended: MesError | None = None
        with Shelf(plan.files) as shelf:
            for finding in findings:
                report(len(edits) + len(failed), len(findings))
                if self._stopped:
                    break
                try:
                    edits.append(await self._bring(shelf, finding, names))
                except (Rejected, NotAllowed, Unreadable) as error:
                    if error.reason is Reason.DISK_FULL:
                        ended = error
                        break
                    failed.append(replace(finding.item, state=ItemState.FAULTY, fault=error))
        if not ended:
            await self._pen.write(hold_back, [edited.record_id for edited in edits], self._pen.when().next_at)
        done = len(edits) + len(failed)
        report(done, len(findings))
        return Imported(len(edits), tuple(failed), len(findings) - done, _join(edits), ended)

    async def _bring(self, shelf: Shelf, finding: Finding, names: Names) -> Edited:
        when = self._pen.when()
        when = replace(when, next_at=(when.at + _HELD).timestamp())
        make = partial(_make, names=names, finding=finding, when=when)
        if finding.item.kind is not Kind.DOCUMENTS:
            return await self._pen.database.write(make, content=None)
        content = await asyncio.to_thread(read_content, shelf, finding.source)
        made: list[Edited] = []

        def make_record(con: Connection) -> str:
            made.append(make(con, content=content))
            return made[-1].record_id

        await self._blobs.save_new(make_record, content.data)
        return made[-1]


def _name_twins(con: Connection, plan: Plan) -> Names:
    """What is there already is referred to as it is."""
    names = Names(plan.known)
    for finding in plan.findings:
        if lid := finding.item.twin:
            names.learn(finding, lid, find_address(con, lid))
    return names


def _make(con: Connection, names: Names, finding: Finding, when: When, content: Prepared | None) -> Edited:
    """One item, in a transaction; what was declared of an empty section no longer holds."""
    pid, kind = names.known.profile.pid, finding.item.kind
    if kind is None:
        return Edited("", write_setting(con, names, finding, when))
    denied: list[Stored] = []
    if finding.source.record:
        record_id = write_record(con, names, finding, when, content)
        denied = [
            delete_record(con, row.id, when)
            for row in list_statements(con, pid, kind)
            if row.id in names.known.statements
        ]
    else:
        record_id = write_file(con, pid, finding, when, content.data if content else b"")
    names.learn(finding, record_id)

    def undo(con: Connection, when: When) -> None:
        if not con.execute("SELECT 1 FROM res WHERE lid = ? AND deleted = 0", (record_id,)).fetchone():
            return
        delete_record(con, record_id, when)
        for statement in denied:
            restore_record(con, statement, when)

    return Edited(record_id, undo)


def _join(edits: Sequence[Edited]) -> Edited:
    """All of them as one; what refers to something goes before it, and what went meanwhile stays gone."""

    def undo(con: Connection, when: When) -> None:
        for edited in reversed(edits):
            edited.undo(con, when)

    return Edited(edits[-1].record_id if len(edits) == 1 else "", undo)
