from datetime import UTC, datetime
from pathlib import Path

from mes_app.domain.people import Profile
from mes_app.services.agenda import Agenda
from mes_app.services.session import Session
from tests.services.family import tell

NOW = datetime(2026, 11, 21, 20, 0, tzinfo=UTC)


def agenda_of(session: Session) -> Agenda:
    return Agenda(session.agenda._database, clock=lambda: NOW)


def test_what_is_planned_today_stays_upcoming_until_the_day_is_over(tmp_path: Path) -> None:
    async def story(session: Session, family: list[Profile]) -> None:
        agenda = agenda_of(session)
        assert [row.title for row in await agenda.upcoming(family[0].pid)] == ["Visite 2", "Visite 3"]
        assert [row.title for row in await agenda.past(family[0].pid)] == ["Visite 1"]

    tell(tmp_path, story)


def test_a_cancelled_appointment_is_not_the_next_one(tmp_path: Path) -> None:
    async def story(session: Session, family: list[Profile]) -> None:
        coming = await agenda_of(session).next(family[0].pid)
        assert coming
        assert (await session.agenda.open(coming.id)).title == "Visite 3"

    tell(tmp_path, story)
