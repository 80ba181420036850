"""Wrong tries at one way into the vault: counted before each is looked at, so that killing the app takes none back.

Only a brake within this program: whoever reads both the files and the key store may guess elsewhere, at the cost of
one Argon2id a guess.
"""

import math
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import msgspec

from mes_app.crypto.durable_files import replace_file
from mes_app.services.clocks import Clock

LIMIT = 10
"""The wrong PIN that destroys its slot."""
DELAYS = (0, 0, 0, 60, 300, 900, 3600)
"""Seconds to wait after the first, second, … wrong try; after those, the last of them."""


class Shelf(Protocol):
    """Where a count is kept: the key store, or a file where it would not answer."""

    async def get(self, name: str) -> bytes | None:
        """What is kept under ``name``."""

    async def put(self, name: str, value: bytes) -> None:
        """Keep ``value``, on the disk when this returns."""

    async def delete(self, name: str) -> None:
        """Keep nothing under ``name``."""


@dataclass(frozen=True)
class FileShelf:
    """A file for each name in ``folder``."""

    folder: Path

    async def get(self, name: str) -> bytes | None:
        """The contents of the file, if there is one."""
        path = self._find(name)
        return path.read_bytes() if path.exists() else None

    async def put(self, name: str, value: bytes) -> None:
        """Replace the file, whole and on the disk."""
        with replace_file(self._find(name)) as file:
            file.write(value)

    async def delete(self, name: str) -> None:
        """Remove the file."""
        self._find(name).unlink(missing_ok=True)

    def _find(self, name: str) -> Path:
        return self.folder / name.replace(":", "-")


class _Count(msgspec.Struct, frozen=True):
    wrong: int = 0
    at: float = 0.0


@dataclass(frozen=True, slots=True)
class Tries:
    """``wrong`` tries since the last right one; ``wait``: seconds before the next one may be looked at, 0 if none."""

    wrong: int
    wait: int


class Attempts:
    """The tries kept under ``name`` on ``shelf``.

    Waiting is counted by the uptime of the device alone, which nobody can set: a restart makes it longer, not shorter.
    """

    def __init__(self, shelf: Shelf, name: str, clock: Clock) -> None:
        self._shelf = shelf
        self._name = name
        self._clock = clock

    async def look(self) -> Tries:
        """How it stands now."""
        value = await self._shelf.get(self._name)
        try:
            count = msgspec.json.decode(value, type=_Count) if value else _Count()
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
            count = _Count()
        return Tries(count.wrong, self._find_wait(count))

    async def count(self, wrong: int) -> None:
        """Keep that ``wrong`` tries failed, the last one now."""
        await self._shelf.put(self._name, msgspec.json.encode(_Count(wrong, self._clock.uptime())))

    async def clear(self) -> None:
        """The last try was right."""
        await self._shelf.delete(self._name)

    def _find_wait(self, count: _Count) -> int:
        now = self._clock.uptime()
        elapsed = now - count.at if now >= count.at else now
        return max(0, math.ceil(find_delay(count.wrong) - elapsed))


def find_delay(wrong: int) -> int:
    """Seconds to wait after ``wrong`` tries in a row."""
    return DELAYS[min(wrong, len(DELAYS)) - 1] if wrong else 0
