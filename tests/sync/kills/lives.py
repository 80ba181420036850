"""What runs in a process that will be killed: the real store, pen and sync of one phone, doing what it is told.

Every answer is an acknowledgement: what was written is on the disk when it leaves.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from multiprocessing.connection import Connection as Pipe
from pathlib import Path
from typing import Any

from mes_app.domain.sync_status import Idle
from mes_app.services.clocks import Clock
from mes_app.services.freshness import Freshness
from mes_app.services.pens import Pen
from mes_app.services.syncing import Syncing
from mes_app.store.blobs import Blobs
from mes_app.store.database import Database
from mes_app.store.edits import When, Written, create_record
from mes_app.sync.networks import Network
from tests.sync.kills.fates import Fate, Mortal
from tests.sync.simulation.devices import CONTENT_LIMIT, STORE, make_key


@dataclass
class Life:
    """One process with the vault open. ``now``: what its clock shows."""

    mortal: Mortal
    database: Database
    blobs: Blobs
    now: datetime

    async def open(self) -> None:
        """Begin as after an unlock."""
        network = Network(now=lambda: self.now)
        freshness = Freshness(Clock(uptime=lambda: 0.0, wall=lambda: 0.0))
        self._pen = Pen(self.database, network.now, 0.0, lambda: None)
        self._syncing = await Syncing.open(self.database, self.blobs, network, freshness, content_limit=CONTENT_LIMIT)
        await self.blobs.sweep()

    async def read(self, query: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        return await self.database.read(query, *args, **kwargs)

    async def write(self, change: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        return await self._pen.write(change, *args, **kwargs)

    async def file(self, pid: str, written: Written, when: When, data: bytes) -> str:
        """A document with its content, as ``Documents.add`` files it."""
        return await self.blobs.save_new(partial(_create, pid, written, when), data)

    async def sync(self) -> str:
        """How it ended, empty for well."""
        end = await self._syncing.run()
        return "" if isinstance(end, Idle) else repr(end)

    async def count_commits(self) -> int:
        return self.mortal.commits


def live(folder: Path, fate: Fate, now: datetime, pipe: Pipe) -> None:
    """Serve ``pipe`` until it ends, or ``fate`` comes: (time, name of a method of Life, arguments) each time."""
    asyncio.run(_live(folder, Mortal(fate), now, pipe))


async def _live(folder: Path, mortal: Mortal, now: datetime, pipe: Pipe) -> None:
    database = await Database.open(folder / STORE, make_key(), driver=mortal.driver)
    life = Life(mortal, database, Blobs(folder / "blobs", database), now)
    await life.open()
    try:
        while True:
            life.now, name, args, kwargs = pipe.recv()
            pipe.send(await getattr(life, name)(*args, **kwargs))
    except EOFError:
        await database.close()


def _create(pid: str, written: Written, when: When, con: Any) -> str:
    return create_record(con, pid, written, when)
