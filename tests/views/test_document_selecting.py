"""Several documents at once, on the screen."""

from pathlib import Path

import flet as ft

from mes_app.i18n import t
from tests.views.rooms import Rooms, tell
from tests.views.test_document_folders import BILAN, DOCUMENTS, choose_item, list_titles, name_folder


def list_marks(rooms: Rooms) -> list[str | None]:
    signs = {t("selecting.chosen"), t("selecting.not_chosen")}
    return [icon.semantics_label for icon in rooms.app.all(ft.Icon) if icon.semantics_label in signs]


def count_chosen(rooms: Rooms) -> int:
    return list_marks(rooms).count(t("selecting.chosen"))


def told(count: int) -> str:
    return f"^{t('selecting.count', count=count, shown=count)}$"


async def hold(rooms: Rooms, title: str) -> None:
    tile = next(
        tile for tile in rooms.app.all(ft.ListTile) if isinstance(tile.title, ft.Text) and title == tile.title.value
    )
    await rooms.app.fire(tile, "long_press")


def test_a_row_that_is_held_begins_a_selection_that_is_pinned_moved_and_hidden(tmp_path: Path) -> None:
    async def story(rooms: Rooms) -> None:
        await rooms.go(DOCUMENTS)
        await rooms.see(BILAN)
        titles = list_titles(rooms)
        await hold(rooms, titles[1])
        await rooms.see(told(1))
        await rooms.press(f"^{titles[-1]}$")
        await rooms.see(told(2))
        assert (count_chosen(rooms), len(list_marks(rooms))) == (2, len(titles))
        await rooms.press(f"^{t('folders.pin')}$")
        await rooms.see(t("selecting.pinned"))
        await rooms.until(lambda: set(list_titles(rooms)[:2]) == {titles[1], titles[-1]})
        assert list_marks(rooms) == []
        await choose_item(rooms, t("selecting.select"))
        for title in list_titles(rooms)[:2]:
            await rooms.press(f"^{title}$")
        await rooms.press(f"^{t('folders.unpin')}$")
        await rooms.until(lambda: list_titles(rooms) == titles)
        await hold(rooms, titles[0])
        await rooms.press(t("selecting.all"))
        await rooms.see(told(len(titles)))
        await rooms.press(f"^{t('selecting.move')}$")
        await rooms.press(t("folders.new"))
        await name_folder(rooms, "Tout", t("folders.create"))
        await rooms.see(t("selecting.moved"))

    tell(story, tmp_path)


def test_what_a_professional_added_is_hidden_instead_of_deleted_and_ones_own_come_back_from_it(tmp_path: Path) -> None:
    async def story(rooms: Rooms) -> None:
        await rooms.go(DOCUMENTS)
        await rooms.see(BILAN)
        await choose_item(rooms, t("selecting.select"))
        await rooms.see(t("selecting.none"))
        assert all(rooms.app.one(ft.TextButton, content=t(f"selecting.{act}")).disabled for act in ("move", "delete"))
        await rooms.press(BILAN)
        await rooms.see(told(1))
        await rooms.until(lambda: rooms.app.button(t("selecting.hide")) is not None)
        await rooms.press(f"^{t('selecting.delete')}$")
        await rooms.see(t("selecting.refused_told", count=1, shown=1))
        await rooms.press(t("selecting.hide_instead"))
        await rooms.see(t("visibility.hidden"))
        await rooms.until(lambda: any(icon.semantics_label == t("documents.hidden") for icon in rooms.app.all(ft.Icon)))
        await hold(rooms, list_titles(rooms)[0])
        await rooms.press(t("selecting.leave"))
        assert list_marks(rooms) == []
        titles = list_titles(rooms)
        await hold(rooms, titles[0])
        await rooms.press(f"^{titles[1]}$")
        await rooms.see(told(2))
        await rooms.press(f"^{t('selecting.delete')}$")
        await rooms.see(t("selecting.deleted"))
        await rooms.until(lambda: list_titles(rooms) == titles[2:])
        await rooms.app.fire(rooms.app.all(ft.SnackBar)[-1], "action")
        await rooms.until(lambda: list_titles(rooms) == titles)

    tell(story, tmp_path)
