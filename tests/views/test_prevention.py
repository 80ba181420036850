"""Prevention on screen: of a child, of an adult, and what one says of it."""

from pathlib import Path

import flet as ft

from mes_app.i18n import t
from tests.views.rooms import Rooms, tell

HEALTH = 2


async def open_prevention(rooms: Rooms, name: str = "") -> None:
    if name:
        await rooms.press(f"^{name}( Martin)?$")
        await rooms.see(t("home.synthesis"))
    await rooms.go(HEALTH)
    await rooms.press(f"^{t('prevention.title_child' if name else 'prevention.title')}$")
    await rooms.see(t("prevention.told"))


def tiles(rooms: Rooms) -> dict[str, ft.ExpansionTile]:
    return {str(tile.key): tile for tile in rooms.app.all(ft.ExpansionTile)}


async def choose(rooms: Rooms, key: str, words: str) -> None:
    """Press the button of ``words`` under the topic of ``key``."""
    buttons = [found for found in rooms.app.walk(tiles(rooms)[key]) if isinstance(found, ft.OutlinedButton)]
    await rooms.app.click(next(button for button in buttons if button.content == t(words)))


def test_of_a_child_the_twenty_examinations_and_the_next_dose_of_each_vaccine_are_told(tmp_path: Path) -> None:
    async def story(rooms: Rooms) -> None:
        await open_prevention(rooms, "Jeanne")
        await rooms.see(f"^{t('prevention.kind_exams')}$")
        assert len([key for key in tiles(rooms) if key.startswith("exam-")]) == 20
        await rooms.see("^3 sur 3 faits.*")
        await rooms.see("^1 sur 2 faits · dose 2.*obligatoire, à partir du")
        assert t("prevention.now") in rooms.app.texts()

    tell(story, tmp_path)


def test_of_an_adult_no_examination_of_childhood_is_told_and_a_screening_is(tmp_path: Path) -> None:
    async def story(rooms: Rooms) -> None:
        await open_prevention(rooms)
        await rooms.see(f"^{t('prevention.kind_screenings')}$")
        assert t("prevention.kind_exams") not in rooms.app.texts()

    tell(story, tmp_path)


def test_what_was_done_elsewhere_is_noted_and_taken_back(tmp_path: Path) -> None:
    async def story(rooms: Rooms) -> None:
        await open_prevention(rooms, "Jeanne")
        await choose(rooms, "exam-09", "prevention.mark_done")
        await rooms.see(f"{t('prevention.done_somewhere')}$")
        await choose(rooms, "exam-09", "prevention.unmark")
        await rooms.gone(f"{t('prevention.done_somewhere')}$")
        await choose(rooms, "exam-20", "prevention.mark_not_for_me")
        await rooms.see(f"^{t('prevention.marked')}$")
        assert t("prevention.state_not_for_me") in rooms.app.texts()

    tell(story, tmp_path)


def test_a_person_may_want_to_be_told_whatever_their_registered_sex(tmp_path: Path) -> None:
    async def story(rooms: Rooms) -> None:
        await open_prevention(rooms)
        await rooms.see(f"^{t('prevention.choices')}$")
        box = next(box for box in rooms.app.all(ft.Checkbox) if not box.value)
        await rooms.app.fire(box, "change", "true", value=True)
        await rooms.until(lambda: all(box.value for box in rooms.app.all(ft.Checkbox)))
        assert len(rooms.app.all(ft.Checkbox)) == 2

    tell(story, tmp_path)


def test_a_certificate_counts_until_it_is_said_to_be_something_else_which_is_taken_back(tmp_path: Path) -> None:
    async def story(rooms: Rooms) -> None:
        await open_prevention(rooms, "Jeanne")
        told = t("prevention.told_by", title="Deuxième certificat de santé (9 mois)")
        again = t("prevention.take_back", title="Deuxième certificat de santé (9 mois)")
        await press_way(rooms, told, "prevention.deny")
        await rooms.until(lambda: again in ways(rooms) and told not in ways(rooms))
        await rooms.app.click(next(way for way in rooms.app.all(ft.TextButton) if way.content == again))
        await rooms.until(lambda: told in ways(rooms) and again not in ways(rooms))

    tell(story, tmp_path)


async def press_way(rooms: Rooms, told: str, words: str) -> None:
    """Press the button of ``words`` beside that of ``told``."""
    await rooms.until(lambda: told in ways(rooms))
    row = next(row for row in rooms.app.all(ft.Row) if any(getattr(c, "content", None) == told for c in row.controls))
    await rooms.app.click(next(c for c in row.controls if isinstance(c, ft.TextButton) and c.content == t(words)))


def ways(rooms: Rooms) -> list[object]:
    return [way.content for way in rooms.app.all(ft.TextButton)]
