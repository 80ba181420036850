"""All values of one measure, from the store."""

from decimal import Decimal
from pathlib import Path

from mes_app.domain.laboratory import Range
from mes_app.domain.measure_series import MeasureHistory, Period, narrow
from mes_app.domain.people import Profile
from mes_app.services.session import Session
from tests.services.family import Json, tell, weight


def test_a_history_is_of_one_person_and_has_the_ranges_that_its_results_state(tmp_path: Path) -> None:
    usual = [{"low": {"value": 50.5, "unit": "kg"}, "high": {"value": 65}}]

    async def story(session: Session, family: list[Profile]) -> None:
        mother, daughter = (person.pid for person in family)
        history = await session.health.history(mother, "weight")
        assert [point.values for point in history.points] == [(60.25,), (61.5,), (62.0,)]
        assert [row.value for row in history.rows] == [62.0, 61.5, 60.25, 59]
        assert [each.usual for each in history.points[:2]] == [
            (Range(low=Decimal("50.5"), high=Decimal(65), unit="kg"),),
            (),
        ]
        assert await session.health.history(daughter, "weight") == MeasureHistory()

    ranged = weight(8, 60.25, "2020-02-03") | {"referenceRange": usual}
    undated = {name: value for name, value in weight(9, 59, "").items() if name != "effectiveDateTime"}
    tell(tmp_path, story, more=[ranged, undated])


def test_values_in_several_units_are_one_history_in_the_unit_chosen_with_their_ranges(tmp_path: Path) -> None:
    usual = [{"low": {"value": 50.5, "unit": "kg"}}]
    born, odd = weight(8, 3450, "2020-02-03"), weight(9, 10, "2026-03-01")
    born["valueQuantity"] = {"value": 3450, "code": "g"}
    odd["valueQuantity"] = {"value": 10, "code": "[stone_av]"}

    async def story(session: Session, family: list[Profile]) -> None:
        pid = family[0].pid
        history = await session.health.history(pid, "weight")
        assert [point.values for point in history.points] == [(3.45,), (60.25,), (61.5,), (62.0,), (10.0,)]
        await session.measures.choose_unit(pid, "weight", "g")
        history = await session.health.history(pid, "weight")
        assert [point.values for point in history.points[:2]] == [(3450,), (60250,)]
        assert history.points[1].usual == (Range(low=Decimal(50500), unit="g"),)
        assert [point.values for point in narrow(history, Period.ALL, None).points] == [(10.0,)]

    ranged = weight(7, 60.25, "2020-03-03") | {"referenceRange": usual}
    tell(tmp_path, story, more=[born, ranged, odd])


def test_a_tile_draws_what_is_dated_in_one_unit_and_tells_the_newest_of_it(tmp_path: Path) -> None:
    heavy = weight(8, 150, "2020-02-03")
    heavy["valueQuantity"] = {"value": 150, "code": "[lb_av]"}

    async def story(session: Session, family: list[Profile]) -> None:
        (series,) = await session.health.series(family[0].pid)
        assert [row.value for row in series.points] == [68.04, 61.5, 62.0]
        assert (series.last.value, series.last.unit) == (62.0, "kg")

    tell(tmp_path, story, more=[undated(weight(9, 59, "")), heavy])


def test_a_measure_without_any_date_has_a_tile_without_a_line(tmp_path: Path) -> None:
    code = {"coding": [{"system": "http://loinc.org", "code": "8302-2"}]}
    tall = undated(weight(9, 170, "")) | {"code": code, "valueQuantity": {"value": 170, "code": "cm"}}

    async def story(session: Session, family: list[Profile]) -> None:
        found = {series.measure: series for series in await session.health.series(family[0].pid)}
        assert (found["height"].last.value, found["height"].points) == (170, ())

    tell(tmp_path, story, more=[tall])


def undated(observation: Json) -> Json:
    return {name: value for name, value in observation.items() if name != "effectiveDateTime"}
