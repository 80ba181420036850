"""Saying otherwise what a document of one's own is."""

from pathlib import Path

import flet as ft

from mes_app.domain.documents import Category
from mes_app.errors import Reason, Rejected
from mes_app.i18n import t
from mes_app.i18n.explanations import explain
from tests.views.rooms import Rooms, tell
from tests.views.test_document_visibility import BILAN, DOCUMENTS, NOTES, undo

AGENDA = 3
SAVE = f"^{t('forms.save')}$"
TITLE = "Questions pour la sage-femme"


def items(rooms: Rooms) -> list[ft.PopupMenuItem]:
    """Those of the menu of the document that is open."""
    return [item for menu in rooms.app.all(ft.PopupMenuButton) for item in menu.items if item.icon]


def named(rooms: Rooms, words: str) -> list[ft.PopupMenuItem]:
    return [item for item in items(rooms) if item.content == words]


async def open_form(rooms: Rooms, document: str) -> None:
    await rooms.press(document)
    await rooms.until(lambda: bool(named(rooms, t("forms.change"))))
    await rooms.app.click(named(rooms, t("forms.change"))[-1])
    await rooms.see(f"^{t('forms.change_title')}$")


async def type_title(rooms: Rooms, title: str) -> None:
    field = next(field for field in rooms.app.all(ft.TextField) if field.capitalization)
    await rooms.app.type(field, title)


def test_another_title_and_category_are_shown_at_once_and_undone(tmp_path: Path) -> None:
    async def story(rooms: Rooms) -> None:
        await rooms.go(DOCUMENTS)
        await open_form(rooms, NOTES)
        await type_title(rooms, "")
        await rooms.press(SAVE)
        said = explain(Rejected("title", Reason.MISSING)).what
        await rooms.until(lambda: any(said in str(field.error) for field in rooms.app.all(ft.TextField)))
        await type_title(rooms, TITLE)
        await rooms.app.fire(rooms.app.all(ft.Dropdown)[-1], "select", value=Category.ADMINISTRATIVE.value)
        await rooms.see(f"^{t('adding.paper')}")
        await rooms.press(SAVE)
        await rooms.see(f"^{TITLE}$")
        await rooms.see(f"^{t('forms.changed')}$")
        await undo(rooms)
        await rooms.see(NOTES)
        await rooms.gone(f"^{TITLE}$")

    tell(story, tmp_path)


def test_what_was_typed_is_found_again_above_two_panes_and_may_be_left(tmp_path: Path) -> None:
    async def story(rooms: Rooms) -> None:
        rail = rooms.app.one(ft.NavigationRail)
        await rooms.app.fire(rail, "change", DOCUMENTS, selected_index=DOCUMENTS)
        await open_form(rooms, NOTES)
        await type_title(rooms, TITLE)
        await rooms.app.fire(rooms.app.page, "view_pop", {"route": rooms.app.all(ft.View)[-1].route})
        await open_form(rooms, NOTES)
        await rooms.see(t("forms.resumed"))
        assert any(field.value == TITLE for field in rooms.app.all(ft.TextField))
        await rooms.press(f"^{t('forms.start_over')}$")
        await rooms.gone(t("forms.resumed"))
        assert not any(field.value == TITLE for field in rooms.app.all(ft.TextField))

    tell(story, tmp_path, width=1400)


def test_z1_a_document_of_a_professional_is_not_offered_to_be_changed(tmp_path: Path) -> None:
    async def story(rooms: Rooms) -> None:
        await rooms.go(DOCUMENTS)
        await rooms.press(BILAN)
        await rooms.until(lambda: bool(named(rooms, t("visibility.deleting.delete"))))
        assert not named(rooms, t("forms.change"))

    tell(story, tmp_path)
