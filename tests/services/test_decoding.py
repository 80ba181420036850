from pathlib import Path

import pytest

from mes_app.domain.people import Profile
from mes_app.errors import Reason, Rejected
from mes_app.services.session import Session
from tests.services.family import tell


def test_an_unknown_record_is_refused_and_never_a_crash(tmp_path: Path) -> None:
    async def story(session: Session, family: list[Profile]) -> None:
        for unknown in ("nothing", "", f"{family[0].pid}.9", f"{family[0].pid}.x"):
            with pytest.raises(Rejected) as refused:
                await session.health.entry(unknown)
            assert refused.value.reason is Reason.UNKNOWN_RECORD

    tell(tmp_path, story)
