from datetime import UTC, datetime
from pathlib import Path

from mes_app.domain.forms import build_entry
from mes_app.domain.people import Profile
from mes_app.domain.record import Kind
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


def test_of_a_month_or_a_year_the_day_may_still_come(tmp_path: Path) -> None:
    async def story(session: Session, family: list[Profile]) -> None:
        pid, agenda = family[0].pid, agenda_of(session)
        for text in ("2026-10", "2026-11", "2026", "2026-12", "2026-11-20", "2026-11-22"):
            entry = build_entry(Kind.APPOINTMENTS, {"title": text, "start": text})
            await session.editing.add(pid, entry, Kind.APPOINTMENTS)
        upcoming, past = await agenda.upcoming(pid), await agenda.past(pid)
        coming = ["Visite 2", "2026-11-22", "2026-11", "Visite 3", "2026", "2026-12"]
        assert [row.title for row in upcoming] == coming
        assert [row.title for row in past] == ["2026-11-20", "Visite 1", "2026-10"]
        assert [row.date_text for row in upcoming if not row.title.startswith("V")] == coming[1:3] + coming[4:]
        assert await agenda.past(pid, past[0]) == past[1:]

    tell(tmp_path, story)


def test_a_cancelled_appointment_is_not_the_next_one(tmp_path: Path) -> None:
    async def story(session: Session, family: list[Profile]) -> None:
        coming = await agenda_of(session).next(family[0].pid)
        assert coming
        assert (await session.agenda.open(coming.id)).title == "Visite 3"

    tell(tmp_path, story)
