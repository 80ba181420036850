"""Writing a file to the place the person chooses: with its progress, and until it is done or cancelled.

Where the system lets an app write nowhere but in its own folders, it is handed the bytes, and puts them there itself;
on a phone, what is too much to be handed over in memory goes as a file, to the app that the person chooses.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path
from typing import Any

import flet as ft

from mes_app.views.state import use_carnets
from mes_app.views.widgets.commands import Command
from mes_app.views.widgets.confirming import use_confirmed
from mes_app.views.widgets.progress import Progress, use_progress

MOST_IN_MEMORY = 32_000_000
"""Bytes that a phone is asked to hold at once, more than once."""


class Outcome(Enum):
    """How the last writing ended."""

    NONE = auto()
    STOPPED = auto()
    DONE = auto()


@dataclass(frozen=True)
class Writing:
    """``start`` takes what the writing is given. ``command`` runs, or failed, once there is a place to write to.

    Once DONE, ``told`` is what the writing said, and ``folder`` where the file is, None where only the system knows.
    """

    start: Callable[..., Awaitable[None]]
    cancel: Callable[[], None]
    command: Command
    progress: Progress
    outcome: Outcome
    told: Any
    folder: Path | None


@dataclass(frozen=True)
class _Written:
    outcome: Outcome = Outcome.NONE
    told: Any = None
    folder: Path | None = None


_STOPPED = _Written(Outcome.STOPPED)


def use_writing(name: str, write: Callable[..., Awaitable[Any]]) -> Writing:
    """The writing of a file, called ``name`` unless the person says otherwise.

    ``write(path, *given, report)`` may raise Locked(CONFIRM_SECRET), which is then asked. It ends when the screen is
    left; an unfinished file does not stay.
    """
    carnets, page = use_carnets(), ft.context.page
    written, set_written = ft.use_state(_Written())
    progress, report = use_progress()
    picker: ft.MutableRef[ft.FilePicker] = ft.use_ref(ft.FilePicker)
    sharing: ft.MutableRef[ft.Share] = ft.use_ref(ft.Share)
    task: ft.MutableRef[asyncio.Future[Any]] = ft.use_ref()
    hands_over = page.web or (page.platform is not None and page.platform.is_mobile())

    async def ask_place(content: bytes | None = None) -> str | None:
        carnets.auto_lock.expect_absence()
        place: str | None = await picker.current.save_file(file_name=name, src_bytes=content)
        return place

    async def write_to(path: Path, given: tuple[object, ...]) -> _Written:
        task.current = asyncio.ensure_future(write(path, *given, report))
        await asyncio.wait([task.current])
        return _STOPPED if task.current.cancelled() else _Written(Outcome.DONE, task.current.result(), path.parent)

    async def save(place: Path | None, *given: object) -> None:
        set_written(await (write_to(place, given) if place else hand_over(given)))

    async def hand_over(given: tuple[object, ...]) -> _Written:
        with carnets.open_temporary() as folder:
            ended = await write_to(folder / name, given)
            if ended.outcome is not Outcome.DONE:
                return ended
            if not page.web and (folder / name).stat().st_size > MOST_IN_MEMORY:
                return _Written(Outcome.DONE, ended.told) if await share(folder / name) else _STOPPED
            content = await asyncio.to_thread((folder / name).read_bytes)
        handed = await ask_place(content) or page.web
        return _Written(Outcome.DONE, ended.told) if handed else _STOPPED

    async def share(file: Path) -> bool:
        carnets.auto_lock.expect_absence()
        result = await sharing.current.share_files([ft.ShareFile(path=str(file), name=name)])
        return bool(result.status is not ft.ShareResultStatus.DISMISSED)

    command = use_confirmed(save)

    async def start(*given: object) -> None:
        place = None if hands_over else await ask_place()
        if place or hands_over:
            await command.run(Path(place) if place else None, *given)

    def cancel() -> None:
        if task.current:
            task.current.cancel()

    ft.use_effect(lambda: None, [], cleanup=cancel)
    return Writing(start, cancel, command, progress, written.outcome, written.told, written.folder)
