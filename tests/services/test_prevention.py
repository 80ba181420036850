"""Prevention, from the record to what a person says of it."""

from datetime import date
from pathlib import Path

import pytest

from mes_app.domain.people import Profile
from mes_app.domain.prevention import Choice, PreventionItem, State
from mes_app.domain.record import Change, Kind
from mes_app.errors import Reason, Rejected
from mes_app.services.session import Session
from tests.services.family import Json, of_mother, tell

TODAY = date(2026, 11, 22)
RECORD: list[Json] = [
    of_mother(
        "Immunization",
        "booster",
        status="completed",
        vaccineCode={"text": "Rappel"},
        occurrenceDateTime="2013-09",
        protocolApplied=[{"targetDisease": [{"text": "Tétanos"}, {"text": "Coqueluche"}], "doseNumberString": "1"}],
    ),
]


async def find(session: Session, pid: str, rule: str) -> PreventionItem:
    return next(item for item in (await session.preventions.read(pid, TODAY)).items if item.id == rule)


def test_a_vaccine_of_the_record_counts_by_its_diseases(tmp_path: Path) -> None:
    async def story(session: Session, family: list[Profile]) -> None:
        booster = await find(session, family[0].pid, "vac-dtcap-25")
        assert (booster.state, booster.done) == (State.DONE, "2013-09")
        mother, daughter = [await session.preventions.read(one.pid, TODAY) for one in family]
        assert (mother.child, daughter.child) == (False, True)
        assert len([item for item in daughter.items if item.id.startswith("exam-")]) == 20

    tell(tmp_path, story, more=RECORD)


def test_what_a_person_says_is_kept_for_them_alone_announced_and_taken_back(tmp_path: Path) -> None:
    async def story(session: Session, family: list[Profile]) -> None:
        mother, daughter = (one.pid for one in family)
        before, heard = await session.preventions.read(daughter, TODAY), list[Change]()
        stop = session.subscribe(heard.extend)
        await session.preventions.mark(daughter, "exam-18", Choice.DONE, TODAY)
        await session.preventions.mark(daughter, "dent-annual", Choice.NOT_FOR_ME, TODAY)
        stop()
        assert {change.profile for change in heard} == {daughter}
        assert {change.kind for change in heard} == {Kind.PROCEDURES}
        exam = await find(session, daughter, "exam-18")
        assert (exam.state, exam.done) == (State.DONE, "")
        assert (await find(session, daughter, "dent-annual")).state is State.NOT_FOR_ME
        assert all(item.mark is None for item in (await session.preventions.read(mother, TODAY)).items)
        for rule in ("exam-18", "dent-annual", "dent-annual"):
            await session.preventions.mark(daughter, rule, None, TODAY)
        assert await session.preventions.read(daughter, TODAY) == before

    tell(tmp_path, story)


def test_a_rule_or_a_person_that_nobody_knows_is_refused(tmp_path: Path) -> None:
    async def story(session: Session, family: list[Profile]) -> None:
        for pid, rule in (("nobody", "exam-01"), (family[0].pid, "exam-99")):
            with pytest.raises(Rejected) as refused:
                await session.preventions.mark(pid, rule, Choice.DONE, TODAY)
            assert refused.value.reason is Reason.UNKNOWN_RECORD
        with pytest.raises(Rejected):
            await session.preventions.read("nobody", TODAY)

    tell(tmp_path, story)


def test_without_a_day_of_birth_nothing_is_told(tmp_path: Path) -> None:
    async def story(session: Session, family: list[Profile]) -> None:
        told = await session.preventions.read(family[0].pid, date(1980, 1, 1))
        assert (told.birth, told.items) == (None, ())

    tell(tmp_path, story)


def test_who_wants_it_is_told_what_is_for_another_registered_sex(tmp_path: Path) -> None:
    async def story(session: Session, family: list[Profile]) -> None:
        pid = family[0].pid
        details = await session.preventions.read(pid, TODAY)
        assert not details.every_sex
        own = {item.id for item in details.items}
        await session.preventions.widen(pid, every_sex=True)
        wide = await session.preventions.read(pid, TODAY)
        assert wide.every_sex
        assert own <= {item.id for item in wide.items}
        assert "scr-col-30" in {item.id for item in wide.items}
        await session.preventions.widen(pid, every_sex=False)
        assert await session.preventions.read(pid, TODAY) == details

    tell(tmp_path, story)
