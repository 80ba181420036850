"""Where restoring a backup stands, before any record is open. Forgotten as soon as nobody restores."""

import asyncio
from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

import flet as ft

from mes_app.errors import MesError
from mes_app.services.session import Session


class RestoreStep(StrEnum):
    """The questions in their order, then the work; the value is their address."""

    FILE = "/restauration"
    PASSPHRASE = "/restauration/phrase"  # noqa: S105 - an address
    SECRET = "/restauration/code"  # noqa: S105 - an address
    WORK = "/restauration/travail"


_ORDER = tuple(RestoreStep)


@dataclass(frozen=True)
class Backup:
    """The file chosen. ``keeper``: holds the folder it was put in where a browser gives contents and no path."""

    name: str
    size: int
    path: Path
    keeper: ExitStack = field(default_factory=ExitStack)


@ft.observable
@dataclass
class Restoring:
    """What the questions have learnt. ``refused``: why the secret chosen for this device was not taken."""

    step: RestoreStep = RestoreStep.FILE
    backup: Backup | None = None
    passphrase: str = field(default="", repr=False)
    secret: str = field(default="", repr=False)
    refused: MesError | None = None
    work: asyncio.Task[Session] | None = field(default=None, repr=False)

    def choose(self, backup: Backup) -> None:
        """Go on with this file, and forget the one before it."""
        self.forget()
        self.backup, self.step = backup, RestoreStep.PASSPHRASE

    def go_back(self) -> bool:
        """Show the question before, interrupting the work; False at the first one, when nothing is kept any more."""
        place = _ORDER.index(self.step)
        if self.step is RestoreStep.WORK:
            self.stop()
        if place == 0:
            self.forget()
            return False
        self.step = _ORDER[place - 1]
        return True

    def stop(self) -> None:
        """Interrupt the work; the secret is chosen again before it goes on."""
        self.secret = ""
        if self.work:
            self.work.cancel()

    def forget(self) -> None:
        """Keep nothing, neither in memory nor on the disk."""
        if self.backup:
            self.backup.keeper.close()
        self.step, self.backup, self.passphrase, self.secret, self.refused = RestoreStep.FILE, None, "", "", None


def hold_backup(file: ft.FilePickerFile, open_temporary: Callable[[], AbstractContextManager[Path]]) -> Backup:
    """A file that the person picked; one without a path is written to a temporary folder."""
    if file.path:
        return Backup(file.name, file.size, Path(file.path))
    with ExitStack() as undo:
        path = undo.enter_context(open_temporary()) / "backup"
        path.write_bytes(file.bytes or b"")
        return Backup(file.name, file.size, path, undo.pop_all())
