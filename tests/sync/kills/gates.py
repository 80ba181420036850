"""The door of a server that outlives its clients, where one may die with its change told, or made, and unanswered."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.sync.kills.fates import NONE, Fate, Moment


@dataclass
class Gate:
    """An ASGI app before another, ``app``. ``kill`` ends who asks; ``writes``: how many changes were asked for."""

    app: Any = None
    kill: Callable[[], None] | None = None
    fate: Fate = NONE
    writes: int = 0

    def prepare(self, app: Any, kill: Callable[[], None]) -> None:
        """Serve another server to another client."""
        self.app, self.kill = app, kill
        self.await_death(NONE)

    def await_death(self, fate: Fate) -> None:
        """Count from here on."""
        self.fate, self.writes = fate, 0

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["method"] == "GET":
            await self.app(scope, receive, send)
            return
        self.writes += 1
        if self.fate == Fate(Moment.BEFORE_WRITE, self.writes):
            self._kill()
        elif self.fate == Fate(Moment.AFTER_WRITE, self.writes):
            await self.app(scope, receive, _tell_nobody)
            self._kill()
        else:
            await self.app(scope, receive, send)

    def _kill(self) -> None:
        assert self.kill
        self.kill()


async def _tell_nobody(_message: Any) -> None:
    pass
