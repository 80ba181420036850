"""A vault on the disk of a test: real files and a real SQLCipher database, a session that does nothing."""

import asyncio
import hashlib
import shutil
from contextlib import nullcontext
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, cast

from mes_app.crypto.costs import Cost
from mes_app.crypto.keystore import KeyStore
from mes_app.services.backups import Backups
from mes_app.services.clocks import Clock
from mes_app.services.exporting import Exporting
from mes_app.services.freshness import Freshness
from mes_app.services.importing import Importing
from mes_app.services.indexing import Indexing
from mes_app.services.measure_imports import MeasureImports
from mes_app.services.outside import Outside
from mes_app.services.session import Opened, OpenSession, Session
from mes_app.services.surroundings import Surroundings
from mes_app.services.turns import Turns
from mes_app.services.vault import Vault
from mes_app.services.vault_files import VaultFiles
from mes_app.services.vault_keys import VaultKeys
from mes_app.store.database import Database
from mes_app.store.preferences import get_preference, put_preference
from tests.memory_key_store import MemoryKeyStore

PIN = "804271"
PASSPHRASE = "une longue phrase"
NOON = 1_790_000_000.0


class QuietSyncing:
    """A sync that never runs, and tells when it is stopped."""

    def __init__(self, told: list[str]) -> None:
        self._told = told

    async def cancel(self) -> None:
        self._told.append("sync stopped")


class QuietSchedule:
    """Nothing is ever due."""

    async def stop(self) -> None:
        pass


class QuietEmergency:
    """Emergency cards that nobody asked for."""

    def __init__(self, told: list[str]) -> None:
        self._told = told

    def close(self) -> None:
        self._told.append("keys forgotten")


@dataclass
class Hands:
    """The two clocks of a device, moved by the test."""

    uptime: float = 5000.0
    wall: float = NOON

    def clock(self) -> Clock:
        return Clock(lambda: self.uptime, lambda: self.wall)

    def pass_by(self, seconds: float) -> None:
        self.uptime += seconds
        self.wall += seconds


class Story:
    """One folder and its key stores, over several starts of the app."""

    def __init__(self, folder: Path, key_store: KeyStore | None, biometrics: KeyStore | None = None) -> None:
        self.folder = folder
        self.files = VaultFiles(folder / "vault")
        self.key_store = key_store
        self.biometrics = biometrics
        self.hands = Hands()
        self.told: list[str] = []
        self.syncing = QuietSyncing(self.told)
        self.opened: Opened | None = None

    def start(self, open_session: OpenSession | None = None, *, turns: Turns | None = None) -> Vault:
        """The vault as a new start of the app sees it; ``turns`` for several in one process."""
        clock = self.hands.clock()
        return Vault(
            self.folder,
            VaultKeys(self.files, self.key_store, self.biometrics, clock, Cost),
            Surroundings(clock, turns or Turns(), Freshness(clock), self.release),
            open_session or self.open_session,
        )

    def release(self) -> None:
        self.told.append("memory given back")

    async def open_session(self, opened: Opened) -> Session:
        self.opened = opened
        unused = cast(Any, None)
        real: dict[str, Any] = {
            "outside": Outside(lambda: nullcontext(self.folder), None),
            "indexing": Indexing(opened.database, opened.blobs),
            "schedule": QuietSchedule(),
            "syncing": self.syncing,
            "emergency": QuietEmergency(self.told),
            "backups": Backups(
                opened.database, opened.blobs, self.folder / "settings.json", Freshness(self.hands.clock())
            ),
            "importing": Importing(unused, opened.blobs),
            "measure_imports": MeasureImports(unused),
            "exporting": Exporting(opened.database, unused, self.folder, Freshness(self.hands.clock())),
            "ways": opened.ways,
            "subscribe": opened.database.subscribe,
            "temporary": False,
        }
        return Session(**{field.name: real.get(field.name, unused) for field in fields(Session)})

    @property
    def database(self) -> Database:
        """That of the vault opened last."""
        assert self.opened is not None
        return self.opened.database

    async def write(self, value: str) -> None:
        """Keep ``value`` in the open vault."""
        await self.database.write(put_preference, "note", value)

    async def read(self) -> Any:
        """What ``write`` kept; None where it was not."""
        return await self.database.read(get_preference, "note")

    def fingerprint(self) -> dict[str, str]:
        """Each file of the vault with a hash of its bytes."""
        files = sorted(path for path in self.files.folder.rglob("*") if path.is_file())
        return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@dataclass(frozen=True)
class Kept:
    """A locked vault that keeps a note, to copy and not to open; ``items``: what its key store holds."""

    folder: Path
    items: dict[str, bytes]

    def copy(self, folder: Path, key_store: MemoryKeyStore | None = None, biometrics: KeyStore | None = None) -> Story:
        """The same vault in ``folder``, made and locked in an earlier start of the app."""
        shutil.copytree(self.folder, folder, dirs_exist_ok=True)
        if key_store:
            key_store.items |= self.items
        return Story(folder, key_store, biometrics)


def keep_vault(folder: Path, secret: str) -> Kept:
    """A vault under a PIN and a key store, or under a passphrase and none."""
    key_store = MemoryKeyStore() if secret == PIN else None
    asyncio.run(make_vault(Story(folder, key_store), secret))
    return Kept(folder, key_store.items if key_store else {})


async def make_vault(story: Story, secret: str) -> None:
    """A vault that keeps a note, locked again."""
    vault = story.start()
    await vault.create(secret)
    await story.write("kept")
    await vault.lock()


async def reopen(story: Story, secret: str) -> Any:
    """What the vault keeps, by a new start of the app."""
    vault = story.start()
    await vault.unlock(secret)
    kept = await story.read()
    await vault.lock()
    return kept
