"""Adding documents: files and photos, what they are said to be, and the pieces that expire."""

from datetime import date, timedelta
from pathlib import Path

import flet as ft

from mes_app.domain.documents import Category
from mes_app.errors import Reason, Rejected
from mes_app.formats.pictures import measure_picture
from mes_app.i18n import t
from mes_app.i18n.explanations import explain
from tests.services.family import image, pdf
from tests.views.rooms import Rooms, tell

DOCUMENTS, AGENDA = 1, 3
CHOOSE = f"^{t('adding.choose_files')}$"
SAVE = f"^{t('forms.save')}$"


def pick(rooms: Rooms, folder: Path, **files: bytes) -> None:
    """What the system's dialog answers next: these files, which are on the disk."""
    answers = []
    for number, (name, data) in enumerate(files.items()):
        path = folder / name
        path.write_bytes(data)
        answers.append({"id": number, "name": name, "size": len(data), "path": str(path), "bytes": None})
    rooms.app.client.answers["pick_files"] = answers


async def open_form(rooms: Rooms) -> None:
    await rooms.go(DOCUMENTS)
    await rooms.until(lambda: bool(rooms.app.all(ft.FloatingActionButton)))
    await rooms.app.click(rooms.app.all(ft.FloatingActionButton)[-1])
    await rooms.see(f"^{t('adding.new')}$")


async def choose(rooms: Rooms, last: str) -> None:
    await rooms.press(CHOOSE)
    await rooms.see(last)


async def tell_what(rooms: Rooms, title: str, category: Category) -> None:
    field = next(field for field in rooms.app.all(ft.TextField) if field.capitalization)
    await rooms.app.type(field, title)
    await rooms.app.fire(rooms.app.all(ft.Dropdown)[-1], "select", value=category.value)


def test_two_photos_and_a_hostile_file_the_photos_become_one_document_and_the_file_is_refused(tmp_path: Path) -> None:
    async def story(rooms: Rooms) -> None:
        await open_form(rooms)
        pick(rooms, tmp_path, recto=image("JPEG", (30, 40)), verso=image("PNG", (40, 30)), virus=b"#!/bin/sh\n")
        await choose(rooms, "^virus$")
        refused = explain(Rejected("file", Reason.ACTIVE_FILE))
        await rooms.see(refused.what[:30])
        await rooms.see("^" + t("adding.one_document", count=2))
        await rooms.press("^" + t("adding.remove", name="virus") + "$")
        await rooms.gone("^virus$")
        await rooms.press("^" + t("adding.up", name="verso") + "$")
        names = [text for text in rooms.app.texts() if text in ("recto", "verso")]
        assert names == ["verso", "recto"]
        await tell_what(rooms, "Ordonnance de dentiste", Category.PRESCRIPTIONS)
        await rooms.press(SAVE)
        await rooms.press("^Ordonnance de dentiste$")
        await rooms.until(lambda: len([box for box in rooms.app.all(ft.Container) if box.aspect_ratio]) >= 2)

    tell(story, tmp_path)


def test_what_is_missing_is_said_and_what_was_typed_is_found_again_without_the_files(tmp_path: Path) -> None:
    async def story(rooms: Rooms) -> None:
        await open_form(rooms)
        await rooms.press(SAVE)
        await rooms.see(t("adding.nothing_chosen"))
        pick(rooms, tmp_path, bilan_2026=pdf("Bilan"))
        await choose(rooms, "^bilan_2026$")
        await rooms.press(SAVE)
        said = explain(Rejected("title", Reason.MISSING)).what
        await rooms.until(lambda: any(said in str(field.error) for field in rooms.app.all(ft.TextField)))
        await rooms.press("^" + t("adding.use_name", name="bilan 2026") + "$")
        assert any(field.value == "bilan 2026" for field in rooms.app.all(ft.TextField))
        rooms.app.page.navigate("/")
        await rooms.app.settle()
        await open_form(rooms)
        await rooms.see(t("adding.choose_again"))
        assert any(field.value == "bilan 2026" for field in rooms.app.all(ft.TextField))

    tell(story, tmp_path)


