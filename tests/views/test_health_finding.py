"""Finding the entries of the health profile on screen."""

import re
from pathlib import Path

import flet as ft

from mes_app.i18n import t
from tests.views.closed_stories import go_back
from tests.views.rooms import Rooms, tell

HEALTH = 2
ESCAPE = {"key": "Escape", "shift": False, "ctrl": False, "alt": False, "meta": False}
PILL = "Lévothyroxine 75 µg, comprimé"


def is_heard(rooms: Rooms, words: str) -> bool:
    """Whether a screen reader says ``words`` as soon as they are there."""
    told = [region for region in rooms.app.all(ft.Semantics) if region.live_region]
    return any(isinstance(part, ft.Text) and part.value == words for one in told for part in rooms.app.walk(one))


def list_hits(rooms: Rooms) -> set[str | None]:
    """What stands out."""
    return {span.text for text in rooms.app.all(ft.Text) for span in text.spans or () if span.style}


async def look_for(rooms: Rooms, words: str) -> None:
    await rooms.app.type(rooms.app.one(ft.TextField), words)


def test_what_is_typed_finds_entries_of_every_section_and_one_comes_back_to_them_from_each(tmp_path: Path) -> None:
    async def story(rooms: Rooms) -> None:
        await rooms.go(HEALTH)
        await rooms.see(f"^{t('sections.treatments.title')}$")
        await look_for(rooms, "levothyr")
        await rooms.until(lambda: is_heard(rooms, t("search.found", count=3)))
        assert t("sections.treatments.title") not in rooms.app.texts()
        assert list_hits(rooms) == {"Lévothyr", "lévothyr"}
        await rooms.see(f"^{t('sections.treatments.title')} · ")
        await rooms.press(f"^{PILL}$")
        await rooms.see(f"^{t('sections.treatments.dosage')}$")
        await go_back(rooms.app)
        await rooms.gone(f"^{t('sections.treatments.dosage')}$")
        assert rooms.app.one(ft.TextField).value == "levothyr"
        await look_for(rooms, "introuvable")
        await rooms.until(lambda: is_heard(rooms, t("search.nothing_in_health")))
        await rooms.press(f"^{t('search.clear')}$")
        await rooms.see(f"^{t('sections.treatments.title')}$")

    tell(story, tmp_path)


def test_a_measure_is_found_by_its_name_opens_beside_at_the_enter_key_and_escape_clears(tmp_path: Path) -> None:
    async def story(rooms: Rooms) -> None:
        rail = rooms.app.one(ft.NavigationRail)
        await rooms.app.fire(rail, "change", HEALTH, selected_index=HEALTH)
        await rooms.see(t("health.choose_one"))
        await rooms.app.fire(rooms.app.one(ft.TextField), "focus")
        await look_for(rooms, "POIDS")
        await rooms.see(f"^{t('sections.measures.title')} · .*kg · ")
        await rooms.app.fire(rooms.app.one(ft.TextField), "submit", "POIDS")
        await rooms.see(f"^{t('health.values')}$")
        assert rooms.app.one(ft.TextField).value == "POIDS"
        assert [tile.selected for tile in rooms.app.all(ft.ListTile)].count(True) == 1
        await rooms.app.fire(rooms.app.page, "keyboard_event", ESCAPE)
        await rooms.see(f"^{re.escape(t('sections.treatments.title'))}$")
        assert rooms.app.one(ft.TextField).value == ""

    tell(story, tmp_path, width=1280)


def test_the_page_is_not_built_anew_under_the_tab_key_as_the_field_takes_the_focus_and_gives_it_back(
    tmp_path: Path,
) -> None:
    async def story(rooms: Rooms) -> None:
        rail = rooms.app.one(ft.NavigationRail)
        await rooms.app.fire(rail, "change", HEALTH, selected_index=HEALTH)
        await rooms.see(t("health.choose_one"))
        listening = rooms.app.page.on_keyboard_event
        assert listening
        await rooms.app.fire(rooms.app.one(ft.TextField), "focus")
        assert rooms.app.page.on_keyboard_event is listening
        await look_for(rooms, "POIDS")
        await rooms.app.fire(rooms.app.one(ft.TextField), "blur")
        assert rooms.app.page.on_keyboard_event is listening
        await rooms.app.fire(rooms.app.page, "keyboard_event", ESCAPE)
        assert rooms.app.one(ft.TextField).value == "POIDS"

    tell(story, tmp_path, width=1280)
