"""What has no command, killed while it is open: not a test, run by them as ``python -m tests.security.holder``.

``cards``: the vault is opened by the PIN read from standard input, and everybody's emergency card shows all it may.
``demonstration``: the one on the device, opened beside the vault.
"""

import asyncio
import logging
import os
import signal
import sys
from pathlib import Path

from mes_app.bootstrap import make_carnets
from mes_app.config import read_config
from mes_app.device.logs import limit_logs
from mes_app.services.carnets import Carnets
from mes_app.services.emergency_cards import SHOWABLE


async def show_cards(carnets: Carnets) -> None:
    session = await carnets.vault.unlock(sys.stdin.readline().strip())
    for profile in await session.profiles.list():
        await session.emergency.choose(profile.pid, frozenset(SHOWABLE))
    assert all(card.sections for card in await carnets.emergency.read())


async def demonstrate(carnets: Carnets) -> None:
    session = await carnets.demonstration.open()
    assert await session.profiles.list()


async def hold(what: str, folder: Path) -> None:
    await {"cards": show_cards, "demonstration": demonstrate}[what](make_carnets(read_config(folder)))
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    logging.basicConfig(level=logging.DEBUG, stream=sys.stderr)
    limit_logs()
    asyncio.run(hold(sys.argv[1], Path(sys.argv[3])))
