"""Measures taken away, from a real store."""

import json
from pathlib import Path

import fhirkit

from mes_app.domain.people import Profile
from mes_app.services import measure_exports
from mes_app.services.measure_exports import ExportForm
from mes_app.services.session import Session
from tests.services.family import tell, weight
from tests.services.measure_stories import bring, table


def test_a_table_is_of_one_person_with_the_newest_first(tmp_path: Path) -> None:
    async def story(session: Session, family: list[Profile]) -> None:
        mother, daughter = (person.pid for person in family)
        written = await session.measure_exports.write(mother, "weight")
        values = [line.split(";")[3] for line in written.data.decode("utf-8-sig").splitlines()]
        assert (written.count, values) == (3, ["Valeur", "62,0", "61,5", "60,25"])
        assert (await session.measure_exports.write(mother)).count == 3
        assert (await session.measure_exports.write(mother, "height")).count == 0
        assert (await session.measure_exports.write(daughter)).count == 0

    tell(tmp_path, story, more=[weight(8, 60.25, "2020-02-03")])


def test_a_bundle_is_valid_in_ucum_with_who_measured_and_without_who_the_person_is(tmp_path: Path) -> None:
    doctor = {"resourceType": "Practitioner", "id": "doc", "name": [{"text": "Dr Roux"}]}
    measured = weight(8, 60.25, "2020-02-03") | {"performer": [{"reference": "Practitioner/doc"}]}
    pressures = [f"2025-01-{day:02} 08:00;120/80;64;154" for day in range(1, 29)]

    async def story(session: Session, family: list[Profile]) -> None:
        pid = family[0].pid
        await bring(session, pid, table("Date;Tension;Pouls;Weight (lb)", *pressures))
        written = await session.measure_exports.write(pid, "", ExportForm.FHIR)
        bundle = json.loads(written.data)
        assert [str(issue) for issue in fhirkit.validate(bundle)] == []
        resources = [entry["resource"] for entry in bundle["entry"]]
        assert {each["resourceType"] for each in resources} <= {"Observation", "Practitioner"}
        assert written.count == 3 + 3 * len(pressures)
        numbers = [each["valueQuantity"] for each in resources if "valueQuantity" in each]
        assert {number["system"] for number in numbers} == {"http://unitsofmeasure.org"}
        assert {number["code"] for number in numbers} == {"kg", "/min", "[lb_av]"}
        assert (await session.measure_exports.write(pid, "bp", ExportForm.FHIR)).count == len(pressures)

    tell(tmp_path, story, more=[measured, doctor])


def test_an_export_of_many_pages_has_each_measure_once(tmp_path: Path) -> None:
    count = measure_exports.PAGE + 20
    lines = [f"{2000 + number // 336}-{number // 28 % 12 + 1:02}-{number % 28 + 1:02};61" for number in range(count)]

    async def story(session: Session, family: list[Profile]) -> None:
        pid = family[1].pid
        await bring(session, pid, table("Date;Poids (kg)", *lines))
        written = await session.measure_exports.write(pid)
        days = {line.split(";")[2] for line in written.data.decode().splitlines()[1:]}
        assert (written.count, len(days)) == (count, count)

    tell(tmp_path, story)
