"""One vault, one session: what opens the vault in this process makes whatever held it before let go.

Another process cannot be asked: there the file lock of ``vault_files.hold_vault`` refuses.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

Release = Callable[[], Awaitable[None]]


class Turns:
    """One for the process, whatever number of windows or browser tabs it serves. Holds no key."""

    def __init__(self) -> None:
        self._one_at_a_time = asyncio.Lock()
        self._release: Release | None = None

    @asynccontextmanager
    async def take(self, release: Release) -> AsyncIterator[None]:
        """Have the present holder let go, then open; ``release`` is how to let go of what is opened."""
        async with self._one_at_a_time:
            if self._release and self._release != release:
                await self._release()
            self._release = release
            yield
