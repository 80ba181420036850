"""Declared pregnancies, from the record to their booklet."""

from datetime import date
from pathlib import Path

import pytest

from mes_app.domain.forms import build_entry
from mes_app.domain.people import Profile
from mes_app.domain.pregnancies import Advance
from mes_app.domain.prevention import Choice, State
from mes_app.domain.record import Change, Kind
from mes_app.errors import Reason, Rejected
from mes_app.services.pregnancies import PregnancyBooklet
from mes_app.services.session import Session
from tests.services.family import of_mother, tell

TODAY = date(2026, 11, 22)
GOING_ON = {"status": "current", "basis": "last_period", "day": "2026-06-10"}
ENDED = {"status": "ended", "basis": "last_period", "day": "2025-01-10", "until": "2025-03"}
SCAN = of_mother(
    "DocumentReference",
    "scan",
    status="current",
    type={"coding": [{"system": "http://loinc.org", "code": "11502-2"}], "text": "Compte rendu"},
    description="Échographie du premier trimestre",
    date="2026-09-01T10:00:00Z",
    content=[{"attachment": {"contentType": "application/pdf", "url": "Binary/scan"}}],
)


async def note(session: Session, pid: str, values: dict[str, str]) -> str:
    return (await session.editing.add(pid, build_entry(Kind.PREGNANCIES, values), Kind.PREGNANCIES)).record_id


async def read(session: Session, pid: str) -> PregnancyBooklet:
    return await session.pregnancies.read(pid, TODAY)


def test_a_pregnancy_has_its_week_its_calendar_and_the_documents_of_its_time(tmp_path: Path) -> None:
    async def story(session: Session, family: list[Profile]) -> None:
        pid = family[0].pid
        await note(session, pid, GOING_ON)
        await session.preventions.mark(pid, "mat-epp", Choice.DONE, TODAY)
        (told,) = (await read(session, pid)).pregnancies
        assert told.advance == Advance(23, 4, 5)
        steps = {item.id: item for item in told.steps}
        assert (steps["mat-epp"].state, steps["mat-exam-3"].state) == (State.DONE, State.DUE)
        assert [row.title for row in told.documents] == ["Échographie du premier trimestre"]

    tell(tmp_path, story, more=[SCAN])


def test_a_report_counts_until_the_person_says_that_it_is_something_else(tmp_path: Path) -> None:
    async def story(session: Session, family: list[Profile]) -> None:
        pid = family[0].pid
        await note(session, pid, GOING_ON)
        (told,) = (await read(session, pid)).pregnancies
        scan = next(item for item in told.steps if item.id == "mat-echo-1")
        assert scan.record is not None
        await session.preventions.deny(pid, scan.id, scan.record.id, denied=True)
        (told,) = (await read(session, pid)).pregnancies
        assert next(item for item in told.steps if item.id == "mat-echo-1").record is None
        await session.preventions.deny(pid, scan.id, scan.record.id, denied=False)
        (told,) = (await read(session, pid)).pregnancies
        assert next(item for item in told.steps if item.id == "mat-echo-1") == scan

    tell(tmp_path, story, more=[SCAN])


def test_one_that_is_hidden_is_in_no_list_and_not_in_the_synthesis_and_comes_back(tmp_path: Path) -> None:
    async def story(session: Session, family: list[Profile]) -> None:
        pid, heard = family[0].pid, list[Change]()
        current, ended = await note(session, pid, GOING_ON), await note(session, pid, ENDED)
        stop = session.subscribe(heard.extend)
        await session.pregnancies.hide(ended, hidden=True)
        stop()
        assert heard == [Change(pid, Kind.PREGNANCIES)]
        assert [row.id for row in await session.health.rows(pid, Kind.PREGNANCIES)] == [current]
        booklet = await read(session, pid)
        assert ([one.entry.id for one in booklet.shown], len(booklet.pregnancies)) == ([current], 2)
        assert (await session.health.entry(ended)).id == ended
        await session.pregnancies.hide(ended, hidden=False)
        assert [one.entry.id for one in (await read(session, pid)).shown] == [current, ended]

    tell(tmp_path, story)


def test_the_booklet_is_offered_where_it_makes_sense_or_is_wanted(tmp_path: Path) -> None:
    async def story(session: Session, family: list[Profile]) -> None:
        mother, daughter = (one.pid for one in family)
        assert ((await read(session, mother)).offered, (await read(session, daughter)).offered) == (True, False)
        await session.pregnancies.offer(mother, wanted=False)
        await session.pregnancies.offer(daughter, wanted=True)
        assert ((await read(session, mother)).offered, (await read(session, daughter)).offered) == (False, True)
        await session.pregnancies.offer(daughter, wanted=None)
        assert not (await read(session, daughter)).offered
        await note(session, mother, ENDED)
        assert (await read(session, mother)).offered

    tell(tmp_path, story)


def test_what_is_no_pregnancy_cannot_be_hidden(tmp_path: Path) -> None:
    async def story(session: Session, family: list[Profile]) -> None:
        habit = build_entry(Kind.HABITS, {"topic": "sleep"})
        other = (await session.editing.add(family[0].pid, habit, Kind.HABITS)).record_id
        for record_id in (other, "nothing"):
            with pytest.raises(Rejected) as refused:
                await session.pregnancies.hide(record_id, hidden=True)
            assert refused.value.reason is Reason.UNKNOWN_RECORD

    tell(tmp_path, story)
