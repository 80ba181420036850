"""The synthesis on the screen."""

from pathlib import Path

import flet as ft

from mes_app.i18n import t
from tests.views.rooms import Rooms, tell


def test_the_synthesis_is_shown_before_it_is_saved_and_made_anew_with_the_number(tmp_path: Path) -> None:
    async def story(rooms: Rooms) -> None:
        await rooms.press(t("home.synthesis"))
        await rooms.until(lambda: bool(_pages(rooms)))
        masked = _pages(rooms)[0]
        switch = rooms.app.one(ft.Switch)
        assert not switch.value
        await rooms.app.fire(switch, "change", True, value=True)
        await rooms.until(lambda: bool(_pages(rooms)) and _pages(rooms)[0] != masked)

    tell(story, tmp_path)


def _pages(rooms: Rooms) -> list[bytes]:
    return [image.src for image in rooms.app.all(ft.Image) if isinstance(image.src, bytes)]
