"""How a child grows, from the record to the place between the lines."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from mes_app.domain.measure_types import MeasureType
from mes_app.domain.people import Profile
from mes_app.domain.record import Change, Kind
from mes_app.errors import Reason, Rejected
from mes_app.services.growth import Growth
from mes_app.services.session import Session
from tests.services.family import Json, tell

TODAY = date(2026, 11, 22)
CODES = {MeasureType.WEIGHT: ("29463-7", "kg"), MeasureType.HEIGHT: ("8302-2", "cm")}


def measured(measure: MeasureType, day: str, value: float) -> Json:
    """A measure of the daughter, who was born on 2017-02-28."""
    code, unit = CODES[measure]
    return {
        "resourceType": "Observation",
        "id": f"{measure}-{day}",
        "subject": {"reference": "Patient/daughter"},
        "status": "final",
        "code": {"coding": [{"system": "http://loinc.org", "code": code}]},
        "effectiveDateTime": day,
        "valueQuantity": {"value": value, "code": unit},
    }


BOOKLET: Sequence[Json] = [
    measured(MeasureType.WEIGHT, "2017-02-28", 3.1),
    measured(MeasureType.HEIGHT, "2017-02-28", 49.0),
    measured(MeasureType.WEIGHT, "2017-08-28", 7.0),
    measured(MeasureType.WEIGHT, "2026-02-28", 28.0),
]


def test_what_was_measured_until_five_years_is_placed_and_what_came_later_is_left_alone(tmp_path: Path) -> None:
    async def story(session: Session, family: list[Profile]) -> Growth:
        return await session.growths.read(family[1].pid)

    growth = tell(tmp_path, story, more=BOOKLET)
    assert growth.concerns(TODAY)
    curves = {curve.measure: curve for curve in growth.curves}
    assert [(point.age, point.value) for point in curves[MeasureType.WEIGHT].points] == [(0, 3.1), (181, 7.0)]
    assert curves[MeasureType.WEIGHT].unplaced == 0
    assert [point.computed for point in curves[MeasureType.BMI].points] == [True]


def test_an_adult_without_a_childhood_in_the_record_is_offered_no_curve(tmp_path: Path) -> None:
    async def story(session: Session, family: list[Profile]) -> tuple[Growth, Growth]:
        mother, daughter = family
        return await session.growths.read(mother.pid), await session.growths.read(daughter.pid)

    mother, daughter = tell(tmp_path, story)
    assert not mother.concerns(TODAY)
    assert daughter.concerns(date(2022, 3, 1))
    assert not daughter.concerns(TODAY)


def test_weeks_at_birth_are_kept_move_the_points_and_are_announced(tmp_path: Path) -> None:
    async def story(session: Session, family: list[Profile]) -> None:
        daughter, heard = family[1].pid, list[Change]()
        stop = session.subscribe(heard.extend)
        await session.growths.choose_weeks(daughter, 32)
        stop()
        assert Change(daughter, Kind.MEASURES) in heard
        growth = await session.growths.read(daughter)
        assert growth.child
        assert growth.child.weeks == 32
        assert [point.age for point in growth.curves[0].points] == [181 - 56]
        assert growth.curves[0].unplaced == 1
        await session.growths.choose_weeks(daughter, None)
        again = await session.growths.read(daughter)
        assert again.curves[0].unplaced == 0

    tell(tmp_path, story, more=BOOKLET)


def test_weeks_of_no_birth_before_term_and_a_person_nobody_knows_are_refused(tmp_path: Path) -> None:
    async def story(session: Session, family: list[Profile]) -> None:
        for weeks in (21, 37):
            with pytest.raises(Rejected) as refused:
                await session.growths.choose_weeks(family[1].pid, weeks)
            assert refused.value.reason is Reason.NOT_A_CHOICE
        for unknown in (session.growths.read("nobody"), session.growths.choose_weeks("nobody", 32)):
            with pytest.raises(Rejected) as missing:
                await unknown
            assert missing.value.reason is Reason.UNKNOWN_RECORD

    tell(tmp_path, story)
