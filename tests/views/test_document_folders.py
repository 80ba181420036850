"""Folders and pins on the screen."""

from pathlib import Path

import flet as ft

from mes_app.i18n import t
from tests.views.rooms import Rooms, tell

DOCUMENTS = 1
BILAN = "^Biologie : bilan annuel$"


def find_chip(rooms: Rooms, words: str) -> ft.Chip:
    (found,) = [chip for chip in rooms.app.all(ft.Chip) if chip.label == words]
    return found


def list_titles(rooms: Rooms) -> list[str]:
    """Of the documents in the list."""
    shown = [part for view in rooms.app.all(ft.ListView) for part in rooms.app.walk(view)]
    titles = [part.title for part in shown if isinstance(part, ft.ListTile)]
    return [title.value for title in titles if isinstance(title, ft.Text)]


def list_headings(rooms: Rooms) -> list[str]:
    found = [
        heading for heading in rooms.app.all(ft.Semantics, header=True) if isinstance(heading.content, ft.Container)
    ]
    return [text.value for heading in found for text in rooms.app.walk(heading) if isinstance(text, ft.Text)]


async def see_title(rooms: Rooms, title: str, *, alone: bool = False) -> None:
    await rooms.until(lambda: title in list_titles(rooms) and (not alone or len(list_titles(rooms)) == 1))


async def choose_item(rooms: Rooms, words: str) -> None:
    """Press an item of a menu, that of the sheet shown last."""
    await rooms.until(lambda: any(item.content == words for item in rooms.app.all(ft.PopupMenuItem)))
    await rooms.app.click([item for item in rooms.app.all(ft.PopupMenuItem) if item.content == words][-1])


async def name_folder(rooms: Rooms, name: str, button: str) -> None:
    field = [field for field in rooms.app.all(ft.TextField) if field.label == t("folders.name")][-1]
    await rooms.app.type(field, name)
    await rooms.press(f"^{button}$")


def test_a_document_is_moved_to_a_new_folder_which_is_opened_renamed_left_and_deleted(tmp_path: Path) -> None:
    async def story(rooms: Rooms) -> None:
        await rooms.app.fire(rooms.app.one(ft.NavigationRail), "change", DOCUMENTS, selected_index=DOCUMENTS)
        await rooms.press(BILAN)
        await choose_item(rooms, t("folders.move"))
        await rooms.see(t("folders.empty"))
        await rooms.press(t("folders.new"))
        await name_folder(rooms, "Genou", t("folders.create"))
        await rooms.see(t("folders.moved"))
        await rooms.press(t("documents.details"))
        await rooms.see("^Genou$")
        await rooms.press(t("app.close"))
        await rooms.app.fire(find_chip(rooms, t("folders.title")), "select")
        await rooms.press("^Genou$")
        await see_title(rooms, "Biologie : bilan annuel", alone=True)
        await rooms.app.fire(find_chip(rooms, "Genou"), "select")
        await choose_item(rooms, t("folders.rename"))
        await name_folder(rooms, "Jambe", t("folders.rename"))
        await rooms.until(lambda: any(chip.label == "Jambe" for chip in rooms.app.all(ft.Chip)))
        await choose_item(rooms, t("folders.delete"))
        await rooms.see(t("folders.deleted"))
        await rooms.until(lambda: len(list_titles(rooms)) > 5)
        assert find_chip(rooms, t("folders.title")).selected is False

    tell(story, tmp_path, width=1280)


def test_a_name_already_taken_is_told_in_the_field_and_an_empty_folder_says_so(tmp_path: Path) -> None:
    async def story(rooms: Rooms) -> None:
        await rooms.go(DOCUMENTS)
        await rooms.see(BILAN)
        await rooms.app.fire(find_chip(rooms, t("folders.title")), "select")
        for name in ("Été", "ete"):
            await rooms.press(t("folders.new"))
            await name_folder(rooms, name, t("folders.create"))
        await rooms.until(lambda: any(field.error for field in rooms.app.all(ft.TextField)))
        await rooms.press(f"^{t('app.cancel')}$")
        await rooms.press("^Été$")
        await rooms.see(t("folders.nothing"))
        await rooms.app.fire(find_chip(rooms, "Été"), "delete")
        await rooms.see(BILAN)

    tell(story, tmp_path)


def test_a_pinned_document_comes_first_under_its_own_heading_until_that_is_undone(tmp_path: Path) -> None:
    async def story(rooms: Rooms) -> None:
        await rooms.app.fire(rooms.app.one(ft.NavigationRail), "change", DOCUMENTS, selected_index=DOCUMENTS)
        await rooms.see(BILAN)
        last = list_titles(rooms)[-1]
        await rooms.press(f"^{last}$")
        await choose_item(rooms, t("folders.pin"))
        await rooms.until(lambda: list_titles(rooms)[0] == last)
        assert list_headings(rooms)[0] == t("folders.pins")
        assert any(icon.semantics_label == t("folders.is_pinned") for icon in rooms.app.all(ft.Icon))
        await rooms.app.fire(rooms.app.all(ft.SnackBar)[-1], "action")
        await rooms.until(lambda: list_titles(rooms)[0] != last)
        assert list_headings(rooms)[0] != t("folders.pins")

    tell(story, tmp_path, width=1280)
