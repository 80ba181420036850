"""Stories told on the real demonstration: the family of assets in a real encrypted vault, drawn without a browser."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path

import flet as ft
from flet.controls.base_control import BaseControl

from mes_app.bootstrap import make_carnets
from mes_app.config import read_config
from mes_app.i18n import t
from mes_app.main import make_main
from tests.views.families import ReadOnce
from tests.views.harness import App

PATIENCE = 20


class Rooms:
    """The app of one person in the demonstration. Reading happens on threads: what is looked for is waited for."""

    def __init__(self, app: App) -> None:
        self.app = app

    async def until(self, told: Callable[[], object]) -> None:
        """Wait until ``told()``; after a while say what was on screen instead."""
        try:
            async with asyncio.timeout(PATIENCE):
                await self.app.until(told)
        except TimeoutError:
            raise AssertionError(self.app.texts()) from None
        await self.app.settle()

    async def see(self, pattern: str) -> None:
        """Wait until some text matches."""
        await self.until(lambda: any(re.search(pattern, text) for text in self.app.texts()))

    async def gone(self, pattern: str) -> None:
        """Wait until no text matches."""
        await self.until(lambda: not any(re.search(pattern, text) for text in self.app.texts()))

    async def press(self, pattern: str) -> None:
        """Press the innermost control that holds a text that matches."""
        await self.until(lambda: self._find_pressable(pattern))
        found = self._find_pressable(pattern)
        assert found
        await self.app.click(found)

    async def go(self, destination: int) -> None:
        """Go to a destination of the navigation bar."""
        bar = self.app.all(ft.NavigationBar)[-1]
        await self.app.fire(bar, "change", destination, selected_index=destination)

    def _find_pressable(self, pattern: str) -> BaseControl | None:
        pressed = [control for control in self.app.walk() if getattr(control, "on_click", None)]
        return next((control for control in reversed(pressed) if self._says(control, pattern)), None)

    def _says(self, control: BaseControl, pattern: str) -> bool:
        words = (
            getattr(found, "value", None) or getattr(found, "semantics_label", None) or getattr(found, "content", None)
            for found in self.app.walk(control)
        )
        return any(isinstance(word, str) and re.search(pattern, word) for word in words)


def tell(story: Callable[[Rooms], Awaitable[None]], folder: Path, *, width: int = 390) -> None:
    """Run ``story`` in a new demonstration, with ``folder`` for data. What it begins with is kept beside that."""
    carnets = make_carnets(read_config(folder))
    carnets = replace(carnets, demonstration=ReadOnce(carnets.demonstration, folder.parent / "family"))

    async def run() -> None:
        try:
            async with App(make_main(lambda: carnets), width=width) as app:
                rooms = Rooms(app)
                await rooms.press(t("login.try_demonstration"))
                await rooms.see(t("home.title"))
                await story(rooms)
        finally:
            await carnets.vault.lock()

    asyncio.run(run())
