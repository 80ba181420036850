"""A process that backs up or restores until it is killed. Not a test: forked by them.

It tells that it begins, and each step of its progress.
"""

import asyncio
from pathlib import Path

from mes_app.services.backups import unpack_backup
from mes_app.services.vault_files import VaultFiles, drafted
from tests.forks import Tell
from tests.services.backup_stories import PASSPHRASE, make_backups, opened


def write(tell: Tell, root: Path) -> None:
    """Back up the vault under ``root``."""
    asyncio.run(_write(tell, root))


def restore(tell: Tell, root: Path) -> None:
    """Restore that backup beside the vault."""
    asyncio.run(_restore(tell, root))


async def _write(tell: Tell, root: Path) -> None:
    async with opened(VaultFiles(root / "vault")) as (database, blobs):
        tell(0)
        await make_backups(root, database, blobs).write(root / "backup", PASSPHRASE, lambda *done: tell(done))


async def _restore(tell: Tell, root: Path) -> None:
    tell(0)
    with drafted(VaultFiles(root / "restored.new")) as drafts:
        (await unpack_backup(root / "backup", PASSPHRASE, drafts, lambda *done: tell(done))).wipe()
        drafts.publish(VaultFiles(root / "restored"))
