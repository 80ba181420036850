from pathlib import Path

from mes_app.domain.people import Profile
from mes_app.domain.record import Kind
from mes_app.services.session import Session
from tests.services.family import tell


def test_the_status_counts_each_profile_and_tells_the_last_sync(tmp_path: Path) -> None:
    async def story(session: Session, family: list[Profile]) -> None:
        status = await session.status.read()
        mother = status.profiles[0]
        assert (mother.counts[Kind.DOCUMENTS], mother.unsent, mother.conflicts) == (4, 0, 0)
        assert status.last_success is not None
        assert status.server == ""

    tell(tmp_path, story)