def test_a_piece_is_listed_apart_and_told_before_it_expires(tmp_path: Path) -> None:
    last = date.today() + timedelta(days=30)  # noqa: DTZ011 - the day of the screen

    async def story(rooms: Rooms) -> None:
        await open_form(rooms)
        pick(rooms, tmp_path, carte=pdf("Carte"))
        await choose(rooms, "^carte$")
        await tell_what(rooms, "CEAM", Category.ADMINISTRATIVE)
        await rooms.see(f"^{t('adding.paper')}")
        await rooms.app.fire(rooms.app.one(ft.RadioGroup), "change", value="european-card")
        parts = {"day": last.day, "month": last.month, "year": last.year}
        for name, value in parts.items():
            field = next(field for field in rooms.app.all(ft.TextField) if field.label == t(f"forms.{name}"))
            await rooms.app.type(field, str(value))
        await rooms.press(SAVE)
        await rooms.see("^CEAM$")
        tabs = rooms.app.one(ft.SegmentedButton)
        await rooms.app.fire(tabs, "change", selected=["pieces"])
        await rooms.see(t("adding.papers.days_left", count=30))
        await rooms.see(t("adding.paper_european-card"))
        for place in (0, AGENDA):
            await rooms.go(place)
            await rooms.see("^" + t("adding.papers.days_left", count=30).capitalize())

    tell(story, tmp_path)


def test_from_the_pieces_the_category_is_already_chosen_and_may_be_another(tmp_path: Path) -> None:
    async def story(rooms: Rooms) -> None:
        await rooms.go(DOCUMENTS)
        await rooms.app.fire(rooms.app.one(ft.SegmentedButton), "change", selected=["pieces"])
        await rooms.app.click(rooms.app.all(ft.FloatingActionButton)[-1])
        await rooms.see(f"^{t('adding.paper')}")
        assert rooms.app.all(ft.Dropdown)[-1].value == Category.ADMINISTRATIVE
        pick(rooms, tmp_path, carte=pdf("Carte"))
        await choose(rooms, "^carte$")
        await tell_what(rooms, "Lettre", Category.REPORTS)
        await rooms.gone(f"^{t('adding.paper')}")
        await rooms.press(SAVE)
        await rooms.gone(f"^{t('adding.new')}$")

    tell(story, tmp_path)


def test_where_there_is_a_tab_key_nothing_floats_over_the_rows(tmp_path: Path) -> None:
    async def story(rooms: Rooms) -> None:
        rail = rooms.app.one(ft.NavigationRail)
        await rooms.app.fire(rail, "change", DOCUMENTS, selected_index=DOCUMENTS)
        await rooms.see("^Notes pour le prochain rendez-vous$")
        assert not rooms.app.all(ft.FloatingActionButton)
        (button,) = [button for button in rooms.app.all(ft.FilledTonalButton) if button.content == t("adding.add")]
        await rooms.app.click(button)
        await rooms.see(f"^{t('adding.new')}$")

    tell(story, tmp_path, width=1280)


def test_a_chosen_photo_is_shown_large_and_put_away(tmp_path: Path) -> None:
    def enlarged(rooms: Rooms) -> list[ft.Image]:
        return [image for image in rooms.app.all(ft.Image) if image.semantics_label == "recto"]

    async def story(rooms: Rooms) -> None:
        await open_form(rooms)
        pick(rooms, tmp_path, recto=image("TIFF", (3000, 40)), notes=pdf("Notes"))
        await choose(rooms, "^recto$")
        (sketch,) = (each for each in rooms.app.all(ft.Semantics) if each.label == t("adding.enlarge", name="recto"))
        assert sketch.content
        await rooms.app.click(sketch.content)
        await rooms.until(lambda: bool(enlarged(rooms)))
        (shown,) = enlarged(rooms)
        assert isinstance(shown.src, bytes)
        assert measure_picture(shown.src) == (2400, 32)
        await rooms.press(f"^{t('app.close')}$")
        assert not any(dialog.open for dialog in rooms.app.all(ft.AlertDialog))

    tell(story, tmp_path)
