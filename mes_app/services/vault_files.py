"""The files of a vault: where they are, whether they belong together, and who holds them.

A new vault is made under another name and renamed when complete: one cut short is never taken for data.
"""

import asyncio
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from mes_app.crypto.durable_files import sync_folder
from mes_app.crypto.keys import SALT_SIZE, KeyFile, read_keys
from mes_app.errors import Locked, Reason, Unreadable

_PATIENCE = 2.0


@dataclass(frozen=True)
class VaultFiles:
    """Where a vault in ``folder`` keeps its keys, its database and its document contents."""

    folder: Path

    @property
    def keys(self) -> Path:
        """The wrapped key: the one file in clear."""
        return self.folder / "keys.json"

    @property
    def database(self) -> Path:
        """The encrypted records."""
        return self.folder / "vault.db"

    @property
    def contents(self) -> Path:
        """The folder of the sealed documents."""
        return self.folder / "documents"

    def make_empty(self) -> None:
        """Start anew, for this user's eyes only; what was there is gone."""
        self.erase()
        self.folder.mkdir(mode=0o700)

    def publish(self, place: "VaultFiles") -> None:
        """Become the vault at ``place``, in one step."""
        sync_folder(self.folder)
        self.folder.rename(place.folder)
        sync_folder(place.folder.parent)

    def erase(self) -> None:
        """Remove everything, the keys first and for good: whatever comes between, the rest is then unreadable."""
        if self.folder.exists():
            self.keys.unlink(missing_ok=True)
            sync_folder(self.folder)
            shutil.rmtree(self.folder)


def read_salt(database: Path) -> bytes:
    """The random bytes that an encrypted database begins with; Unreadable(DAMAGED) where there are none."""
    try:
        with database.open("rb") as file:
            salt = file.read(SALT_SIZE)
    except OSError:
        raise Unreadable(Reason.DAMAGED) from None
    if len(salt) < SALT_SIZE:
        raise Unreadable(Reason.DAMAGED)
    return salt


def check_files(files: VaultFiles) -> KeyFile:
    """The keys of a vault whose files belong together; Unreadable(DAMAGED | NOT_A_VAULT | NEWER_VERSION)."""
    keys = read_keys(files.keys)
    if read_salt(files.database) != keys.db_salt:
        raise Unreadable(Reason.NOT_A_VAULT)
    return keys


async def hold_vault(root: Path) -> Callable[[], None]:
    """Keep every other program out of the vault in ``root``, made if missing; returns how to stop that.

    Raises Locked(OPEN_ELSEWHERE) when another keeps it for longer than 2 s. The system lets go when a program dies.
    """
    return await asyncio.to_thread(_acquire, root)


def _acquire(root: Path) -> Callable[[], None]:
    root.mkdir(mode=0o700, parents=True, exist_ok=True)
    lock = FileLock(root / "vault.lock", timeout=_PATIENCE, mode=0o600, thread_local=False)
    try:
        lock.acquire()
    except Timeout:
        raise Locked(Reason.OPEN_ELSEWHERE) from None
    return lock.release
