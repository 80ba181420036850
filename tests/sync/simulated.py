"""One vault and one simulated server (``simulation``), with what a test puts in the way and what was asked."""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import httpx

from mes_app.domain.servers import ServerAccount, SignIn
from mes_app.domain.sync_status import Idle
from mes_app.fhir.overviews import summarise
from mes_app.services.syncing import Syncing
from mes_app.store.database import Connection, Database
from mes_app.store.edits import When, Written, change_record, delete_record
from mes_app.store.profiles import list_profiles
from mes_app.store.records import Stored, find_record
from mes_app.sync.networks import Network
from tests.sync.serving import NOW, make_record
from tests.sync.simulation.dialects import Dialect
from tests.sync.simulation.servers import BASE, FhirServer
from tests.sync.vaults import opened_syncing

PATH, PATIENT = "/fhir/Observation", "/fhir/Patient/p1"


class World(httpx.AsyncBaseTransport):
    """A simulated server, what was asked of it, and what a test puts in its way.

    ``refusals``: statuses by a part of the request; ``moods``: those of the next reads of the patient (0: none).
    ``meanwhile``: what others do just before the first request with such a part.
    """

    def __init__(self, dialect: Dialect | None = None, types: tuple[str, ...] = ("Observation",)) -> None:
        self.time = NOW
        self.server = FhirServer(dialect or Dialect(), types, lambda: self.time)
        self.reach = frozenset({"p1", "p2"})
        self.refusals: dict[str, int] = {}
        self.moods: Iterator[int] = iter(())
        self.lists_nothing = False
        self.meanwhile: dict[str, Callable[[], None]] = {}
        self.asked: list[str] = []
        for patient in ("p1", "p2"):
            self.server.write(("Patient", patient), {"resourceType": "Patient", "name": [{"text": patient}]})

    def now(self) -> datetime:
        return self.time

    def put(self, rid: str, *, late: float = 0, **more: Any) -> None:
        record = make_record(rid, **more)
        self.server.write(("Observation", rid), record, late=late)

    def remove(self, rid: str, *, late: float = 0) -> None:
        self.server.write(("Observation", rid), None, late=late)

    def advance(self, **more: float) -> None:
        self.time += timedelta(**more)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        await request.aread()
        self.asked.append(f"{request.method} {request.url.raw_path.decode()}")
        for part in [part for part in self.meanwhile if part in self.asked[-1]]:
            self.meanwhile.pop(part)()
        refused = [status for part, status in self.refusals.items() if part in self.asked[-1]]
        if status := next(self.moods, 0) if request.url.path == PATIENT else max(refused, default=0):
            return httpx.Response(status, stream=httpx.ByteStream(b"{}"))
        if request.url.path == PATH and self.lists_nothing:
            empty = b'{"resourceType":"Bundle","type":"searchset","total":0}'
            return httpx.Response(200, stream=httpx.ByteStream(empty))
        return self.server.handle(request, self.reach)

    def count(self, part: str) -> int:
        return len([asked for asked in self.asked if part in asked])


@asynccontextmanager
async def connected(world: World, folder: Path, *patients: str) -> AsyncIterator[tuple[Syncing, Database]]:
    """A vault of these patients (p1 alone without), after its first sync."""
    account = ServerAccount(fhir_base=BASE, sign_in=SignIn.PLAIN, patients=patients or ("p1",))
    async with opened_syncing(folder, Network(lambda: world, world.now)) as (syncing, database):
        await syncing.connect(account)
        assert isinstance(await syncing.run(), Idle)
        world.asked.clear()
        yield syncing, database


def list_rids(con: Connection) -> set[str]:
    return {rid for (rid,) in con.execute("SELECT rid FROM res WHERE type = 'Observation'")}


async def edit(database: Database, rid: str, *, due: datetime | None = None) -> None:
    """Give a record another value here, to be sent from ``due`` on; without, not for long."""
    stored = await _find(database, rid)
    body = stored.body.replace(b"70.5", b"71.5")
    assert body != stored.body
    written = Written(stored.type, body, summarise(make_record(rid), holder=True))
    await database.write(change_record, stored.row.id, written, _when(due))


async def delete(database: Database, rid: str, *, due: datetime | None = None) -> None:
    """Delete a record here, as ``edit`` changes it."""
    await database.write(delete_record, (await _find(database, rid)).row.id, _when(due))


async def _find(database: Database, rid: str) -> Stored:
    pid = (await database.read(list_profiles))[0].pid
    stored = await database.read(find_record, pid, "Observation", rid)
    assert stored
    return stored


def _when(due: datetime | None) -> When:
    return When(NOW, (due or NOW + timedelta(days=30)).timestamp())
