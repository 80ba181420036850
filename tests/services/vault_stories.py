"""A vault on the disk of a test: real files and a real SQLCipher database, a session that does nothing."""

import hashlib
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, cast

from mes_app.crypto.keystore import KeyStore
from mes_app.services.session import Session
from mes_app.services.syncing import Syncing
from mes_app.services.vault import Vault
from mes_app.store.blobs import Blobs
from mes_app.store.database import Database
from mes_app.store.preferences import get_preference, put_preference

PIN = "804271"
PASSPHRASE = "une longue phrase"


class QuietSyncing:
    """A sync that never runs and counts how often it is stopped."""

    def __init__(self) -> None:
        self.stops = 0

    async def cancel(self) -> None:
        self.stops += 1


class Story:
    """One folder and its key store, over several starts of the app. ``database`` is the one opened last."""

    def __init__(self, folder: Path, key_store: KeyStore | None) -> None:
        self.folder = folder
        self.key_store = key_store
        self.syncing = QuietSyncing()
        self.database: Database | None = None

    def start(self, open_session: Callable[[Database, Blobs], Awaitable[Session]] | None = None) -> Vault:
        """The vault as a new start of the app sees it."""
        return Vault(self.folder, self.key_store, open_session or self.open_session)

    async def open_session(self, database: Database, _blobs: Blobs) -> Session:
        self.database = database
        service = cast(Any, None)
        return Session(
            profiles=service,
            documents=service,
            health=service,
            agenda=service,
            synthesis=service,
            syncing=cast(Syncing, self.syncing),
            status=service,
            subscribe=database.subscribe,
        )

    async def write(self, value: str) -> None:
        """Keep ``value`` in the open vault."""
        assert self.database is not None
        await self.database.write(put_preference, "note", value)

    async def read(self) -> Any:
        """What the open vault keeps."""
        assert self.database is not None
        return await self.database.read(get_preference, "note")

    def fingerprint(self) -> dict[str, str]:
        """Each file of the vault with a hash of its bytes."""
        files = sorted(path for path in (self.folder / "vault").rglob("*") if path.is_file())
        return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
