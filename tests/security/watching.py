"""The same as ``tests.security.remembering``, in front of screens: run as ``python -m tests.security.watching``."""

import asyncio
import sys
from pathlib import Path

import flet as ft

from mes_app.i18n import t
from mes_app.main import make_main
from tests.security.remembering import Person, obey
from tests.views.harness import App
from tests.views.rooms import Rooms


class Onlooker(Person):
    """What it does, it does on screens drawn without a browser."""

    async def unlock(self, secret: str) -> None:
        self._app = await App(make_main(lambda: self._carnets)).__aenter__()
        self._rooms = Rooms(self._app)
        await self._app.press_keys(secret)
        await self._app.click(self._app.button(t("lock.unlock")))
        await self._rooms.see(t("home.title"))

    async def read(self) -> None:
        """The list of documents and one of them."""
        bar = self._app.all(ft.NavigationBar)[-1]
        await self._app.fire(bar, "change", 1, selected_index=1)
        await self._rooms.press("^Quetzalium 1$")
        await self._rooms.see("suite")

    async def lock(self) -> None:
        """As by idle time: nobody pressed anything."""
        await self._carnets.vault.lock()
        await self._rooms.see(t("lock.title"))


if __name__ == "__main__":
    asyncio.run(obey(Onlooker(Path(sys.argv[1]), Path(sys.argv[2]))))
