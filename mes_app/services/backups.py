"""Backups: everything of a vault in one file that one passphrase opens, on this device or another.

What lets this device in at the server is not in it, nor anything of the key store: a restored vault signs in again.
"""

import asyncio
import threading
from collections.abc import Callable
from pathlib import Path

from mes_app.crypto.backup_files import COST, open_backup, seal_backup, unwrap_backup_key
from mes_app.crypto.costs import Cost
from mes_app.crypto.durable_files import check_place
from mes_app.crypto.primitives import make_secret
from mes_app.crypto.secret import Secret
from mes_app.crypto.strengths import SecretKind, check_strength
from mes_app.errors import Locked, Rejected
from mes_app.services.backup_contents import CONTENTS, DATABASE, SETTINGS, Report, pack_files, unpack_files
from mes_app.services.freshness import Freshness
from mes_app.services.temporaries import open_temporary
from mes_app.services.vault_files import VaultFiles
from mes_app.store.blobs import Blobs
from mes_app.store.database import Database
from mes_app.store.threads import see_through
from mes_app.sync.accounts import forget_secrets

__all__ = ["Backups", "Report", "unpack_backup"]


class Backups:
    """Writes backups of one open vault. ``settings``: the file of the settings, in the data folder.

    ``cost`` is what one guess of a passphrase shall cost.
    """

    def __init__(
        self, database: Database, blobs: Blobs, settings: Path, freshness: Freshness, cost: Cost = COST
    ) -> None:
        self._database = database
        self._blobs = blobs
        self._settings = settings
        self._freshness = freshness
        self._cost = cost
        self._one_at_a_time = asyncio.Lock()
        self._run: asyncio.Task[None] | None = None

    async def write(self, path: Path, passphrase: str, report: Report) -> None:
        """Write a backup at ``path``, in place of what is there: whole or, if cancelled or after an error, not at all.

        ``report`` hears bytes done and in all, on the event loop. Records are read and changed meanwhile, documents are
        read; what is fetched waits. Raises Locked(CONFIRM_SECRET), Locked(VAULT_LOCKED) once the store is closing,
        Rejected("passphrase", TOO_SHORT | TOO_SIMPLE), Rejected("path", NOT_WRITABLE), Unreadable(DISK_FULL | DAMAGED).
        """
        self._freshness.require()
        _check_passphrase(passphrase)
        check_place(path)
        async with self._one_at_a_time:
            self._run = asyncio.create_task(self._write(path, passphrase, report))
            await self._run

    async def cancel(self) -> None:
        """Cancel the one being written, if any, and wait until nothing is left of it."""
        if self._run and not self._run.done():
            self._run.cancel()
            await asyncio.wait([self._run])

    async def _write(self, path: Path, passphrase: str, report: Report) -> None:
        async with self._blobs.hold():
            with open_temporary(self._settings.parent) as folder, make_secret() as key:
                files = await self._list_files()
                files[DATABASE] = folder / DATABASE
                await self._database.copy_to(files[DATABASE], key, forget_secrets)

                def seal(tell: Report) -> None:
                    chunks = pack_files(files, path.parent, tell)
                    seal_backup(path, key, passphrase, chunks, cost=self._cost)

                await _work(seal, report)

    async def _list_files(self) -> dict[str, Path]:
        """Listed before the copy is made: a content that goes meanwhile is then one file too many, not one too few."""
        files = {f"{CONTENTS}/{file.name}": self._blobs.folder / file.name for file in await self._blobs.list_files()}
        if self._settings.exists():
            files[SETTINGS] = self._settings
        return files


async def unpack_backup(path: Path, passphrase: str, drafts: VaultFiles, report: Report) -> Secret:
    """Put all that the backup at ``path`` holds into the empty folder ``drafts``; the key of the database there.

    Everything was read and is whole and on the disk when it returns; after an error the caller removes ``drafts``. The
    backup is only read. ``report`` hears bytes done and in all, on the event loop. Raises Locked(WRONG_PASSPHRASE),
    Unreadable: NOT_A_BACKUP | NEWER_VERSION | TRUNCATED | DAMAGED | DISK_FULL | NO_MEMORY.
    """
    key = await asyncio.to_thread(unwrap_backup_key, path, passphrase)
    try:
        await _work(lambda tell: unpack_files(open_backup(path, key), drafts.folder, tell), report)
    except BaseException:
        key.wipe()
        raise
    return key


def _check_passphrase(passphrase: str) -> None:
    try:
        check_strength(SecretKind.PASSPHRASE, passphrase)
    except Rejected as error:
        raise Rejected("passphrase", error.reason) from None


async def _work(job: Callable[[Report], None], report: Report) -> None:
    """Run ``job`` on a thread; when cancelled, until its next word."""
    loop = asyncio.get_running_loop()
    given_up = threading.Event()

    def tell(done: int, total: int) -> None:
        if given_up.is_set():
            raise Locked
        loop.call_soon_threadsafe(report, done, total)

    await see_through(asyncio.ensure_future(asyncio.to_thread(job, tell)), given_up.set)
