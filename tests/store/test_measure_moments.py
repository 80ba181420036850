"""Which measures are there, told by the store."""

from pathlib import Path

from mes_app.domain.people import Profile
from mes_app.services.session import Session
from mes_app.store.measure_moments import list_moments
from tests.services.family import tell, weight


def test_measures_of_one_person_are_told_by_their_moment_and_value(tmp_path: Path) -> None:
    async def story(session: Session, family: list[Profile]) -> None:
        database = session.editing._pen.database
        found = await database.read(list_moments, family[0].pid)
        assert {(one[0], one[2], *one[3:6]) for one in found} == {
            ("weight", "2026-01-09T23:00:00Z", 61.5, None, "kg"),
            ("weight", "2026-02-09T23:00:00Z", 62.0, None, "kg"),
        }
        assert await database.read(list_moments, family[1].pid) == []

    tell(tmp_path, story, more=[weight(3, 1, "2026-03-01") | {"status": "entered-in-error"}])
