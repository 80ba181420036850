"""The health booklet of a child on screen: where all of it is, a page with photos, teeth to touch."""

import re
from pathlib import Path

import flet as ft

from mes_app.domain.booklets import list_ages
from mes_app.errors import Reason, Rejected
from mes_app.i18n import t
from mes_app.i18n.explanations import explain
from tests.services.family import image
from tests.views.rooms import Rooms, tell
from tests.views.test_adding import pick

HEALTH = 2
SAVE = f"^{t('forms.save')}$"


async def open_booklet(rooms: Rooms, name: str = "Jeanne") -> None:
    await rooms.press(f"^{name}( Martin)?$")
    await rooms.see(t("home.synthesis"))
    await rooms.go(HEALTH)
    await rooms.press(f"^{t('booklet.title')}$")
    await rooms.see(f"^{t('booklet.pages')}$")


def test_a_child_has_a_booklet_that_leads_to_every_part_of_it_and_an_adult_has_none(tmp_path: Path) -> None:
    async def story(rooms: Rooms) -> None:
        await rooms.go(HEALTH)
        await rooms.see(t("prevention.title"))
        assert t("booklet.title") not in rooms.app.texts()
        await open_booklet(rooms)
        said = rooms.app.texts()
        for part in ("growth", "exams", "vaccines", "teeth", "print"):
            assert t(f"booklet.{part}") in said
        assert set(list_ages().values()) <= set(said)
        await rooms.see("^[0-9]+ sur 20 faits")
        await rooms.press(f"^{t('booklet.growth')}$")
        await rooms.see(re.escape(t("growth.source")))

    tell(story, tmp_path)


def test_a_page_is_written_illustrated_and_its_photo_opens_as_a_document(tmp_path: Path) -> None:
    async def story(rooms: Rooms) -> None:
        await open_booklet(rooms)
        await rooms.press("^12e mois$")
        await rooms.see(f"^{t('booklet.measures_none')}$")
        await rooms.press(f"^{t('booklet.add_note')}$")
        await rooms.see(f"^{t('forms.add_pages')}$")
        _search, *fields = rooms.app.all(ft.TextField)
        assert fields[0].value == "12e mois"
        await rooms.app.type(fields[-1], "Premiers pas.")
        await rooms.press(SAVE)
        await rooms.see("^Premiers pas\\.$")
        pick(rooms, tmp_path, pas=image("JPEG", (60, 40)), chat=image("PNG"))
        await rooms.press(f"^{t('booklet.add_photos')}$")
        second = t("booklet.photo_name", number=2, count=2)
        await rooms.until(lambda: any(found.label == second for found in rooms.app.all(ft.Semantics)))
        await rooms.until(lambda: len(rooms.app.all(ft.Image)) >= 2)
        photo = next(found for found in rooms.app.all(ft.Semantics) if found.label == second)
        assert isinstance(photo.content, ft.Container)
        await rooms.app.click(photo.content)
        await rooms.see("^Montré aux professionnels")

    tell(story, tmp_path)


def test_what_is_no_photo_is_refused_in_words(tmp_path: Path) -> None:
    async def story(rooms: Rooms) -> None:
        await open_booklet(rooms)
        await rooms.press("^Naissance$")
        pick(rooms, tmp_path, virus=b"#!/bin/sh\n")
        await rooms.press(f"^{t('booklet.add_photos')}$")
        await rooms.see(re.escape(explain(Rejected("file", Reason.FORMAT_NOT_ACCEPTED)).what))

    tell(story, tmp_path)


def test_a_tooth_that_is_touched_is_noted_and_told_in_words(tmp_path: Path) -> None:
    async def story(rooms: Rooms) -> None:
        await open_booklet(rooms)
        await rooms.press(f"^{t('booklet.teeth')}$")
        name = t("sections.teeth.tooth_71")
        await rooms.see("^71$")
        assert f"{name}, {t('booklet.jaws.state_unknown')}" in list_names(rooms)
        await rooms.press("^71$")
        await rooms.see(f"^{t('forms.add_teeth')}$")
        await rooms.until(lambda: any(box.value == "71" for box in rooms.app.all(ft.Dropdown)))
        await rooms.press(SAVE)
        await rooms.until(lambda: f"{name}, {t('booklet.jaws.out_somewhere')}" in list_names(rooms))
        await rooms.see(f"^{t('booklet.jaws.noted')}$")
        assert len([button for button in rooms.app.all(ft.FilledButton) if is_tooth(button)]) == 1
        await rooms.app.fire(rooms.app.all(ft.SegmentedButton)[-1], "change", ["permanent"], selected=["permanent"])
        await rooms.see("^11$")
        teeth = [found for found in rooms.app.all(ft.OutlinedButton) if is_tooth(found)]
        assert len(teeth) == 32

    tell(story, tmp_path)


def is_tooth(button: ft.FilledButton | ft.OutlinedButton) -> bool:
    return isinstance(button.content, ft.Text) and bool(button.content.semantics_label)


def list_names(rooms: Rooms) -> list[str]:
    """What a screen reader says of each tooth."""
    return [found.semantics_label for found in rooms.app.all(ft.Text) if found.semantics_label]
