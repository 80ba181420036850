"""A sync whose process dies between two of its commits. Not a test: forked by one."""

import asyncio
import os
import signal
from pathlib import Path

from tests.forks import Tell
from tests.sync.serving import connect
from tests.sync.vaults import opened_syncing


def sync(_tell: Tell, folder: Path, url: str, commits: int) -> None:
    """Sync with a plain server, in a vault that is made; dead after one commit more than ``commits``."""
    asyncio.run(_sync(folder, url, commits))


async def _sync(folder: Path, url: str, commits: int) -> None:
    left = iter(range(commits))

    def count(_changes: object) -> None:
        if next(left, None) is None:
            os.kill(os.getpid(), signal.SIGKILL)

    async with opened_syncing(folder) as (syncing, database):
        await connect(syncing, url)
        database.subscribe(count)
        await syncing.run()
