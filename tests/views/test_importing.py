"""Bringing an archive in: what is in it, what is chosen, how it ends, and taking all of it back."""

from pathlib import Path

import flet as ft

from mes_app.domain.archives import ArchivedSettings
from mes_app.domain.people import PALETTE
from mes_app.i18n import t
from mes_app.views import routes
from tests.formats.hostile_archives import pack
from tests.formats.xdm_archives import describe, xdm
from tests.services.family import patient, pdf
from tests.services.test_import_sources import DOCUMENT, ours
from tests.views.rooms import Rooms, tell
from tests.views.test_adding import CHOOSE, open_form, pick

LETTER, OTHER = pdf("Lettre"), pdf("Autre")
CHOOSE_HERE = f"^{t('importing.choose')}$"
DOCUMENTS = 1


def boxes(rooms: Rooms) -> list[bool | None]:
    """The last two, above whatever else has boxes."""
    return [box.value for box in rooms.app.all(ft.Checkbox)][-2:]


def add(count: int) -> str:
    return f"^{t('importing.add', count=count)}$"


def test_what_an_archive_holds_is_shown_first_and_what_is_not_chosen_stays_out(tmp_path: Path) -> None:
    told = [
        describe("DOC1.PDF", LETTER, patient="MARTIN^Camille", born=""),
        describe("DOC2.PDF", OTHER, patient="DURAND^Paul", born=""),
        describe("DOC3.PDF", b"x", born=""),
    ]

    async def story(rooms: Rooms) -> None:
        rooms.app.page.navigate(routes.IMPORT)
        pick(rooms, tmp_path, **{"x.zip": xdm({"DOC1.PDF": LETTER, "DOC2.PDF": OTHER}, *told)})
        await rooms.press(CHOOSE_HERE)
        await rooms.see("^" + t("importing.found", count=3))
        await rooms.see(t("importing.of_person", name="Paul DURAND"))
        await rooms.see("n’est pas dans l’archive")
        assert boxes(rooms) == [True, False]
        await rooms.press("^Bilan de DOC2.PDF$")
        assert boxes(rooms) == [True, True]
        await rooms.press("^Bilan de DOC2.PDF$")
        await rooms.press(add(1))
        await rooms.see("^" + t("importing.added", count=1))
        await rooms.press("^" + t("importing.see") + "$")
        await rooms.see("^Bilan de DOC1.PDF$")

    tell(story, tmp_path)


def test_what_was_set_beside_the_record_is_shown_and_replaces_nothing_by_itself(tmp_path: Path) -> None:
    settings = ArchivedSettings(units={"glucose": "mmol/L"}, colour=PALETTE[5])
    archive = ours(DOCUMENT | {"status": "current"}, patient("mother", "Camille", "", ""), settings=settings)

    async def story(rooms: Rooms) -> None:
        rooms.app.page.navigate(routes.IMPORT)
        pick(rooms, tmp_path, **{"x.zip": archive})
        await rooms.press(CHOOSE_HERE)
        await rooms.see("^" + t("importing.setting") + "$")
        await rooms.see(t("importing.replacing_told"))
        assert boxes(rooms) == [True, False]
        await rooms.press("^" + t("joining.set_colour") + "$")
        await rooms.press(add(3))
        await rooms.see("^" + t("importing.added", count=3))

    tell(story, tmp_path)


def test_an_archive_picked_among_documents_is_shown_at_once_and_can_be_taken_back(tmp_path: Path) -> None:
    async def story(rooms: Rooms) -> None:
        await open_form(rooms)
        pick(rooms, tmp_path, **{"x.zip": pack(("Lettre.pdf", LETTER), ("Autre.pdf", OTHER), ("../c", b"x"))})
        await rooms.press(CHOOSE)
        await rooms.press("^" + t("importing.none") + "$")
        assert boxes(rooms) == [False, False]
        await rooms.press("^" + t("importing.all") + "$")
        await rooms.press(add(2))
        await rooms.see("^" + t("importing.added", count=2))
        await rooms.press("^" + t("importing.choose_others") + "$")
        await rooms.press(CHOOSE_HERE)
        await rooms.see(t("importing.twins"))
        await rooms.see(t("importing.nothing"))

    tell(story, tmp_path)
