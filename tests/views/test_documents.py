"""Finding and reading documents."""

from pathlib import Path

import flet as ft

from mes_app.i18n import t
from tests.views.rooms import Rooms, tell

DOCUMENTS = 1


def test_typing_leaves_the_documents_that_match_and_clearing_brings_all_back(tmp_path: Path) -> None:
    async def story(rooms: Rooms) -> None:
        await rooms.go(DOCUMENTS)
        await rooms.see("^Biologie : bilan annuel$")
        await rooms.app.type(rooms.app.one(ft.TextField), "dermato")
        await rooms.gone("^Biologie")
        await rooms.see("dermatologie")
        await rooms.app.type(rooms.app.one(ft.TextField), "introuvable")
        await rooms.see(t("documents.nothing_found"))
        await rooms.press(t("search.clear"))
        await rooms.see("^Biologie : bilan annuel$")

    tell(story, tmp_path)


def test_a_category_shows_its_own_documents_only(tmp_path: Path) -> None:
    async def story(rooms: Rooms) -> None:
        await rooms.go(DOCUMENTS)
        await rooms.see("^Biologie : bilan annuel$")
        chip = next(chip for chip in rooms.app.all(ft.Chip) if str(chip.label).startswith(t("categories.dir_ant")))
        await rooms.app.fire(chip, "select")
        await rooms.gone("^Biologie")
        assert len(rooms.app.all(ft.ListTile)) == 1

    tell(story, tmp_path)


def test_a_document_shows_its_pages_enlarges_one_and_tells_its_details(tmp_path: Path) -> None:
    async def story(rooms: Rooms) -> None:
        await rooms.go(DOCUMENTS)
        await rooms.press("^Biologie : bilan annuel$")
        await rooms.until(lambda: any(isinstance(image.src, bytes) for image in rooms.app.all(ft.Image)))
        page = next(box for box in rooms.app.all(ft.Container) if box.aspect_ratio and box.on_click)
        await rooms.app.click(page)
        await rooms.see(t("files.page", number=1, count=1))
        await rooms.press(t("files.all_pages"))
        await rooms.press(t("documents.details"))
        await rooms.see(t("documents.field.organization"))
        await rooms.press(t("app.close"))
        assert not rooms.app.one(ft.BottomSheet).open

    tell(story, tmp_path)


def test_in_two_panes_the_list_keeps_its_search_beside_the_document(tmp_path: Path) -> None:
    async def story(rooms: Rooms) -> None:
        rail = rooms.app.one(ft.NavigationRail)
        await rooms.app.fire(rail, "change", DOCUMENTS, selected_index=DOCUMENTS)
        await rooms.see(t("documents.choose_one"))
        await rooms.app.type(rooms.app.one(ft.TextField), "dermato")
        await rooms.press("^Consultation de dermatologie$")
        await rooms.gone(t("documents.choose_one"))
        assert rooms.app.one(ft.TextField).value == "dermato"
        assert [tile.selected for tile in rooms.app.all(ft.ListTile)].count(True) == 1

    tell(story, tmp_path, width=1280)


def test_what_was_looked_for_stands_out_in_titles_and_authors_and_in_nothing_once_it_is_cleared(tmp_path: Path) -> None:
    async def story(rooms: Rooms) -> None:
        await rooms.go(DOCUMENTS)
        await rooms.see("^Biologie : bilan annuel$")
        field = rooms.app.one(ft.TextField)
        await rooms.app.type(field, "thyroidi")
        await rooms.until(lambda: set(_list_hits(rooms)[:3]) == {"thyroïdi"})
        await rooms.see("^Biologie : bilan thyroïdien et numération$")
        await rooms.app.type(field, "garnier thyroid")
        await rooms.until(lambda: _list_hits(rooms)[:2] == ["thyroïd", "Garnier"])
        await rooms.app.type(field, "")
        await rooms.see("^Biologie : bilan annuel$")
        await rooms.until(lambda: _list_hits(rooms) == [])

    tell(story, tmp_path)


def test_three_letters_of_a_content_find_the_document_show_the_words_and_enter_opens_it(tmp_path: Path) -> None:
    async def story(rooms: Rooms) -> None:
        await rooms.go(DOCUMENTS)
        await rooms.see("^Biologie : bilan annuel$")
        field = rooms.app.one(ft.TextField)
        await rooms.app.type(field, "met")
        await rooms.until(lambda: _list_hits(rooms) == ["mét"])
        assert len(rooms.app.all(ft.ListTile)) == 1
        await rooms.app.fire(field, "submit", "met")
        await rooms.see("^Radiographie de la cheville droite$")
        await rooms.until(lambda: bool(rooms.app.all(ft.PopupMenuButton)))

    tell(story, tmp_path)


def _list_hits(rooms: Rooms) -> list[str | None]:
    """The words that stand out in the list."""
    spans = [span for text in rooms.app.all(ft.Text) for span in text.spans or ()]
    return [span.text for span in spans if span.style]


def test_where_a_category_has_no_answer_the_others_are_offered(tmp_path: Path) -> None:
    async def story(rooms: Rooms) -> None:
        await rooms.go(DOCUMENTS)
        await rooms.see("^Biologie : bilan annuel$")
        chip = next(chip for chip in rooms.app.all(ft.Chip) if str(chip.label).startswith(t("categories.dir_ant")))
        await rooms.app.fire(chip, "select")
        await rooms.app.type(rooms.app.one(ft.TextField), "bilan")
        await rooms.see(t("search.not_in_category"))
        await rooms.press(t("search.everywhere"))
        await rooms.see("^Biologie : bilan annuel$")
        assert rooms.app.one(ft.TextField).value == "bilan"

    tell(story, tmp_path)
