"""Links on screen: chosen with an entry, seen from both ends, made with a search, undone, and taken back."""

from pathlib import Path

import flet as ft

from mes_app.i18n import t
from tests.views.rooms import Rooms, tell

HEALTH = 2
PILL = "Doliprane 1000"


async def fill(rooms: Rooms, label: str, words: str) -> None:
    (named,) = [found for found in rooms.app.all(ft.Semantics, label=label) if isinstance(found.content, ft.TextField)]
    assert isinstance(named.content, ft.TextField)
    await rooms.app.type(named.content, words)


async def link(rooms: Rooms, words: str, title: str) -> None:
    """Choose in the sheet, by ``words``, what is called ``title``."""
    await rooms.press(f"^{t('links.add')}$")
    await rooms.until(lambda: bool(rooms.app.all(ft.TextField, label=t("links.search"))))
    await rooms.app.type(rooms.app.all(ft.TextField, label=t("links.search"))[-1], "prescription zzz")
    await rooms.see(f"^{t('links.not_found')}$")
    await rooms.app.type(rooms.app.all(ft.TextField, label=t("links.search"))[-1], words)
    await rooms.press(f"^{title}")


async def add_treatment(rooms: Rooms) -> None:
    """A new one, linked to its prescription before it is saved."""
    await rooms.go(HEALTH)
    await rooms.press(f"^{t('sections.treatments.title')}$")
    await rooms.until(lambda: bool(rooms.app.all(ft.FilledButton, content=t("forms.add"))))
    await rooms.app.click(rooms.app.all(ft.FilledButton, content=t("forms.add"))[-1])
    await rooms.see(f"^{t('forms.add_treatments')}$")
    await fill(rooms, t("sections.treatments.medicine"), PILL)
    await link(rooms, "ordonnance", "Ordonnance")
    await rooms.until(lambda: len(list_linked(rooms)) == 1)
    await rooms.press(f"^{t('forms.save')}$")
    await rooms.press(f"^{PILL}$")
    await rooms.until(lambda: len(list_linked(rooms)) == 1)


def list_linked(rooms: Rooms) -> list[ft.ListTile]:
    """The documents that a record is linked to, not those of a sheet: sheets stay in the harness."""
    inside = {id(found) for sheet in rooms.app.all(ft.BottomSheet) for found in rooms.app.walk(sheet)}
    tiles = [tile for tile in rooms.app.all(ft.ListTile) if id(tile) not in inside]
    said = f"{t('sections.documents.title')} · "
    return [tile for tile in tiles if isinstance(tile.subtitle, ft.Text) and str(tile.subtitle.value).startswith(said)]


def test_what_a_professional_linked_is_seen_from_both_ends_and_opens(tmp_path: Path) -> None:
    async def story(rooms: Rooms) -> None:
        await rooms.go(HEALTH)
        await rooms.press(f"^{t('sections.treatments.title')}$")
        await rooms.press("^Lévothyroxine 75 µg, comprimé$")
        await rooms.see(f"^{t('links.title')}$")
        assert t("links.add") not in rooms.app.texts()
        await rooms.press(f"^{t('sections.conditions.title')} · ")
        await rooms.see(f"^{t('sections.treatments.title')} · ")

    tell(story, tmp_path)


def test_a_treatment_is_added_with_its_prescription_linked_to_more_undone_and_taken_back(tmp_path: Path) -> None:
    async def story(rooms: Rooms) -> None:
        await add_treatment(rooms)
        await link(rooms, "mutuelle", "Attestation")
        await rooms.see(f"^{t('links.linked')}$")
        await rooms.until(lambda: len(list_linked(rooms)) == 2)
        await rooms.app.fire(rooms.app.all(ft.SnackBar)[-1], "action")
        await rooms.until(lambda: len(list_linked(rooms)) == 1)
        await rooms.app.click(list_linked(rooms)[0])
        await rooms.until(lambda: any(item.content == t("links.add") for item in rooms.app.all(ft.PopupMenuItem)))
        await rooms.app.click([one for one in rooms.app.all(ft.PopupMenuItem) if one.content == t("links.add")][-1])
        remove = t("links.remove", title=PILL)
        await rooms.until(lambda: bool(rooms.app.all(ft.IconButton, tooltip=remove)))
        await rooms.app.click(rooms.app.all(ft.IconButton, tooltip=remove)[-1])
        await rooms.see(f"^{t('links.unlinked')}$")
        await rooms.until(lambda: not rooms.app.all(ft.TextButton, content=PILL))

    tell(story, tmp_path)
