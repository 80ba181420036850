"""Stories told on the real demonstration: the family of assets in a real encrypted vault, drawn without a browser."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from pathlib import Path

import flet as ft
from flet.controls.base_control import BaseControl

from mes_app.bootstrap import make_carnets
from mes_app.config import read_config
from mes_app.i18n import t
from mes_app.main import make_main
from tests.views.harness import App

PATIENCE = 20


class Rooms:
    """The app of one person in the demonstration. Reading happens on threads: what is looked for is waited for."""

    def __init__(self, app: App) -> None:
        self.app = app

    async def until(self, told: Callable[[], bool]) -> None:
        """Wait until ``told()``; after a while say what was on screen instead."""
        try:
            async with asyncio.timeout(PATIENCE):
                while not told():
                    await self.app.settle()
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
        await self.until(lambda: bool(self._pressable(pattern)))
        await self.app.click(self._pressable(pattern)[-1])

    async def go(self, destination: int) -> None:
        """Go to a destination of the navigation bar."""
        bar = self.app.all(ft.NavigationBar)[-1]
        await self.app.fire(bar, "change", destination, selected_index=destination)

    def _pressable(self, pattern: str) -> list[BaseControl]:
        return [c for c in self.app.walk() if getattr(c, "on_click", None) and self._says(c, pattern)]

    def _says(self, control: BaseControl, pattern: str) -> bool:
        words = (
            getattr(found, "value", None) or getattr(found, "semantics_label", None) or getattr(found, "content", None)
            for found in self.app.walk(control)
        )
        return any(isinstance(word, str) and re.search(pattern, word) for word in words)


def tell(story: Callable[[Rooms], Awaitable[None]], folder: Path, *, width: int = 390) -> None:
    """Run ``story`` in a new demonstration, with ``folder`` for data."""
    carnets = make_carnets(read_config(folder))

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
