"""Find what a pull cannot: what the server removed, what it wrote behind the overlap, what it no longer shows.

Counts are compared at each sync, ids and versions when these differ, now and then, and while something is missing.
Absence from a list proves nothing: a record goes only when the server itself says so of that record, in an answer of
its own, while it goes on showing the person the record is of. Any other failure removes nothing.
"""

import asyncio
from collections import deque
from collections.abc import Collection
from dataclasses import replace
from datetime import datetime, timedelta

from mes_app.domain.people import Profile
from mes_app.domain.sync_status import Fault
from mes_app.errors import MesError, NotAllowed, Reason, Rejected, Unreadable
from mes_app.fhir.bundles import RawResource, parse_bundle, parse_resource
from mes_app.fhir.references import find_references
from mes_app.store.database import Connection
from mes_app.store.pages import save_page
from mes_app.store.reconciliations import (
    Census,
    forget_order,
    get_census,
    list_held,
    note_missing,
    save_census,
)
from mes_app.store.records import remove_records
from mes_app.sync.conflicts import merge_versions
from mes_app.sync.pages import is_of, make_incoming
from mes_app.sync.progress import Progress
from mes_app.sync.references import save_found
from mes_app.sync.scopes import Scope, note_link
from mes_app.sync.statuses import GONE, NOT_FOUND, REFUSALS
from mes_app.sync.wires import Answer
from mes_app.sync.workers import IN_FLIGHT, run_workers

EVERY = timedelta(hours=24)
RUNS = 20
LIST_SIZE = 1000
PASSES = 2
"""In how many passes a record must be refused before it goes; one that the server says is gone goes at once."""


class Reconcile:
    """One reconciliation of one profile: ``thorough`` compares whatever the counts say.

    ``faults`` are the items left out, ``failures`` the types that could not be compared.
    """

    def __init__(self, scope: Scope, progress: Progress, *, thorough: bool) -> None:
        self._scope = scope
        self._progress = progress
        self._thorough = thorough
        self.faults: list[Fault] = []
        self.failures: list[MesError] = []

    async def run(self, types: Collection[str]) -> None:
        """Reconcile ``types``. Raises Offline, Busy, SessionExpired, Locked, Unreadable(DISK_FULL): the run is over."""
        waiting = deque(types)
        self._progress.expect(1)
        self._progress.add(0, len(waiting))

        async def work() -> None:
            while waiting:
                await self._try(waiting.popleft())
                self._progress.add(1)

        await run_workers(work, IN_FLIGHT)

    async def _try(self, resource_type: str) -> None:
        try:
            await self._reconcile(resource_type)
        except (Rejected, NotAllowed, Unreadable) as error:
            if error.reason is Reason.DISK_FULL:
                raise
            self.failures.append(error)

    async def _reconcile(self, resource_type: str) -> None:
        census = await self._scope.database.read(get_census, self._scope.profile.pid, resource_type)
        total = await self._scope.count(self._scope.search(resource_type))
        if total in (None, census.live + census.excess) and not self._is_due(census):
            census = replace(census, runs=census.runs + 1, at=census.at or self._scope.now().isoformat())
        elif await self._compare(resource_type):
            after = await self._scope.database.read(get_census, self._scope.profile.pid, resource_type)
            excess = 0 if total is None else total - after.live
            census = Census(at=self._scope.now().isoformat(), excess=excess)
        else:
            return
        await self._scope.database.write(save_census, self._scope.profile.pid, resource_type, census)

    def _is_due(self, census: Census) -> bool:
        """Whether to compare whatever the counts say. The first pass was a comparison by itself."""
        age = self._scope.now() - datetime.fromisoformat(census.at) if census.at else timedelta()
        return self._thorough or not timedelta() <= age < EVERY or census.runs >= RUNS or census.missing > 0

    async def _compare(self, resource_type: str) -> bool:
        """Take what is new or other, judge what is missing; False when not all of it could be done."""
        listed = await self._list(resource_type)
        held = await self._scope.database.read(list_held, self._scope.profile.pid, resource_type)
        wanted = [rid for rid, ver in listed.items() if rid not in held or ver not in ("", held[rid].ver)]
        absent = held.keys() - listed.keys()
        reached = not absent or await self._is_reached()
        statuses = await self._look(resource_type, [*wanted, *absent] if reached else wanted)
        refused = {rid for rid in absent if statuses.get(rid) in REFUSALS}
        gone = {rid for rid in refused if statuses[rid] == GONE or held[rid].missed + 1 >= PASSES}
        await self._scope.database.write(_judge, self._scope.profile.pid, resource_type, gone, refused - gone)
        return reached and all(status < 500 for status in statuses.values())

    async def _list(self, resource_type: str) -> dict[str, str]:
        """The ids that the server lists, each with its version (empty when it gives none)."""
        search = self._scope.search(resource_type, _count=str(LIST_SIZE))
        try:
            return await self._follow(resource_type, f"{search}&_elements=id,meta")
        except Rejected:  # a server without _elements gives whole records, which tell as much
            return await self._follow(resource_type, search)

    async def _follow(self, resource_type: str, url: str) -> dict[str, str]:
        versions: dict[str, str] = {}
        seen: set[str] = set()
        while url:
            note_link(url, seen)
            answer = await self._scope.api.get(url, fresh=len(seen) == 1)
            bundle = await asyncio.to_thread(parse_bundle, answer.body)
            versions |= {item.id: item.version or item.updated for item in bundle.entries if item.type == resource_type}
            url = bundle.next_url or ""
        return versions

    async def _is_reached(self) -> bool:
        """Whether the server still shows the person: else it is the right that is gone, and nothing is judged here."""
        return (await self._scope.api.ask(f"Patient/{self._scope.profile.rid}")).status == 200

    async def _look(self, resource_type: str, rids: Collection[str]) -> dict[str, int]:
        """Ask for each record by itself, and take what comes; the status of each answer."""
        waiting, statuses = deque(rids), dict[str, int]()

        async def work() -> None:
            while waiting:
                rid = waiting.popleft()
                answer = await self._scope.api.ask(f"{resource_type}/{rid}")
                statuses[rid] = answer.status
                try:
                    if answer.status not in REFUSALS and not await self._take(resource_type, rid, answer.check()):
                        statuses[rid] = NOT_FOUND
                except Unreadable as error:
                    if error.reason is Reason.DISK_FULL:
                        raise
                    self.faults.append(Fault(resource_type, rid, error.reason))

        await run_workers(work, IN_FLIGHT)
        return statuses

    async def _take(self, resource_type: str, rid: str, answer: Answer) -> bool:
        """Write what the server has of a record; False when that is somebody else's now."""
        item = await asyncio.to_thread(parse_resource, answer.body)
        if (item.type, item.id) != (resource_type, rid):
            raise Unreadable(Reason.NOT_FHIR)
        if not is_of(item.resource, self._scope.patient):
            return False
        shared = await self._scope.references.fetch(find_references(item.resource))
        await self._scope.database.write(_save, self._scope.profile, item, shared)
        return True


def _save(con: Connection, profile: Profile, item: RawResource, shared: list[RawResource]) -> None:
    save_found(con, shared)
    incoming = make_incoming(item, holder=profile.holder)
    forget_order(con, profile.pid, item.type, item.id, incoming.ver)
    save_page(con, profile.pid, [incoming], merge=merge_versions)


def _judge(con: Connection, pid: str, resource_type: str, gone: set[str], missing: set[str]) -> None:
    remove_records(con, pid, [(resource_type, rid) for rid in gone], merge=merge_versions)
    note_missing(con, pid, resource_type, missing)
