"""What only one vault knew of a person, taken out in an archive and brought into another vault."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from mes_app.domain.archives import ArchivedAvatar, ArchivedSettings
from mes_app.domain.forms import build_entry
from mes_app.domain.imports import Item, ItemState
from mes_app.domain.people import PALETTE, Profile
from mes_app.domain.personal_settings import name_records
from mes_app.domain.prevention import Choice
from mes_app.domain.record import Kind
from mes_app.errors import Reason
from mes_app.services.importing import Picked, Plan
from mes_app.services.personal_settings import read_settings
from mes_app.services.session import Session
from mes_app.store.database import Connection
from mes_app.store.profiles import get_profile
from mes_app.store.records import get_record
from tests.services.export_stories import ignore
from tests.services.family import image, patient, tell
from tests.services.import_stories import bring, build_empty
from tests.services.test_import_sources import DOCUMENT, PHOTO, ours

TODAY = date(2026, 11, 22)
EVERY_SETTING = frozenset(ArchivedSettings.model_fields)
PREGNANCY = {"status": "current", "basis": "last_period", "day": "2026-06-10"}
ME = patient("mother", "Anaïs", "1988-07-12", "female")


async def set_all(session: Session, family: list[Profile]) -> None:
    """Everything that a person can set on a device."""
    mother, daughter = (one.pid for one in family)
    noted = await session.editing.add(mother, build_entry(Kind.PREGNANCIES, PREGNANCY), Kind.PREGNANCIES)
    await session.pregnancies.hide(noted.record_id, hidden=True)
    await session.pregnancies.offer(mother, wanted=False)
    await session.preventions.mark(mother, "mat-epp", Choice.DONE, TODAY)
    await session.preventions.mark(mother, "dent-annual", Choice.NOT_FOR_ME, TODAY)
    (note, *_) = [found.row for found in await session.search.find(mother, "") if found.row.title == "Notes"]
    await session.preventions.deny(mother, "mat-echo-1", note.id, denied=True)
    await session.preventions.widen(mother, every_sex=True)
    await session.measures.choose_unit(mother, "glucose", "mmol/L")
    await session.appearances.choose_photo(mother, image("PNG", (300, 200)))
    await session.growths.choose_weeks(daughter, 34)
    await session.appearances.choose_symbol(daughter, "star")
    await session.appearances.choose_colour(daughter, PALETTE[6])


async def read_all(session: Session, family: list[Profile]) -> list[dict[str, Any]]:
    """What is set of each person, records by their titles."""
    return [await session.editing._pen.database.read(_read_named, one.pid) for one in family]


def _read_named(con: Connection, pid: str) -> dict[str, Any]:
    found = read_settings(con, get_profile(con, pid))
    return {
        name: name_records(name, value, lambda lid: get_record(con, lid).row.title) for name, value in found.items()
    }


@pytest.fixture(scope="module")
def taken_out(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[dict[str, Any]]]:
    """The archive of a family, and all that they have set."""
    folder = tmp_path_factory.mktemp("source")

    async def story(session: Session, family: list[Profile]) -> list[dict[str, Any]]:
        await set_all(session, family)
        family = await session.profiles.list()
        await session.exporting.write(folder / "out.zip", [one.pid for one in family], ignore)
        return await read_all(session, family)

    return folder / "out.zip", tell(folder, story)


def list_settings(plan: Plan) -> dict[str, Item]:
    """Those of the person whose record it is."""
    return {item.setting: item for item in plan.items if item.setting and not item.person}


def test_all_that_was_set_comes_back_as_it_was_and_one_undo_takes_it_away(
    tmp_path: Path, taken_out: tuple[Path, list[dict[str, Any]]]
) -> None:
    archive, before = taken_out
    files = [Picked("out.zip", archive)]

    async def story(session: Session, family: list[Profile]) -> None:
        undone, edits = await read_all(session, family), []
        for person in family:
            plan = await session.importing.preview(person.pid, files, ignore)
            wanted = {item.number for item in plan.items if not item.person}
            done = await session.importing.run(plan, wanted, ignore)
            assert (done.failed, done.ended) == ((), None)
            edits.append(done.edited)
        after = await read_all(session, family)
        assert without_photo(after) == without_photo(before)
        assert before[0].keys() == after[0].keys() == EVERY_SETTING - {"position", "weeks_at_birth"}
        for person in family:
            again = list_settings(await session.importing.preview(person.pid, files, ignore))
            assert {item.state for item in again.values()} == {ItemState.DUPLICATE}
        for edited in edits:
            await session.editing.undo(edited)
        assert await read_all(session, family) == undone

    tell(tmp_path, story, resources=build_empty())


def test_what_is_set_here_stays_unless_the_person_asks_for_the_other(
    tmp_path: Path, taken_out: tuple[Path, list[dict[str, Any]]]
) -> None:
    files = [Picked("out.zip", taken_out[0])]

    async def story(session: Session, family: list[Profile]) -> None:
        pid = family[0].pid
        await session.appearances.choose_symbol(pid, "tree")
        await session.measures.choose_unit(pid, "glucose", "mg/dL")
        await session.preventions.mark(pid, "mat-epp", Choice.NOT_FOR_ME, TODAY)
        await session.pregnancies.offer(pid, wanted=True)
        plan, _ = await bring(session, pid, *files)
        items = list_settings(plan)
        assert {name for name, item in items.items() if item.replaces} == {"avatar", "pregnancy_booklet"}
        assert items["units"].state is ItemState.DUPLICATE
        found, *_ = await read_all(session, family)
        assert (found["avatar"], found["pregnancy_booklet"]) == ({"symbol": "tree"}, True)
        assert (found["units"]["glucose"], found["prevention"]["mat-epp"][0]) == ("mg/dL", Choice.NOT_FOR_ME)
        assert found["prevention"]["dent-annual"][0] == Choice.NOT_FOR_ME
        await session.importing.run(plan, {items["avatar"].number}, ignore)
        found, *_ = await read_all(session, family)
        assert (found["avatar"].keys(), found["pregnancy_booklet"]) == ({"photo"}, True)

    tell(tmp_path, story, resources=build_empty())


def test_what_names_a_record_that_is_not_chosen_does_not_come(
    tmp_path: Path, taken_out: tuple[Path, list[dict[str, Any]]]
) -> None:
    async def story(session: Session, family: list[Profile]) -> None:
        plan = await session.importing.preview(family[0].pid, [Picked("out.zip", taken_out[0])], ignore)
        await session.importing.run(plan, {item.number for item in plan.items if item.setting}, ignore)
        found, *_ = await read_all(session, family)
        assert "units" in found
        assert not {"prevention_denied", "pregnancies_hidden"} & found.keys()

    tell(tmp_path, story, resources=build_empty())


def test_nobody_is_judged_by_the_clock_or_the_words_of_a_stranger(tmp_path: Path) -> None:
    settings = ArchivedSettings(
        colour="#000000",
        avatar=ArchivedAvatar(photo=PHOTO),
        units={"mood": "1"},
        weeks_at_birth=4_000,
        prevention={"exam-18": ("done", date.max), "exam-99": ("done", date.min)},
        prevention_denied=(("mat-epp", f"urn:uuid:{'0' * 8}-0000-0000-0000-{'0' * 12}"),),
    )
    archive = ours(DOCUMENT | {"status": "current"}, ME, settings=settings, photo=b"GIF89a" * 20)

    async def story(session: Session, family: list[Profile]) -> None:
        pid, before = family[0].pid, await read_all(session, family)
        plan, done = await bring(session, pid, Picked("x.zip", data=archive))
        items = list_settings(plan)
        assert {name for name, item in items.items() if item.state is ItemState.NEW} == {"prevention"}
        assert {item.fault and item.fault.reason for item in items.values()} == {
            None, Reason.NEWER_VERSION, Reason.CONTENT_LEFT_OUT, Reason.DAMAGED,
        }  # fmt: skip
        assert done.failed == ()
        found, *_ = await read_all(session, family)
        today = session.editing._pen.now().astimezone().date().isoformat()
        assert found == before[0] | {"prevention": {"exam-18": ["done", today]}}
        assert (await session.preventions.read(pid, TODAY)).items

    tell(tmp_path, story, resources=build_empty())


def without_photo(told: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """A photo is drawn anew: that there is one is what counts."""
    return [one | {"avatar": [*one["avatar"]]} for one in told]
