"""Finding the entries of the health profile by their words."""

import json
from datetime import date
from pathlib import Path

from mes_app.domain.measure_types import MeasureType
from mes_app.domain.record import Entry, Kind
from mes_app.domain.sections.conditions import Condition
from mes_app.domain.sections.measures import Measure
from mes_app.domain.sections.pages import Page
from mes_app.domain.sections.pregnancies import Pregnancy
from mes_app.domain.sections.professionals import Professional
from mes_app.domain.sections.vaccines import Vaccine
from mes_app.domain.values import Coded, PartialDate
from mes_app.fhir.bundles import parse_resource
from mes_app.services.editing import Editing
from mes_app.services.health import Health
from mes_app.services.measure_units import keep_unit
from mes_app.services.pregnancies import Pregnancies
from mes_app.store.pages import save_page
from mes_app.sync.conflicts import merge_versions
from mes_app.sync.pages import make_incoming
from tests.services.pens import Desk, at_desk
from tests.store.samples import CHILD, PARENT

NAMES = {"weight": "Poids", "height": "Taille", "bmi": "Indice de masse corporelle"}
TEAM = {
    "resourceType": "CareTeam",
    "id": "t1",
    "meta": {"versionId": "1", "lastUpdated": "2026-01-01T00:00:00Z"},
    "status": "active",
    "subject": {"reference": "Patient/p1"},
    "participant": [{"member": {"reference": "Practitioner/9", "display": "Dr Karim Benali"}}],
}


async def add(desk: Desk, kind: Kind, entry: Entry, pid: str = PARENT.pid) -> str:
    return (await Editing(desk.pen).add(pid, entry, kind)).record_id


async def find(desk: Desk, text: str, limit: int = 60) -> list[tuple[Kind, str]]:
    found = await Health(desk.database).find(PARENT.pid, text, NAMES, limit)
    return [(row.kind, row.title) for row in found]


def weigh(value: int, day: str) -> Measure:
    return Measure.model_validate(
        {"title": "Poids", "measure": MeasureType.WEIGHT, "value": value, "unit": "kg", "date": PartialDate(text=day)}
    )


def test_entries_of_every_section_are_found_those_that_say_it_in_their_title_first(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        await add(
            desk, Kind.CONDITIONS, Condition(condition=Coded(text="Grippe sévère"), since=PartialDate(text="2019"))
        )
        await add(desk, Kind.VACCINES, Vaccine(vaccine=Coded(text="Vaccin grippe"), date=PartialDate(text="2025-10")))
        await add(desk, Kind.PAGES, Page(page="2 ans", text="Une grippe en hiver.", date=PartialDate(text="2026-01")))
        await add(desk, Kind.VACCINES, Vaccine(vaccine=Coded(text="Vaccin grippe")), CHILD.pid)
        vaccine, page = (Kind.VACCINES, "Vaccin grippe"), (Kind.PAGES, "2 ans")
        assert await find(desk, "GRIPPES") == [vaccine, (Kind.CONDITIONS, "Grippe sévère"), page]
        assert await find(desk, "grip vac") == [vaccine]
        assert await find(desk, "grippe", limit=1) == [vaccine]
        assert await find(desk, "rippe") == await find(desk, " ") == []

    at_desk(tmp_path, story)


def test_a_measure_is_found_once_by_its_name_as_its_newest_value_in_the_unit_chosen(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        for value, day in ((61, "2026-01-01"), (62, "2026-03-01"), (60, "2025-01-01")):
            await add(desk, Kind.MEASURES, weigh(value, day))
        (row,) = await Health(desk.database).find(PARENT.pid, "POI", NAMES)
        assert (row.category, row.value, row.unit) == ("weight", 62.0, "kg")
        await desk.database.write(keep_unit, PARENT.pid, "weight", "g")
        (row,) = await Health(desk.database).find(PARENT.pid, "poids", NAMES)
        assert (row.value, row.unit) == (62000.0, "g")
        assert await find(desk, "taille") == []

    at_desk(tmp_path, story)


def test_professionals_are_found_whether_they_were_noted_or_are_named_by_a_record(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        await add(desk, Kind.PROFESSIONALS, Professional(name="Dr Inès Garcia", speciality="Orthophoniste"))
        incoming = make_incoming(parse_resource(json.dumps(TEAM).encode()), holder=True)
        await desk.database.write(save_page, PARENT.pid, [incoming], merge=merge_versions)
        assert await find(desk, "orthophoniste ines") == [(Kind.PROFESSIONALS, "Dr Inès Garcia")]
        (row,) = await Health(desk.database).find(PARENT.pid, "benali", NAMES)
        assert (row.title, (await Health(desk.database).entry(row.id)).id) == ("Dr Karim Benali", row.id)

    at_desk(tmp_path, story)


def test_what_is_deleted_or_left_out_of_lists_is_not_found(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        pregnancy = await add(desk, Kind.PREGNANCIES, Pregnancy(day=PartialDate(text=date(2026, 9, 1).isoformat())))
        condition = await add(desk, Kind.CONDITIONS, Condition(condition=Coded(text="Grossesse difficile")))
        assert len(await find(desk, "grossesse")) == 2
        await Pregnancies(desk.database).hide(pregnancy, hidden=True)
        await Editing(desk.pen).delete(condition)
        assert await find(desk, "grossesse") == []

    at_desk(tmp_path, story)
