"""Results of laboratories over time."""

from pathlib import Path

import flet as ft
import flet.canvas as cv

from mes_app.i18n import t
from tests.views.rooms import Rooms, tell

HEALTH = 2


def test_each_analyte_tells_its_newest_result_and_opens_to_all_of_them(tmp_path: Path) -> None:
    async def story(rooms: Rooms) -> None:
        await rooms.go(HEALTH)
        await rooms.press(f"^{t('sections.results.title')}$")
        await rooms.see("^TSH$")
        opener = t("reading.show_trend", name="TSH")
        assert not rooms.app.all(cv.Canvas)
        await rooms.press(f"^{opener}$")
        await rooms.until(lambda: bool(rooms.app.all(cv.Canvas)))
        labels = [str(each.label) for each in rooms.app.all(ft.Semantics) if each.label]
        assert any("9,8\u202fmUI/L" in words and t("reading.place.above") in words for words in labels), labels
        await rooms.press(f"^{t('reading.hide_trend', name='TSH')}$")
        await rooms.until(lambda: not rooms.app.all(cv.Canvas))

    tell(story, tmp_path)


def test_results_of_a_clinical_document_are_shown_in_words_and_in_the_table_of_their_analyte(tmp_path: Path) -> None:
    async def story(rooms: Rooms) -> None:
        await rooms.go(HEALTH)
        await rooms.press(f"^{t('sections.results.title')}$")
        await rooms.see("^Toxoplasmose, anticorps IgG$")
        assert {"Négatif", "1/160", "< 0,5 UI/mL"} <= set(rooms.app.texts())
        await rooms.press(f"^{t('reading.show_trend', name='TSH')}$")
        await rooms.see("^3,2\u202fmUI/L$")

    tell(story, tmp_path)
