"""The unit of each measure, as one person chose it."""

from pathlib import Path

import pytest

from mes_app.domain.people import Profile
from mes_app.domain.record import Change, Kind
from mes_app.errors import Reason, Rejected
from mes_app.services.session import Session
from tests.services.family import tell


def test_a_unit_is_remembered_for_one_measure_of_one_person_and_screens_hear_of_it(tmp_path: Path) -> None:
    heard: list[Change] = []

    async def story(session: Session, family: list[Profile]) -> None:
        mother, daughter = (person.pid for person in family)
        session.subscribe(heard.extend)
        await session.measures.choose_unit(daughter, "weight", "g")
        await session.measures.choose_unit(daughter, "glucose", "g/L")
        await session.measures.choose_unit(daughter, "glucose", "g/L")
        assert heard == [Change(daughter, Kind.MEASURES)] * 2
        assert await session.measures.units(daughter) == {"weight": "g", "glucose": "g/L"}
        assert await session.measures.units(mother) == {}

    tell(tmp_path, story)


def test_a_unit_in_which_nobody_says_the_measure_is_refused(tmp_path: Path) -> None:
    async def story(session: Session, family: list[Profile]) -> None:
        for measure, unit in (("weight", "[lb_av]"), ("weight", "cm"), ("souplesse", "cm")):
            with pytest.raises(Rejected) as refused:
                await session.measures.choose_unit(family[0].pid, measure, unit)
            assert refused.value.reason is Reason.NOT_A_CHOICE
        with pytest.raises(Rejected) as refused:
            await session.measures.choose_unit("nobody", "weight", "g")
        assert refused.value.reason is Reason.UNKNOWN_RECORD

    tell(tmp_path, story)
