"""Hiding documents from professionals, and deleting one's own."""

import re
from pathlib import Path

import flet as ft

from mes_app.i18n import t
from tests.views.rooms import Rooms, tell

DOCUMENTS = 1
BILAN = "^Biologie : bilan annuel$"
HIDDEN = "^Entretien postnatal précoce$"
NOTES = "^Notes pour le prochain rendez-vous$"


async def open_menu_item(rooms: Rooms, words: str) -> None:
    """Press an item of the menu of the document that is open."""

    def find() -> list[ft.PopupMenuItem]:
        return [item for menu in rooms.app.all(ft.PopupMenuButton) for item in menu.items if item.content == words]

    await rooms.until(lambda: bool(find()))
    await rooms.app.click(find()[-1])


def read_room_below(rooms: Rooms) -> float:
    """Pixels below the menu of the document that is open."""
    return max(
        float(each.padding.bottom)
        for each in rooms.app.all(ft.Container)
        if isinstance(each.padding, ft.Padding) and each.width == float("inf")
    )


async def undo(rooms: Rooms) -> None:
    """Press « Annuler » in the bar that shows."""
    (bar,) = [bar for bar in rooms.app.all(ft.SnackBar) if bar.open]
    await rooms.app.fire(bar, "action")


def test_a_document_is_hidden_says_that_this_is_asked_and_is_shown_again_by_undoing(tmp_path: Path) -> None:
    async def story(rooms: Rooms) -> None:
        await rooms.go(DOCUMENTS)
        await rooms.press(BILAN)
        await open_menu_item(rooms, t("visibility.hide"))
        await rooms.see(f"^{t('visibility.standing.hidden.requested')}$")
        assert read_room_below(rooms) > 64, "the bar which undoes does not cover what can be done with the document"
        await undo(rooms)
        await rooms.gone(f"^{t('visibility.standing.hidden.requested')}$")
        await rooms.see(f"^{t('forms.undone')}$")
        assert read_room_below(rooms) > 64, "nor does what is said next"
        (last,) = [bar for bar in rooms.app.all(ft.SnackBar) if bar.open]
        await rooms.app.fire(last, "dismiss")
        await rooms.until(lambda: read_room_below(rooms) < 64)

    tell(story, tmp_path)


def test_the_details_of_a_hidden_document_say_who_reads_it_all_the_same(tmp_path: Path) -> None:
    async def story(rooms: Rooms) -> None:
        await rooms.go(DOCUMENTS)
        await rooms.press(HIDDEN)
        await rooms.press(t("documents.details"))
        await rooms.see(t("visibility.still_read"))
        await rooms.see(re.escape(t("visibility.standing.hidden.unenforced")))

    tell(story, tmp_path)


def test_z1_a_document_of_a_professional_is_not_deleted_and_hiding_is_offered_instead(tmp_path: Path) -> None:
    async def story(rooms: Rooms) -> None:
        await rooms.go(DOCUMENTS)
        await rooms.press(BILAN)
        await open_menu_item(rooms, t("visibility.deleting.delete"))
        await rooms.see(t("visibility.deleting.refused_told"))
        await rooms.press(t("visibility.hide"))
        await rooms.see(f"^{t('visibility.standing.hidden.requested')}$")
        assert not any(dialog.open for dialog in rooms.app.all(ft.AlertDialog))

    tell(story, tmp_path)


def test_z1_a_document_of_ones_own_is_deleted_and_comes_back_by_undoing(tmp_path: Path) -> None:
    async def story(rooms: Rooms) -> None:
        await rooms.go(DOCUMENTS)
        await rooms.press(NOTES)
        await open_menu_item(rooms, t("visibility.deleting.delete"))
        await rooms.see(t("visibility.deleting.deleted"))
        await rooms.gone(NOTES)
        await undo(rooms)
        await rooms.see(NOTES)

    tell(story, tmp_path)


def test_all_documents_are_hidden_in_one_tap_and_what_is_new_by_choice(tmp_path: Path) -> None:
    async def story(rooms: Rooms) -> None:
        await rooms.go(DOCUMENTS)
        await rooms.press(f"^{t('visibility.title')}$")
        await rooms.see(t("visibility.still_read"))
        await rooms.see("^1 document masqué sur")
        assert not rooms.app.one(ft.Switch).value
        await rooms.press(t("visibility.new_hidden"))
        await rooms.until(lambda: bool(rooms.app.one(ft.Switch).value))
        await rooms.press(f"^{t('visibility.hide_all')}$")
        await rooms.see(t("visibility.all_hidden"))
        await rooms.press(f"^{t('visibility.title')}$")
        await rooms.see("documents attendent l’envoi")
        assert rooms.app.all(ft.FilledTonalButton)[-1].disabled

    tell(story, tmp_path)
