"""The health profile, from its overview to one value."""

import re
from pathlib import Path

import flet as ft
import flet.canvas as cv

from mes_app.i18n import t
from tests.views.rooms import Rooms, tell

HEALTH = 2


def test_the_gravest_allergy_comes_first_with_its_gravity_in_words(tmp_path: Path) -> None:
    async def story(rooms: Rooms) -> None:
        await rooms.go(HEALTH)
        await rooms.see("^Pénicilline$")
        texts = rooms.app.texts()
        assert texts.index("Pénicilline") < texts.index("Nickel")
        assert f"{t('health.severity_severe')} · {t('health.criticality_high')}" in texts

    tell(story, tmp_path)


def test_the_list_of_allergies_tells_the_gravity_of_each(tmp_path: Path) -> None:
    async def story(rooms: Rooms) -> None:
        await rooms.go(HEALTH)
        await rooms.press(f"^{t('sections.allergies.title')}$")
        await rooms.see(f"^{t('health.severity_severe')} · {t('health.criticality_high')} · ")

    tell(story, tmp_path)


def test_a_section_tells_what_holds_today_from_what_is_over_and_opens_to_every_field(tmp_path: Path) -> None:
    async def story(rooms: Rooms) -> None:
        await rooms.go(HEALTH)
        await rooms.press(f"^{t('sections.treatments.title')}$")
        await rooms.see(f"^{t('health.past')}$")
        texts = rooms.app.texts()
        current = next(place for place, text in enumerate(texts) if text.startswith("Lévothyroxine 75 µg, comprimé"))
        assert texts.index(t("health.current")) < current
        await rooms.press("^Lévothyroxine 75 µg, comprimé$")
        await rooms.see(f"^{t('sections.treatments.dosage')}$")
        await rooms.see(t("sections.source.professional"))

    tell(story, tmp_path)


async def open_history(rooms: Rooms, measure: str) -> None:
    await rooms.go(HEALTH)
    await rooms.press(f"^{t('sections.measures.title')}$")
    await rooms.press(f"^{t(f'sections.measures.measure_{measure}')}$")
    await rooms.see(f"^{t('health.values')}$")
    sized = next(box for box in rooms.app.all(ft.Container) if box.on_size_change)
    await rooms.app.fire(sized, "size_change", {"w": 390.0, "h": 700.0})


def test_a_measure_has_a_tile_a_chart_and_the_same_in_words(tmp_path: Path) -> None:
    async def story(rooms: Rooms) -> None:
        await open_history(rooms, "weight")
        await rooms.see("^Poids\\s: .*kg \\(.*\\)\\.$")
        await rooms.see("^De .*kg \\(.*\\) à .*kg \\(.*\\), .*kg en moyenne\\.$")
        assert rooms.app.all(cv.Canvas)
        assert t("measures.more") not in rooms.app.texts()
        rooms.app.client.answers["save_file"] = "/media/cle/mesures.csv"
        await rooms.press(f"^{re.escape(t('measure_files.export_csv'))}$")
        await rooms.see(f"^{t('files.saved')}$")

    tell(story, tmp_path)


def test_a_pressure_is_told_by_both_its_numbers_and_narrowed_to_a_period_and_a_source(tmp_path: Path) -> None:
    async def story(rooms: Rooms) -> None:
        await open_history(rooms, "bp")
        for name in ("systolic", "diastolic"):
            await rooms.see(f"^{re.escape(t(f'sections.measures.{name}'))}\\s: de .*mmHg .* en moyenne\\.$")
        await rooms.press(f"^{t('measures.more')}$")
        await rooms.gone(f"^{t('measures.more')}$")
        (periods,) = rooms.app.all(ft.SegmentedButton)
        await rooms.app.fire(periods, "change", ["month"], selected=["month"])
        await rooms.see("^[45] valeurs, ")
        await rooms.app.fire(rooms.app.all(ft.SegmentedButton)[-1], "change", ["day"], selected=["day"])
        await rooms.see("^1 valeur, ")
        await rooms.gone("en moyenne")

    tell(story, tmp_path)


def test_a_measure_is_told_in_the_unit_chosen_and_opened_as_it_was_written(tmp_path: Path) -> None:
    async def story(rooms: Rooms) -> None:
        await open_history(rooms, "weight")
        unit = rooms.app.one(ft.Semantics, label=t("sections.measures.unit"))
        await rooms.see(f"^{re.escape(t('measures.unit_here'))}$")
        (listed,) = [each for each in rooms.app.walk(unit) if isinstance(each, ft.Dropdown)]
        await rooms.app.fire(listed, "select", "g", value="g")
        await rooms.see("^Poids\\s: \\d\\d\\s\\d00\\sg \\(.*\\)\\.$")
        row = next(text for text in rooms.app.texts() if re.fullmatch("\\d\\d\\s\\d00\\sg", text))
        await rooms.press(f"^{row}$")
        await rooms.see(f"^{t('measures.written')}$")
        await rooms.see("^\\d\\d,\\d\\skg$")

    tell(story, tmp_path)


def test_nothing_declared_is_not_the_same_as_nothing_known(tmp_path: Path) -> None:
    async def story(rooms: Rooms) -> None:
        await rooms.press("^Jeanne$")
        await rooms.go(HEALTH)
        await rooms.see(t("health.completed", percent=67))
        await rooms.see(t("sections.handicap.empty"))
        await rooms.press(f"^{t('sections.allergies.title')}$")
        await rooms.see(f"^{t('health.declared_none', words=t('sections.allergies.none'))}$")
        await rooms.see(f"^{t('health.declared_on', date='')}")
        await rooms.press(f"^{t('forms.withdraw')}$")
        await rooms.see(f"^{t('forms.withdrawn')}$")
        await rooms.see(f"^{t('health.nothing')}\\. ")
        await rooms.app.fire(rooms.app.all(ft.SnackBar)[-1], "action")
        await rooms.see(f"^{t('health.declared_on', date='')}")

    tell(story, tmp_path)


def test_what_is_written_in_a_form_is_in_the_record_at_once_until_it_is_undone(tmp_path: Path) -> None:
    async def story(rooms: Rooms) -> None:
        await rooms.go(HEALTH)
        await rooms.press(f"^{t('sections.allergies.title')}$")
        await rooms.until(lambda: bool(rooms.app.all(ft.FilledButton, content=t("forms.add"))))
        await rooms.app.click(rooms.app.all(ft.FilledButton, content=t("forms.add"))[-1])
        await rooms.see(f"^{t('forms.add_allergies')}$")
        named = rooms.app.one(ft.Semantics, label=t("sections.allergies.substance"))
        assert isinstance(named.content, ft.TextField)
        await rooms.app.type(named.content, "Arachide")
        await rooms.press(f"^{t('forms.save')}$")
        await rooms.see("^Arachide$")
        await rooms.app.fire(rooms.app.all(ft.SnackBar)[-1], "action")
        await rooms.gone("^Arachide$")
        await rooms.see(f"^{t('forms.undone')}$")

    tell(story, tmp_path)


def test_the_regular_doctor_is_marked_among_the_professionals(tmp_path: Path) -> None:
    async def story(rooms: Rooms) -> None:
        await rooms.go(HEALTH)
        await rooms.press(f"^{t('sections.professionals.title')}$")
        await rooms.see(f"^{t('sections.professionals.status_regular').capitalize()} · ")

    tell(story, tmp_path)
