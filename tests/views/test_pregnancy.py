"""The booklet of a pregnancy on screen."""

from datetime import date, timedelta
from pathlib import Path

import flet as ft

from mes_app.i18n import t
from mes_app.views.state import read_today
from tests.views.rooms import Rooms, tell

HEALTH = 2


async def open_booklet(rooms: Rooms) -> None:
    await rooms.go(HEALTH)
    await rooms.press(f"^{t('sections.pregnancies.title')}$")
    await rooms.until(lambda: bool(list_ways(rooms)))


def list_ways(rooms: Rooms) -> list[ft.FilledButton]:
    return [button for button in rooms.app.all(ft.FilledButton) if button.content == t("forms.add")]


async def note(rooms: Rooms, day: date, **choices: str) -> None:
    """Fill in the form of a pregnancy, from the first day of the last period."""
    await open_booklet(rooms)
    await rooms.app.click(list_ways(rooms)[-1])
    await rooms.see(f"^{t('forms.add_pregnancies')}$")
    for choice in ("last_period", *choices):
        await pick(rooms, choice)
    await rooms.app.settle()
    for box, words in zip(list_boxes(rooms), (day.day, day.month, day.year, *choices.values()), strict=False):
        await rooms.app.type(box, str(words))
    await rooms.press(f"^{t('forms.save')}$")
    await rooms.until(lambda: bool(list_ways(rooms)))


def list_boxes(rooms: Rooms) -> list[ft.TextField]:
    _search, *boxes = rooms.app.all(ft.TextField)
    return boxes


async def pick(rooms: Rooms, choice: str) -> None:
    groups = rooms.app.all(ft.RadioGroup)
    mine = (g for g in groups if any(r.value == choice for r in rooms.app.walk(g) if isinstance(r, ft.Radio)))
    await rooms.app.fire(next(mine), "change", choice, value=choice)


async def choose(rooms: Rooms, key: str, words: str) -> None:
    tile = next(tile for tile in rooms.app.all(ft.ExpansionTile) if tile.key == key)
    buttons = [found for found in rooms.app.walk(tile) if isinstance(found, ft.OutlinedButton)]
    await rooms.app.click(next(button for button in buttons if button.content == t(words)))


def test_the_week_what_comes_next_and_the_whole_calendar_are_told(tmp_path: Path) -> None:
    async def story(rooms: Rooms) -> None:
        await note(rooms, read_today() - timedelta(weeks=23, days=4))
        await rooms.see(r"^23 SA \+ 4 j$")
        await rooms.see(f"^{t('prevention.now')}$")
        assert {"mat-exam-1", "mat-echo-3", "mat-post-2"} <= {str(each.key) for each in rooms.app.all(ft.ExpansionTile)}
        await choose(rooms, "mat-epp", "prevention.mark_done")
        await rooms.see(f"{t('prevention.done_somewhere')}$")
        await choose(rooms, "mat-epp", "prevention.unmark")
        await rooms.gone(f"{t('prevention.done_somewhere')}$")
        await choose(rooms, "mat-echo-2", "prevention.plan")
        await rooms.see(f"^{t('forms.add_appointments')}$")
        assert any("Échographie" in str(field.value) for field in rooms.app.all(ft.TextField))

    tell(story, tmp_path)


def test_one_that_ended_is_told_soberly_and_is_hidden_and_shown_again(tmp_path: Path) -> None:
    async def story(rooms: Rooms) -> None:
        await note(rooms, date(2025, 1, 10), ended="")
        await rooms.see("^Grossesse terminée$")
        assert not rooms.app.all(ft.ExpansionTile)
        await rooms.press(f"^{t('pregnancy.hide')}$")
        await rooms.gone("^Grossesse terminée$")
        await rooms.press(f"^{t('pregnancy.show_hidden', count=1)}$")
        await rooms.see(f"^{t('pregnancy.hidden_here')}$")
        await rooms.press(f"^{t('pregnancy.show')}$")
        await rooms.gone(f"^{t('pregnancy.hidden_here')}$")
        assert "Grossesse terminée" in rooms.app.texts()

    tell(story, tmp_path)


def test_a_child_is_offered_no_booklet_of_pregnancy(tmp_path: Path) -> None:
    async def story(rooms: Rooms) -> None:
        await rooms.press("^Jeanne( Martin)?$")
        await rooms.see(t("home.synthesis"))
        await rooms.go(HEALTH)
        await rooms.see(f"^{t('prevention.title_child')}$")
        assert t("sections.pregnancies.title") not in rooms.app.texts()

    tell(story, tmp_path)
