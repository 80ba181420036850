"""Writing a backup to the place the person chooses: with its progress, and until it is done or cancelled."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path

import flet as ft

from mes_app.views.state import read_today, use_carnets, use_session
from mes_app.views.widgets.commands import Command
from mes_app.views.widgets.confirming import use_confirmed
from mes_app.views.widgets.progress import Progress, use_progress


class Outcome(Enum):
    """How the last writing ended."""

    NONE = auto()
    STOPPED = auto()
    DONE = auto()


@dataclass(frozen=True)
class Writing:
    """``start`` takes the passphrase. ``command`` runs, or failed, once there is a place to write to."""

    start: Callable[[str], Awaitable[None]]
    cancel: Callable[[], None]
    command: Command
    progress: Progress
    outcome: Outcome


def use_writing() -> Writing:
    """The writing of a backup. It ends when the screen is left; an unfinished file does not stay."""
    session, carnets, page = use_session(), use_carnets(), ft.context.page
    outcome, set_outcome = ft.use_state(Outcome.NONE)
    progress, report = use_progress()
    picker: ft.MutableRef[ft.FilePicker] = ft.use_ref(ft.FilePicker)
    task: ft.MutableRef[asyncio.Task[None]] = ft.use_ref()
    hands_over = page.web or (page.platform is not None and page.platform.is_mobile())
    name = f"mes-carnets-{read_today()}.sauvegarde"

    async def ask_place(content: bytes | None = None) -> str | None:
        carnets.auto_lock.expect_absence()
        place: str | None = await picker.current.save_file(file_name=name, src_bytes=content)
        return place

    async def write(path: Path, passphrase: str) -> Outcome:
        task.current = asyncio.create_task(session.backups.write(path, passphrase, report))
        await asyncio.wait([task.current])
        if task.current.cancelled():
            return Outcome.STOPPED
        task.current.result()
        return Outcome.DONE

    async def save(passphrase: str, place: Path | None) -> None:
        set_outcome(await (write(place, passphrase) if place else hand_over(passphrase)))

    async def hand_over(passphrase: str) -> Outcome:
        """Where an app may not write to a place of the person's, the system takes the bytes from it."""
        with carnets.open_temporary() as folder:
            file = folder / name
            written = await write(file, passphrase)
            if written is not Outcome.DONE:
                return written
            content = await asyncio.to_thread(file.read_bytes)
        return Outcome.DONE if await ask_place(content) or page.web else Outcome.STOPPED

    command = use_confirmed(save)

    async def start(passphrase: str) -> None:
        place = None if hands_over else await ask_place()
        if place or hands_over:
            await command.run(passphrase, Path(place) if place else None)

    def cancel() -> None:
        if task.current:
            task.current.cancel()

    ft.use_effect(lambda: None, [], cleanup=cancel)
    return Writing(start, cancel, command, progress, outcome)
