"""Vaults whose process dies while it opens or makes one. Not a test: forked by them."""

import asyncio
import os
import signal
from pathlib import Path

from mes_app.services.session import Opened, Session
from tests.forks import Tell
from tests.memory_key_store import MemoryKeyStore
from tests.services.vault_stories import PASSPHRASE, PIN, Story

WRONG_PIN = "804272"


class DeadlyKeyStore(MemoryKeyStore):
    """Its owner dies of keeping anything."""

    async def put(self, name: str, value: bytes) -> None:  # noqa: ARG002 - a key store
        os.kill(os.getpid(), signal.SIGKILL)


class DeadlyShelf:
    """A key store in files, whose owner dies as soon as a try is counted."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def get(self, name: str) -> bytes | None:
        path = self._folder / name
        return path.read_bytes() if path.exists() else None

    async def put(self, name: str, value: bytes) -> None:
        (self._folder / name).write_bytes(value)
        os.kill(os.getpid(), signal.SIGKILL)

    async def delete(self, name: str) -> None:
        (self._folder / name).unlink(missing_ok=True)


def create_half_way(_tell: Tell, folder: Path) -> None:
    """Make a vault until its device secret is kept."""
    asyncio.run(Story(folder, DeadlyKeyStore()).start().create(PIN))


def create(_tell: Tell, folder: Path) -> None:
    """Make a vault until it opens."""
    asyncio.run(Story(folder, None).start(_die).create(PASSPHRASE))


def try_pin(_tell: Tell, folder: Path, shelf: Path) -> None:
    """Try a wrong PIN until it is counted."""
    asyncio.run(Story(folder, DeadlyShelf(shelf)).start().unlock(WRONG_PIN))


async def _die(_opened: Opened) -> Session:
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError
