from datetime import UTC, datetime
from pathlib import Path

import pytest

from mes_app.domain.record import Kind
from mes_app.domain.sections import SECTIONS
from mes_app.errors import Rejected
from mes_app.services.summaries import gather_summary
from tests.services.pens import Desk, at_desk

NOW = datetime(2026, 11, 22, tzinfo=UTC)


def test_every_section_is_gathered_and_whose_it_is(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        summary = await desk.database.read(gather_summary, "child", NOW)
        assert (summary.profile.name, summary.made_by, summary.made_at) == ("Léo Martin", "Camille Martin", NOW)
        assert list(summary.sections) == list(SECTIONS)
        assert summary.sections[Kind.ALLERGIES].entries == ()

    at_desk(tmp_path, story)


def test_of_nobody_there_is_none(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        with pytest.raises(Rejected):
            await desk.database.read(gather_summary, "nobody", NOW)

    at_desk(tmp_path, story)
