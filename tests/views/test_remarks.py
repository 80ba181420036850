"""« Signaler une erreur » on screen: beside what a professional wrote, changed, taken back."""

from pathlib import Path

import flet as ft

from mes_app.i18n import t
from tests.views.rooms import Rooms, tell

DOCUMENTS, HEALTH = 1, 2


async def write(rooms: Rooms, words: str) -> None:
    await rooms.until(lambda: bool(rooms.app.all(ft.TextField, label=t("remarks.text"))))
    await rooms.app.type(rooms.app.all(ft.TextField, label=t("remarks.text"))[-1], words)
    await rooms.press(f"^{t('forms.save')}$")


def test_an_error_is_reported_told_with_its_day_changed_and_taken_back(tmp_path: Path) -> None:
    async def story(rooms: Rooms) -> None:
        await rooms.go(HEALTH)
        await rooms.press(f"^{t('sections.allergies.title')}$")
        await rooms.press("^Pénicilline$")
        await rooms.press(f"^{t('remarks.report')}$")
        await rooms.see(f"^{t('remarks.told')}$")
        await write(rooms, "")
        await rooms.until(lambda: bool(rooms.app.all(ft.TextField, label=t("remarks.text"))[-1].error))
        await write(rooms, "Je n’y suis plus allergique.")
        await rooms.see(f"^{t('remarks.yours', date='')}")
        await rooms.see("^Je n’y suis plus allergique\\.$")
        await rooms.press(f"^{t('forms.change')}$")
        await write(rooms, "Guérie depuis 2020.")
        await rooms.gone("^Je n’y suis plus allergique\\.$")
        await rooms.press(f"^{t('forms.delete')}$")
        await rooms.see(f"^{t('remarks.removed')}$")
        await rooms.gone(f"^{t('remarks.yours', date='')}")
        await rooms.app.fire(rooms.app.all(ft.SnackBar)[-1], "action")
        await rooms.see("^Guérie depuis 2020\\.$")

    tell(story, tmp_path)


async def choose(rooms: Rooms, words: str) -> None:
    await rooms.until(lambda: any(item.content == words for item in rooms.app.all(ft.PopupMenuItem)))
    await rooms.app.click([item for item in rooms.app.all(ft.PopupMenuItem) if item.content == words][-1])


def test_an_error_is_reported_of_a_document_of_a_professional_from_its_menu(tmp_path: Path) -> None:
    async def story(rooms: Rooms) -> None:
        await rooms.go(DOCUMENTS)
        await rooms.press("^Ordonnance : lévothyroxine 75 µg$")
        await choose(rooms, t("remarks.report"))
        await write(rooms, "La dose n’est plus la bonne.")
        await rooms.see("La dose n’est plus la bonne\\.$")
        await choose(rooms, t("remarks.change"))
        await rooms.press(f"^{t('forms.delete')}$")
        await rooms.see(f"^{t('remarks.removed')}$")
        await rooms.gone("La dose n’est plus la bonne\\.$")

    tell(story, tmp_path)
