"""What goes with an entry is chosen while it is written, kept with what is typed and saved with it."""

import flet as ft

from mes_app.domain.links import AS_LINKED, Linked, Relinking
from mes_app.domain.record import Change, Kind, Row
from mes_app.i18n import t
from mes_app.views import routes
from tests.views.protection import ProtectedSession
from tests.views.writing import Desk, write

PAPERS = {
    title: Row(id=title, profile="p0", kind=Kind.DOCUMENTS, title=title)
    for title in ("Ordonnance", "Courrier", "Carnet")
}


def file_papers(session: ProtectedSession) -> None:
    session.linking.records = dict(PAPERS)
    session.linking.linked = {"a1": [Linked(PAPERS["Carnet"], mine=True), Linked(PAPERS["Courrier"], mine=False)]}


def list_linked(desk: Desk) -> list[str]:
    """The papers in the form: each has what takes it back."""
    offered = [button.tooltip for button in desk.house.all(ft.IconButton)]
    return [title for title in PAPERS if t("links.remove", title=title) in offered]


async def choose(desk: Desk, title: str) -> None:
    await desk.house.press("links.add")
    sheet = desk.house.app.all(ft.BottomSheet)[-1]
    tiles = [tile for tile in desk.house.app.walk(sheet) if isinstance(tile, ft.ListTile)]
    await desk.house.app.click(next(tile for tile in tiles if title in _read(desk, tile)))


async def take_back(desk: Desk, title: str) -> None:
    (button,) = [one for one in desk.house.all(ft.IconButton) if one.tooltip == t("links.remove", title=title)]
    await desk.house.app.click(button)


def _read(desk: Desk, tile: ft.ListTile) -> list[str]:
    return [found.value for found in desk.house.app.walk(tile) if isinstance(found, ft.Text)]


def test_what_goes_with_a_new_entry_is_chosen_kept_and_written_with_it() -> None:
    async def story(desk: Desk) -> None:
        await desk.open(Kind.TREATMENTS)
        await desk.fill("sections.treatments.medicine", "Doliprane")
        for title in ("Ordonnance", "Courrier"):
            await choose(desk, title)
        assert list_linked(desk) == ["Ordonnance", "Courrier"]
        await desk.house.go(routes.home("p0"))
        await desk.open(Kind.TREATMENTS)
        assert desk.house.sees("forms.resumed")
        assert list_linked(desk) == ["Ordonnance", "Courrier"]
        await take_back(desk, "Courrier")
        assert list_linked(desk) == ["Ordonnance"]
        await desk.save()
        assert len(desk.editing.added) == 1
        assert desk.editing.relinked == [Relinking(made=("Ordonnance",))]
        assert desk.editing.drafts == {}

    write(story, prepare=file_papers)


def test_of_a_saved_entry_only_what_the_person_linked_may_be_taken_back() -> None:
    async def story(desk: Desk) -> None:
        await desk.open(Kind.ALLERGIES, "a1")
        assert list_linked(desk) == ["Carnet"]
        await choose(desk, "Ordonnance")
        await take_back(desk, "Carnet")
        await desk.save()
        assert desk.editing.relinked == [Relinking(made=("Ordonnance",), dropped=("Carnet",))]
        await desk.open(Kind.ALLERGIES, "a1")
        await desk.save()
        assert desk.editing.relinked[1:] == [AS_LINKED]

    write(story, prepare=file_papers)


def test_what_is_deleted_while_it_is_chosen_leaves_the_form_and_is_not_asked_for() -> None:
    async def story(desk: Desk) -> None:
        await desk.open(Kind.ALLERGIES)
        await desk.fill("sections.allergies.substance", "Latex")
        for title in ("Ordonnance", "Carnet"):
            await choose(desk, title)
        del desk.house.session.linking.records["Carnet"]
        desk.house.session.commit(Change("p0", Kind.DOCUMENTS))
        await desk.house.app.settle()
        assert list_linked(desk) == ["Ordonnance"]
        await desk.save()
        assert desk.editing.relinked == [Relinking(made=("Ordonnance",))]

    write(story, prepare=file_papers)


def test_starting_over_takes_the_links_back_too() -> None:
    async def story(desk: Desk) -> None:
        await desk.open(Kind.ALLERGIES, "a1")
        await take_back(desk, "Carnet")
        await desk.house.go(routes.home("p0"))
        await desk.open(Kind.ALLERGIES, "a1")
        assert list_linked(desk) == []
        await desk.house.press("forms.start_over")
        assert list_linked(desk) == ["Carnet"]
        assert desk.editing.drafts == {}

    write(story, prepare=file_papers)


def test_where_nothing_can_be_linked_nothing_asks_for_it() -> None:
    async def story(desk: Desk) -> None:
        await desk.open(Kind.CONTACTS)
        assert not desk.house.sees("links.add")

    write(story, prepare=file_papers)
