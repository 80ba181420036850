"""The curves of a child, from its measures to one value in words."""

import re
from pathlib import Path

import flet as ft
import flet.canvas as cv

from mes_app.i18n import t
from tests.views.rooms import Rooms, tell

HEALTH = 2
LINES = ["3", "15", "50", "85", "97"]


async def open_curves(rooms: Rooms, name: str) -> None:
    await rooms.press(f"^{name}( Martin)?$")
    await rooms.see(t("home.synthesis"))
    await rooms.go(HEALTH)
    await rooms.press(f"^{t('sections.measures.title')}$")
    await rooms.press(f"^{t('growth.title')}$")
    await rooms.see(t("growth.source"))
    sized = next(box for box in reversed(rooms.app.all(ft.Container)) if box.on_size_change)
    await rooms.app.fire(sized, "size_change", {"w": 390.0, "h": 700.0})


def read_words(rooms: Rooms) -> list[str]:
    """The words that the chart draws."""
    return [shape.value or "" for shape in read_shapes(rooms) if isinstance(shape, cv.Text)]


def read_shapes(rooms: Rooms) -> list[cv.Shape]:
    return rooms.app.all(cv.Canvas)[-1].shapes


def test_a_child_is_drawn_between_the_lines_and_told_in_a_sentence_and_an_adult_is_not(tmp_path: Path) -> None:
    async def story(rooms: Rooms) -> None:
        await rooms.go(HEALTH)
        await rooms.press(f"^{t('sections.measures.title')}$")
        await rooms.see(f"^{t('sections.measures.measure_weight')}$")
        assert t("growth.title") not in rooms.app.texts()
        await open_curves(rooms, "Jeanne")
        await rooms.see(
            rf"^{t('growth.name_weight')}.*kg \(.*14 mois\), entre la (15e et la 50e|50e et la 85e) ligne\.$"
        )
        words = read_words(rooms)
        assert [word for word in words if word in LINES] == LINES
        assert "18 mois" in words
        assert len([shape for shape in read_shapes(rooms) if isinstance(shape, cv.Circle)]) == 10
        await rooms.app.fire(rooms.app.all(ft.Dropdown)[-1], "select", "32", value="32")
        await rooms.see(re.escape(t("growth.corrected", age="12 mois")))
        await rooms.see("^2 valeurs ne sont pas placées")

    tell(story, tmp_path)


def test_another_measure_and_another_age_are_a_press_away(tmp_path: Path) -> None:
    async def story(rooms: Rooms) -> None:
        await open_curves(rooms, "Léo")
        measures, ages = rooms.app.all(ft.SegmentedButton)[-2:]
        assert ages.selected == ["5"]
        await rooms.app.fire(measures, "change", ["head_circ"], selected=["head_circ"])
        await rooms.see(f"^{t('growth.name_head_circ')}")
        await rooms.app.fire(rooms.app.all(ft.SegmentedButton)[-1], "change", ["2"], selected=["2"])
        await rooms.until(lambda: "18 mois" in read_words(rooms))
        await rooms.app.fire(rooms.app.all(ft.SegmentedButton)[-2], "change", ["bmi"], selected=["bmi"])
        await rooms.see(f"(mois|ans) · {t('growth.computed')}$")
        await rooms.see(t("growth.computed_note"))
        await rooms.see(t("growth.step"))

    tell(story, tmp_path)
