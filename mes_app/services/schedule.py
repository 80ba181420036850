"""When a sync runs: at unlock, on return to the foreground, after an edit, after a failure, every quarter of an hour.

One timer. It never disturbs what is being read or typed, and never asks before the time that a server gave.
"""

import asyncio
import math
from collections.abc import Callable

from mes_app.domain.sync_status import Phase, Running, Stopped, SyncStatus
from mes_app.errors import Busy, MesError, Offline
from mes_app.services.syncing import Syncing
from mes_app.store import outbox
from mes_app.store.database import Database
from mes_app.sync.networks import Network

PERIOD = 900.0
"""Seconds from the end of a sync to the next, when nothing else asks for one."""
FIRST_WAIT = 10.0
"""Seconds to the next try after a first failure; twice as many after each one more, up to PERIOD."""


class Schedule:
    """Runs the sync of one open vault. Nothing happens by itself before ``start``."""

    def __init__(self, database: Database, syncing: Syncing, network: Network) -> None:
        self._database = database
        self._syncing = syncing
        self._network = network
        self._news = asyncio.Event()
        self._timer: asyncio.Task[None] | None = None
        self._unsubscribe: Callable[[], None] | None = None
        self._shown: str | None = None
        self._due = 0.0
        self._closed_until = 0.0
        self._tried = -math.inf
        self._failures = 0
        self._hurried = False

    def start(self) -> None:
        """The vault was just unlocked in front of somebody: sync now, then whenever it is due. Twice is once."""
        if self._timer is None:
            self._unsubscribe = self._syncing.subscribe(self._note_status)
            self._timer = asyncio.create_task(self._follow())
            self.note_foreground()

    async def stop(self) -> None:
        """Nothing is started any more. What runs goes on."""
        if self._timer and self._unsubscribe:
            self._unsubscribe()
            self._timer.cancel()
            await asyncio.wait([self._timer])
            self._timer = None

    def note_foreground(self) -> None:
        """The app is in front again, or the network is back: sync now, and try again what failed before."""
        self._due, self._tried, self._failures, self._hurried = 0.0, -math.inf, 0, True
        self._news.set()

    def note_edit(self) -> None:
        """Something was changed: it is sent once the delay to undo it is over, and what failed before with it."""
        self._failures, self._hurried = 0, True
        self._news.set()

    def note_shown(self, pid: str) -> None:
        """This profile is on the screen: it is synced before the others."""
        self._shown = pid

    async def run_now(self, first: str | None = None, *, thorough: bool = False) -> SyncStatus:
        """Sync at once (asked by the person), as ``Syncing.run``. Raises NotAllowed(NO_SERVER)."""
        self._hurried = True
        await self._hurry()
        return await self._syncing.run(first or self._shown, thorough=thorough)

    async def _follow(self) -> None:
        while True:
            self._news.clear()
            wait = await self._step()
            if wait > 0:
                await self._pause(wait)

    async def _step(self) -> float:
        """Run what is due; else the seconds until something may be."""
        try:
            if await self._syncing.account() is None:
                return PERIOD
            await self._hurry()
            wait = await self._measure_wait()
            if wait <= 0:
                await self._syncing.run(self._shown)
        except MesError:  # such as a full disk, which may have room later; whoever writes is told of it
            return PERIOD
        return wait

    async def _hurry(self) -> None:
        if self._hurried:
            await self._database.write(outbox.hurry, self._read_clock())
            self._hurried = False

    async def _measure_wait(self) -> float:
        """A change that the last run left as it was waits for the next one."""
        waiting = await self._database.read(outbox.find_next_due)
        due = self._due if waiting is None or waiting <= self._tried else min(self._due, waiting)
        return min(max(due, self._closed_until) - self._read_clock(), PERIOD)  # a clock set back does not lengthen it

    def _note_status(self, status: SyncStatus) -> None:
        match status:
            case Running(Phase.CONNECTING):
                self._tried = self._read_clock()
            case Running():
                pass
            case _:
                self._plan(status.error if isinstance(status, Stopped) else None)
                self._news.set()

    def _plan(self, error: MesError | None) -> None:
        """When to sync again if nothing else asks for it, after a run that ended so."""
        now = self._read_clock()
        self._failures = self._failures + 1 if error else 0
        wait = PERIOD
        if isinstance(error, Offline | Busy):
            wait = min(FIRST_WAIT * 2 ** (self._failures - 1), PERIOD)
        self._closed_until = now + error.after if isinstance(error, Busy) else 0.0
        self._due = now + wait

    async def _pause(self, seconds: float) -> None:
        """Until ``seconds`` have passed or something was noted."""
        waits = [asyncio.ensure_future(self._network.sleep(seconds)), asyncio.ensure_future(self._news.wait())]
        try:
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for wait in waits:
                wait.cancel()

    def _read_clock(self) -> float:
        return self._network.now().timestamp()
