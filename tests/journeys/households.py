"""Two devices of one person, whose account is on the real backend: the app itself, without screen or terminal."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from mes_app.bootstrap import make_carnets
from mes_app.config import Config
from mes_app.domain.record import Entry, Kind
from mes_app.domain.sync_status import Idle
from mes_app.services.session import Session
from mes_app.services.undoing import Edited
from mes_backend.app import open_database
from mes_backend.fhir.store import Store
from mes_backend.login.accounts import Passwords
from mes_backend.seeding import seed_load
from tests.backend.serving import QUICK_HASHER
from tests.services.family import FONTS, Json
from tests.sync.backends import Backend, run_backend

PASSPHRASE = "une phrase assez longue"


@dataclass(frozen=True)
class Device:
    """An open vault of one person. ``sent``: every resource that it was about to send at its syncs."""

    session: Session
    sent: list[Json] = field(default_factory=list)

    async def find_owner(self) -> str:
        """Our id of the one record there, known here from the first sync on."""
        (owner,) = await self.session.profiles.list()
        return owner.pid

    async def add(self, kind: Kind, entry: Entry) -> Edited:
        """A new record of its owner, whatever its numbers."""
        return await self.session.editing.add(await self.find_owner(), entry, kind, confirmed=True)

    async def read(self, kind: Kind) -> dict[str, Entry]:
        """What this device shows of a section, opened, by the ids of its own."""
        rows = await self.session.health.rows(await self.find_owner(), kind)
        return {row.id: await self.session.health.entry(row.id) for row in rows}

    async def sync(self) -> None:
        """Send and receive whatever there is, without fault."""
        bundle = json.loads((await self.session.unsent.export()).data)
        self.sent.extend(entry["resource"] for entry in bundle["entry"] if "resource" in entry)
        status = await self.session.syncing.run()
        assert isinstance(status, Idle)
        assert status.faults == ()


def list_said(entry: Entry) -> dict[str, Any]:
    """All that ``entry`` says, without what each device calls it and when it came there."""
    return entry.model_dump(exclude={"id", "profile", "updated"})


def find_same(shown: dict[str, Entry], wanted: Entry) -> str:
    """The id of the one record that says the same as ``wanted``."""
    (found,) = [record_id for record_id, entry in shown.items() if list_said(entry) == list_said(wanted)]
    return found


@contextmanager
def serve_one_person(folder: Path) -> Iterator[Backend]:
    """The backend, with an account whose record is still empty."""
    engine = open_database(f"sqlite:///{folder / 'seed.db'}")
    entries = seed_load(Store(engine), Passwords(QUICK_HASHER), patients=1, resources=0)
    engine.dispose()
    (folder / "server").mkdir()
    with run_backend(folder, entries, folder / "server") as backend:
        yield backend


@asynccontextmanager
async def open_device(folder: Path, backend: Backend) -> AsyncIterator[Device]:
    """A new vault in ``folder``, enrolled."""
    carnets = make_carnets(Config(data=folder, assets=FONTS.parent, least_cost=True), brief=True)
    session = await carnets.vault.create(PASSPHRASE)
    await session.syncing.connect(await backend.enrol())
    try:
        yield Device(session)
    finally:
        await carnets.vault.lock()


@dataclass(frozen=True)
class Household:
    """Both devices, and the loop that they live in."""

    runner: asyncio.Runner
    phone: Device
    desktop: Device


@contextmanager
def open_household(folder: Path) -> Iterator[Household]:
    """A phone and a desktop of one person, until the block ends; the phone alone has synced."""
    with pytest.MonkeyPatch.context() as system, serve_one_person(folder) as backend, asyncio.Runner() as runner:
        system.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={folder / 'no-bus'}")
        opened = AsyncExitStack()
        try:
            devices = [
                runner.run(opened.enter_async_context(open_device(folder / name, backend)))
                for name in ("phone", "desktop")
            ]
            runner.run(devices[0].sync())
            yield Household(runner, *devices)
        finally:
            runner.run(opened.aclose())
