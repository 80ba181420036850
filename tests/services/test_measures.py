"""One measure opened, in the unit of its person."""

from decimal import Decimal
from pathlib import Path

import pytest

from mes_app.domain.people import Profile
from mes_app.domain.record import Kind
from mes_app.errors import Reason, Rejected
from mes_app.services.session import Session
from tests.services.family import tell


def test_a_measure_is_opened_as_it_was_written_and_as_it_is_shown(tmp_path: Path) -> None:
    async def story(session: Session, family: list[Profile]) -> None:
        pid = family[0].pid
        await session.measures.choose_unit(pid, "weight", "g")
        (newest, *_) = await session.health.rows(pid, Kind.MEASURES)
        assert (newest.value, newest.unit) == (62000, "g")
        opened = await session.measures.open(newest.id)
        assert (str(opened.entry.value), opened.entry.unit) == ("62.0", "kg")
        assert (opened.shown.value, opened.shown.unit) == (Decimal(62000), "g")
        assert opened.repeats == ()

    tell(tmp_path, story)


def test_what_is_no_measure_is_not_opened_as_one(tmp_path: Path) -> None:
    async def story(session: Session, family: list[Profile]) -> None:
        (allergy, *_) = await session.health.rows(family[0].pid, Kind.ALLERGIES)
        with pytest.raises(Rejected) as refused:
            await session.measures.open(allergy.id)
        assert refused.value.reason is Reason.UNKNOWN_RECORD

    tell(tmp_path, story)
