"""A process that backs up or restores until it is killed. Not a test: run by them as ``python -m`` with both arguments.

It prints a line as it begins and one for each step of its progress.
"""

import asyncio
import sys
from pathlib import Path

from mes_app.services.backups import unpack_backup
from mes_app.services.vault_files import VaultFiles, drafted
from tests.services.backup_stories import PASSPHRASE, make_backups, opened


def tell(*progress: int) -> None:
    print(*progress, flush=True)


async def write(root: Path) -> None:
    async with opened(VaultFiles(root / "vault")) as (database, blobs):
        tell()
        await make_backups(root, database, blobs).write(root / "backup", PASSPHRASE, tell)


async def restore(root: Path) -> None:
    tell()
    with drafted(VaultFiles(root / "restored.new")) as drafts:
        (await unpack_backup(root / "backup", PASSPHRASE, drafts, tell)).wipe()
        drafts.publish(VaultFiles(root / "restored"))


if __name__ == "__main__":
    asyncio.run({"write": write, "restore": restore}[sys.argv[1]](Path(sys.argv[2])))
