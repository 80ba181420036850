"""What the services that change records write with. Nothing else here knows when a change may be sent."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Concatenate, ParamSpec, TypeVar

from mes_app.store.database import Connection, Database
from mes_app.store.edits import When
from mes_app.sync.networks import Clock

P = ParamSpec("P")
T = TypeVar("T")

UNDO_SECONDS = 10.0


@dataclass(frozen=True)
class Pen:
    """``undo``: seconds for which a change waits before it may be sent; ``note_edit`` hears of each change."""

    database: Database
    now: Clock
    undo: float
    note_edit: Callable[[], None]

    def when(self) -> When:
        """This instant, and the one from which what is written now may be sent."""
        at = self.now()
        return When(at=at, next_at=(at + timedelta(seconds=self.undo)).timestamp())

    async def write(self, change: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """``change`` in a transaction of the store; told once it is on the disk."""
        result = await self.database.write(change, *args, **kwargs)
        self.note_edit()
        return result
