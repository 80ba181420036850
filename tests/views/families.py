"""The family of the demonstration, read once: the stories after the first begin with a copy of its store."""

from contextlib import AsyncExitStack
from dataclasses import replace
from pathlib import Path
from shutil import copytree

from mes_app.crypto.secret import Secret
from mes_app.services.demonstration import Demonstration
from mes_app.services.session import Session
from mes_app.services.temporaries import open_temporary
from mes_app.services.vault_files import VaultFiles
from mes_app.store.database import Database


class ReadOnce(Demonstration):
    """``whole``, as it is, except that what its server says is taken from ``folder`` once it is there."""

    def __init__(self, whole: Demonstration, folder: Path) -> None:
        super().__init__(whole._vault, whole._family)
        self._copy = VaultFiles(folder)

    async def open(self) -> Session:
        """Like ``Vault.create_temporary``, on the family that was kept."""
        if not self._copy.database.exists():
            await self._keep()
        async with self._vault._busy, AsyncExitStack() as undo:
            files = VaultFiles(undo.enter_context(open_temporary(self._vault._root)))
            copytree(self._copy.folder, files.folder, dirs_exist_ok=True)
            database = await Database.open(files.database, _make_key())
            undo.push_async_callback(database.close)
            session = replace(await self._vault._start(database, files, undo), temporary=True)
            self._vault._around.freshness.waive()
            return session

    async def _keep(self) -> None:
        session = await super().open()
        await session.indexing.run()
        backups = session.backups
        copytree(backups._blobs.folder, self._copy.contents)
        await backups._database.copy_to(self._copy.database, _make_key())
        await self._vault.lock()


def _make_key() -> Secret:
    """The one key of all copies: nobody they tell of exists."""
    return Secret(bytearray(32))
