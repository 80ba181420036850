"""One device of the simulation: a real store, the real sync, and the death of its process at any request."""

import asyncio
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx

from mes_app.crypto.secret import Secret
from mes_app.domain.people import Profile
from mes_app.domain.servers import ServerAccount, SignIn
from mes_app.domain.sync_status import SyncStatus
from mes_app.services.clocks import Clock
from mes_app.services.freshness import Freshness
from mes_app.services.syncing import Syncing
from mes_app.store.blobs import Blobs
from mes_app.store.database import Connection, Database
from mes_app.store.ids import make_id
from mes_app.store.profiles import save_profile
from mes_app.sync.accounts import save_account
from mes_app.sync.networks import Network
from tests.sync.simulation.faults import Plan
from tests.sync.simulation.histories import Body, read_json
from tests.sync.simulation.ledgers import find_birth, find_numbers
from tests.sync.simulation.links import Link, die
from tests.sync.simulation.servers import BASE

STORE = "vault.db"
CONTENT_LIMIT = 1_000_000

Connect = Callable[[Plan], Link]


@dataclass(frozen=True, slots=True)
class Shown:
    """A record as the screens of a device show it. ``patient`` is the id of its profile on the server."""

    lid: str
    rid: str | None
    patient: str
    body: Body

    @property
    def birth(self) -> int:
        """The number it was born with."""
        return find_birth(self.body)


def make_key() -> Secret:
    """The key of every store of the simulation."""
    return Secret(bytearray(range(32)))


async def make_store(folder: Path, patients: tuple[str, ...], base: str = BASE) -> None:
    """A store in ``folder``, which exists, that knows its server and these patients of it, and nothing more."""
    database = await Database.open(folder / STORE, make_key(), create=True)
    account = ServerAccount(fhir_base=base, sign_in=SignIn.PLAIN, patients=patients)
    await database.write(save_account, account)
    for number, patient in enumerate(patients):
        profile = Profile(pid=make_id(), rid=patient, name=patient, position=number, holder=number == 0)
        await database.write(save_profile, profile)
    await database.close()


class Device:
    """A device whose store is in ``folder``, a copy of the one ``make_store`` made in ``template``.

    ``connect`` makes its way to the server for one run; ``now`` is its own clock, ``sleep`` how it waits.
    """

    def __init__(
        self, folder: Path, template: Path, connect: Connect, now: Callable[[], datetime], sleep: Callable[[float], Any]
    ) -> None:
        self.folder = folder
        self._connect = connect
        self._plan = Plan()
        self._dead: asyncio.Task[None] | None = None
        self.now = now
        self._network = Network(self._make_link, now, sleep)
        self.links: list[Link] = []
        shutil.copytree(template, folder)

    async def open(self) -> None:
        """Start the process."""
        self.database = await Database.open(self.folder / STORE, make_key())
        freshness = Freshness(Clock(uptime=lambda: 0.0, wall=lambda: 0.0))
        blobs = Blobs(self.folder / "blobs", self.database)
        self._syncing = await Syncing.open(self.database, blobs, self._network, freshness, content_limit=CONTENT_LIMIT)

    async def close(self) -> None:
        """End the process in good order."""
        await self._syncing.cancel()
        await self.database.close()

    async def discard(self) -> None:
        """End the process and forget its store: there are thousands of them."""
        await self.close()
        await asyncio.to_thread(shutil.rmtree, self.folder)

    async def kill(self) -> None:
        """End the process at once, and start it again with what was on the disk."""
        await self._keep_disk()
        await self._rise()

    async def sync(self, plan: Plan | None = None) -> SyncStatus | None:
        """One run over a network with these faults; how it ended, None when it died of them."""
        self._plan = plan or Plan()
        self._dead = None
        self.links.clear()
        end = await self._syncing.run()
        if self._dead is None:
            return end
        await self._dead
        await self._rise()
        return None

    async def fall(self) -> None:
        """From within a request: what is on the disk now is all that stays of this process."""
        await self._keep_disk()
        self._dead = asyncio.get_running_loop().create_task(self._syncing.cancel())
        await die()

    def list_asked(self) -> list[httpx.Request]:
        """What the last run asked."""
        return [request for link in self.links for request in link.asked]

    async def list_shown(self) -> list[Shown]:
        """All that the screens show of the simulation, in an order that is the same in every run."""
        return await self.database.read(_list_shown)

    async def list_aside(self) -> list[Body]:
        """Every version that waits for the user: refused, in conflict, or kept."""
        return await self.database.read(_list_aside)

    def _make_link(self) -> Link:
        link = self._connect(self._plan)
        self.links.append(link)
        return link

    async def _keep_disk(self) -> None:
        await self.database.read(self._copy_disk)

    def _copy_disk(self, _con: Connection) -> None:
        """On the thread of the store, so that what is copied is as it is between two changes."""
        for file in (STORE, f"{STORE}-wal"):
            shutil.copy(self.folder / file, self.folder / f"{file}.kept")

    async def _rise(self) -> None:
        await self.close()
        for file in (STORE, f"{STORE}-wal"):
            (self.folder / f"{file}.kept").replace(self.folder / file)
        await self.open()


def _list_shown(con: Connection) -> list[Shown]:
    found = con.execute(
        "SELECT res.lid, res.rid, profile.rid, coalesce(overlay, mirror) FROM res JOIN body USING (lid)"
        " JOIN profile ON profile.pid = res.profile"
        " WHERE deleted = 0 AND withheld = 0 AND type <> 'Patient'"
    )
    shown = [Shown(lid, rid, patient, read_json(bytes(body))) for lid, rid, patient, body in found]
    return sorted(shown, key=lambda record: (record.birth, sorted(find_numbers(record.body))))


def _list_aside(con: Connection) -> list[Body]:
    found = con.execute(
        "SELECT body FROM outbox WHERE state = 'quarantined'"
        " UNION ALL SELECT base_body FROM outbox WHERE state = 'quarantined' AND op = 'D'"
        " UNION ALL SELECT mine FROM conflict UNION ALL SELECT theirs FROM conflict UNION ALL SELECT body FROM kept"
    )
    return [read_json(bytes(body)) for (body,) in found if body is not None]
