"""Calling a document by a title of one's own."""

from pathlib import Path

import flet as ft

from mes_app.i18n import t
from tests.views.rooms import Rooms, tell
from tests.views.test_document_visibility import DOCUMENTS, NOTES, open_menu_item, undo

MINE = "Pour la sage-femme"


async def rename(rooms: Rooms, title: str) -> None:
    await open_menu_item(rooms, t("naming.rename"))
    await rooms.see(t("naming.told"))
    field = [field for field in rooms.app.all(ft.TextField) if field.label == t("naming.title")][-1]
    await rooms.app.type(field, title)
    await rooms.press(f"^{t('naming.save')}$")


def test_a_title_of_ones_own_is_shown_beside_the_original_one_and_gives_way_when_undone_or_emptied(
    tmp_path: Path,
) -> None:
    async def story(rooms: Rooms) -> None:
        await rooms.go(DOCUMENTS)
        await rooms.press(NOTES)
        await rename(rooms, MINE)
        await rooms.see(f"^{MINE}$")
        await rooms.gone(NOTES)
        await rooms.press(f"^{t('documents.details')}$")
        await rooms.see(NOTES)
        await undo(rooms)
        await rooms.see(NOTES)
        await rename(rooms, MINE)
        await rooms.see(f"^{MINE}$")
        await rename(rooms, "")
        await rooms.gone(f"^{MINE}$")

    tell(story, tmp_path)
