"""Show a content in another app of this computer, which can then also print it.

The copy it is given is in clear, in a private folder, and goes some minutes later, when the vault is locked, or at the
next start where the program was killed.
"""

import asyncio
import os
from collections.abc import Awaitable, Callable
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path

from mes_app.domain.content_types import DICOM, JPEG, PDF, PNG, RTF, TEXT, TIFF, sniff_content_type
from mes_app.domain.documents import Content
from mes_app.errors import NotAllowed, Reason

Launch = Callable[[Path], None]
"""Opens a file with the app of the system. Raises NotAllowed(NO_APP)."""

MINUTES = 10
_HARMLESS = frozenset({PDF, JPEG, PNG, TIFF, RTF, TEXT, DICOM})
"""What an app only shows. A clinical document is a page of XML, which a browser would run."""


class Outside:
    """The copies of one open vault. ``launch`` is None where there is no way; ``pause`` waits for seconds."""

    def __init__(
        self,
        open_temporary: Callable[[], AbstractContextManager[Path]],
        launch: Launch | None,
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._open_temporary = open_temporary
        self._launch = launch
        self._pause = pause
        self._waits: set[asyncio.Future[None]] = set()
        self._over = False

    def takes(self, content: Content | None) -> bool:
        """Whether there is a way, and ``content``, where it is here already, may go. Judged by its bytes alone."""
        harmless = content is None or sniff_content_type(content.data) in _HARMLESS
        return harmless and self._launch is not None

    async def open(self, content: Content) -> None:
        """Give a copy to the app that the system has for it. Raises NotAllowed(NO_APP)."""
        if self._launch is None or not self.takes(content):
            raise NotAllowed(Reason.NO_APP)
        with ExitStack() as copy:
            place = copy.enter_context(self._open_temporary()) / content.file_name
            await asyncio.to_thread(_write, place, content.data)
            await asyncio.to_thread(self._launch, place)
            if not self._over:
                self._keep(copy.pop_all())

    async def stop(self) -> None:
        """Remove every copy now, and those that are being made."""
        self._over = True
        waits = [*self._waits]
        for wait in waits:
            wait.cancel()
        await asyncio.gather(*waits, return_exceptions=True)

    def _keep(self, copy: ExitStack) -> None:
        def forget(wait: asyncio.Future[None]) -> None:
            self._waits.discard(wait)
            copy.close()

        wait = asyncio.ensure_future(self._pause(MINUTES * 60))
        self._waits.add(wait)
        wait.add_done_callback(forget)


def _write(place: Path, data: bytes) -> None:
    with os.fdopen(os.open(place, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
        file.write(data)
