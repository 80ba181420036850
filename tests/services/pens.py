"""A pen on a real store, with a clock that the test moves, and a family of two to write about."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

from mes_app.services.pens import UNDO_SECONDS, Pen
from mes_app.store.database import Database
from mes_app.store.profiles import save_profile
from tests.store.samples import CHILD, PARENT, make_key

T = TypeVar("T")
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


@dataclass
class Desk:
    """``now`` is what the clock says; ``edits`` counts what was told to the schedule."""

    database: Database
    now: datetime = NOON
    edits: int = 0
    pen: Pen = field(init=False)

    def __post_init__(self) -> None:
        self.pen = Pen(self.database, lambda: self.now, UNDO_SECONDS, self.note)

    def note(self) -> None:
        self.edits += 1

    def pass_by(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


def at_desk(folder: Path, story: Callable[[Desk], Awaitable[T]]) -> T:
    """Run ``story`` on the store of ``folder``, made at its first opening with a parent and a child."""

    async def run() -> T:
        path = folder / "vault.db"
        database = await Database.open(path, make_key(), create=not path.exists())
        for profile in (PARENT, CHILD):
            await database.write(save_profile, profile)
        try:
            return await story(Desk(database))
        finally:
            await database.close()

    return asyncio.run(run())
