"""The files of a vault: where they are, whether they belong together, and who holds them.

A new vault is made under another name and renamed when complete: one cut short is never taken for data. What a kill
left half done is finished by ``tidy_vault`` at the next start.
"""

import asyncio
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from mes_app.crypto.durable_files import replace_file, sync_folder
from mes_app.crypto.keys import SALT_SIZE, KeyFile, read_keys
from mes_app.errors import Locked, Reason, Unreadable

_PATIENCE = 2.0
_FORMER = "vault.old"
_GONE = "vault.gone"


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

    @property
    def emergency(self) -> Path:
        """What may be read without opening the vault, sealed on its own."""
        return self.folder / "emergency.sealed"

    @property
    def tally(self) -> Path:
        """How many changes wait to be sent: a number and a date."""
        return self.folder / "unsent.json"

    @property
    def settings(self) -> Path:
        """The settings that came with a backup, until they take their place."""
        return self.folder / "settings.json"

    @property
    def _doomed(self) -> Path:
        return self.folder / "erasing"

    def make_empty(self) -> None:
        """Start anew, for this user's eyes only; what was there is gone."""
        self.erase()
        self.folder.mkdir(mode=0o700)

    def publish(self, place: "VaultFiles") -> None:
        """Become the vault at ``place``; the one that was there goes once this one is in its place."""
        sync_folder(self.folder)
        former = place.folder.with_name(_FORMER)
        if place.folder.exists():
            place.folder.rename(former)
        self.folder.rename(place.folder)
        sync_folder(place.folder.parent)
        VaultFiles(former).erase()

    def destroy_keys(self) -> None:
        """Make all the rest unreadable for good; ``erase`` is then due, at the next start if need be."""
        with suppress(Unreadable), replace_file(self._doomed):  # a full disk keeps nothing from being erased
            pass
        for path in (self.keys, self.emergency):
            path.unlink(missing_ok=True)
        sync_folder(self.folder)

    def is_doomed(self) -> bool:
        """Whether erasing began."""
        return self._doomed.exists()

    def erase(self) -> None:
        """Remove everything, the keys first: whatever comes between, the rest is unreadable and goes the next time."""
        gone = self.folder.with_name(_GONE)
        shutil.rmtree(gone, ignore_errors=True)
        if self.folder.exists():
            self.destroy_keys()
            self.folder.rename(gone)
            shutil.rmtree(gone)


@contextmanager
def drafted(drafts: VaultFiles) -> Iterator[VaultFiles]:
    """An empty folder for a new vault, gone at the end unless it was published."""
    drafts.make_empty()
    try:
        yield drafts
    finally:
        drafts.erase()


def tidy_vault(root: Path) -> None:
    """Finish what a kill interrupted in ``root``: an erasing, or a new vault taking the place of another.

    Nothing happens while another program has the vault.
    """
    if not root.exists():
        return
    lock = _make_lock(root, patience=0)
    try:
        lock.acquire()
    except Timeout:
        return
    try:
        _tidy(VaultFiles(root / "vault"), VaultFiles(root / _FORMER), VaultFiles(root / "vault.new"))
    finally:
        lock.release()


def _tidy(vault: VaultFiles, former: VaultFiles, drafts: VaultFiles) -> None:
    if vault.is_doomed():
        vault.erase()
    elif former.folder.exists() and not vault.folder.exists():
        former.folder.rename(vault.folder)
    former.erase()
    drafts.erase()


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
    lock = _make_lock(root, patience=_PATIENCE)
    try:
        lock.acquire()
    except Timeout:
        raise Locked(Reason.OPEN_ELSEWHERE) from None
    return lock.release


def _make_lock(root: Path, *, patience: float) -> FileLock:
    return FileLock(root / "vault.lock", timeout=patience, mode=0o600, thread_local=False)
