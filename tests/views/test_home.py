"""The first screen of a person: what prevention offers now, put aside and taken back."""

import re
from pathlib import Path

import flet as ft

from mes_app.i18n import t
from tests.views.rooms import Rooms, tell


def list_choices(rooms: Rooms) -> list[ft.PopupMenuItem]:
    return [item for item in rooms.app.all(ft.PopupMenuItem) if item.content == t("prevention.mark_not_for_me")]


def test_three_lines_of_prevention_at_most_each_put_aside_and_taken_back(tmp_path: Path) -> None:
    async def story(rooms: Rooms) -> None:
        await rooms.press("^Jeanne( Martin)?$")
        await rooms.see(f"^{t('prevention.title')}$")
        before = len(list_choices(rooms))
        assert 1 <= before <= 3
        await rooms.app.click(list_choices(rooms)[0])
        await rooms.see(f"^{t('prevention.marked')}$")
        await rooms.until(lambda: any(button.content == t("prevention.unmark") for button in ways(rooms)))
        undo = next(button for button in ways(rooms) if button.content == t("prevention.unmark"))
        await rooms.app.click(undo)
        await rooms.gone(f"^{t('prevention.marked')}$")
        await rooms.until(lambda: len(list_choices(rooms)) == before)

    tell(story, tmp_path)


def ways(rooms: Rooms) -> list[ft.TextButton]:
    return rooms.app.all(ft.TextButton)


def test_the_way_to_all_of_it_leads_to_prevention(tmp_path: Path) -> None:
    async def story(rooms: Rooms) -> None:
        await rooms.press("^Jeanne( Martin)?$")
        await rooms.see(f"^{t('home.prevention_told')}$")
        await rooms.app.click([button for button in ways(rooms) if button.content == t("home.all_prevention")][-1])
        await rooms.see(re.escape(t("prevention.told")))

    tell(story, tmp_path)
