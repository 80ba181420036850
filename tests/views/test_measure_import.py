"""Measures brought from a file on screen: what is in it, what its columns are, and taking all of it back."""

from pathlib import Path

import flet as ft

from mes_app.i18n import t
from tests.services.family import patient, weight
from tests.services.measure_stories import fhir
from tests.views.rooms import Rooms, tell
from tests.views.test_adding import pick

HEALTH = 2
CHOOSE = f"^{t('measure_files.choose')}$"
PRESSURES = (
    b"Date,Time,Systolic (mmHg),Diastolic (mmHg),Pulse (bpm)\n"
    b"Jan 12 2019,08:12,114,74,47\nJan 13 2019,08:12,714,74,48\nJan 14 2019,08:12,abc,74,49\n"
)


def add(count: int) -> str:
    return f"^{t('measure_files.add', count=count)}$"


async def open_import(rooms: Rooms) -> None:
    await rooms.go(HEALTH)
    await rooms.press(f"^{t('sections.measures.title')}$")
    await rooms.press(f"^{t('measure_files.title')}$")
    await rooms.see(t("measure_files.what")[:20])


def test_what_a_file_holds_is_shown_first_and_all_of_it_can_be_taken_back(tmp_path: Path) -> None:
    async def story(rooms: Rooms) -> None:
        await open_import(rooms)
        pick(rooms, tmp_path, **{"bp.csv": PRESSURES})
        await rooms.press(CHOOSE)
        await rooms.see("^" + t("measure_files.found", count=5))
        await rooms.see("ce n’est pas un nombre")
        boxes = rooms.app.all(ft.Checkbox)
        assert [box.value for box in boxes] == [True, True, False]
        await rooms.press("^Fréquence cardiaque$")
        await rooms.press("714")
        await rooms.press(add(2))
        await rooms.see("^" + t("measure_files.added", count=2))
        await rooms.app.fire(rooms.app.all(ft.SnackBar)[-1], "action")
        await rooms.see(f"^{t('forms.undone')}$")
        await rooms.press(f"^{t('measure_files.choose_others')}$")
        pick(rooms, tmp_path, **{"bp.csv": PRESSURES})
        await rooms.press(CHOOSE)
        await rooms.see("^" + t("measure_files.found", count=5))

    tell(story, tmp_path)


def test_columns_that_are_not_known_are_asked_beside_their_first_values(tmp_path: Path) -> None:
    async def story(rooms: Rooms) -> None:
        await open_import(rooms)
        pick(rooms, tmp_path, **{"x.csv": b"Quand;Combien;Humeur\n03/04/2019;5,4;bonne\n05/04/2019;5,6;bonne\n"})
        await rooms.press(CHOOSE)
        await rooms.see(t("measure_files.columns_what")[:20])
        await rooms.see("5,4 · 5,6")
        next_button = f"^{t('measure_files.next')}$"

        async def say(rank: int, value: str) -> None:
            listed = rooms.app.all(ft.Dropdown)[rank]
            await rooms.app.fire(listed, "select", value, value=value)

        await say(0, "date")
        await rooms.until(lambda: bool(rooms.app.all(ft.RadioGroup)))
        await say(1, "glucose")
        await rooms.until(lambda: len(rooms.app.all(ft.Dropdown)) == 4)
        await say(2, "mmol/L")
        await rooms.see(t("measure_files.lacking"))
        await rooms.app.fire(rooms.app.one(ft.RadioGroup), "change", "day_first", value="day_first")
        await rooms.gone(t("measure_files.lacking"))
        await rooms.press(next_button)
        await rooms.see("^" + t("measure_files.found", count=2))
        await rooms.press(add(2))
        await rooms.see("^" + t("measure_files.added", count=2))
        await rooms.press(f"^{t('measure_files.see')}$")
        await rooms.see(f"^{t('sections.measures.measure_glucose')}$")

    tell(story, tmp_path)


def test_a_file_of_another_record_says_whom_it_names_and_what_is_there_already(tmp_path: Path) -> None:
    data = fhir(
        weight(1, 70.5, "2019-01-10"), weight(2, 70.5, "2019-01-10"), patient("x", "Hector", "1950-01-01", "male")
    )

    async def story(rooms: Rooms) -> None:
        await open_import(rooms)
        pick(rooms, tmp_path, **{"f.json": data.data, "mal.json": b"{"})
        await rooms.press(CHOOSE)
        await rooms.see("Hector Martin")
        await rooms.see("^" + t("measure_files.duplicates", count=1))
        await rooms.see("mal.json")
        await rooms.press(add(1))
        await rooms.see("^" + t("measure_files.added", count=1))

    tell(story, tmp_path)
