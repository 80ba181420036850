"""The reference backend with the demonstration family, on a socket, whose clock and outbox tests hold."""

import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from mes_app.domain.servers import ServerAccount
from mes_app.services.login import Login
from mes_app.sync.networks import Network
from mes_backend.app import create_app, open_database
from mes_backend.demo.family import build_family
from mes_backend.fhir.store import Store
from mes_backend.login.accounts import Passwords
from mes_backend.outbox import Letter
from mes_backend.seeding import Entry, seed_family
from mes_backend.settings import Settings
from tests.backend.serving import QUICK_HASHER, served


@dataclass
class Backend:
    """A running backend: its address, the sign-ins it knows, the codes it sent."""

    url: str = ""
    entries: list[Entry] = field(default_factory=list)
    letters: list[Letter] = field(default_factory=list)
    ahead: float = 0

    def clock(self) -> float:
        """The real time, and what tests added to it."""
        return time.time() + self.ahead

    async def enrol(self, network: Network | None = None, rank: int = 0) -> ServerAccount:
        """A device of the parent who gets codes by mail."""
        login = Login(network or Network())
        server = await login.find_server(self.url)
        await login.send_password(server, self.entries[rank].user, self.entries[rank].password)
        return await login.send_code(self.letters[-1].code)


def seed(folder: Path) -> list[Entry]:
    """A database with the family, to be copied for each test."""
    engine = open_database(f"sqlite:///{folder / 'seed.db'}")
    entries = seed_family(Store(engine), Passwords(QUICK_HASHER), build_family(date(2026, 11, 21)))
    engine.dispose()
    return entries


@contextmanager
def run_backend(seeded: Path, entries: list[Entry], folder: Path) -> Iterator[Backend]:
    """Serve a copy of what ``seed`` made."""
    backend = Backend(entries=entries)
    shutil.copy(seeded / "seed.db", folder / "server.db")
    database = f"sqlite:///{folder / 'server.db'}"
    with served(
        lambda url: create_app(
            Settings(public_url=url, database=database, demo=True),
            clock=backend.clock,
            hasher=QUICK_HASHER,
            announce=backend.letters.append,
        )
    ) as backend.url:
        yield backend
