"""What the home of a person shows, gathered from their services in one reading."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from mes_app.domain.expiries import Expiry, list_expiries
from mes_app.domain.people import Profile
from mes_app.domain.prevention import NEAR, PreventionItem, group_topics
from mes_app.domain.record import Row
from mes_app.services.session import Session

NEWEST = 3


@dataclass(frozen=True)
class Home:
    """``waiting``: the pids of the family for whom something unread waits.

    ``near``: what prevention offers now or soon, what matters most first.
    """

    appointment: Row | None
    unread: tuple[Row, ...]
    waiting: frozenset[str]
    expiries: tuple[Expiry, ...] = ()
    near: tuple[PreventionItem, ...] = ()


async def gather_home(session: Session, pid: str, family: Iterable[Profile], today: date) -> Home:
    """Read the home of ``pid`` as it is on that day."""
    waiting = [each.pid for each in family if await session.documents.unread(each.pid, limit=1)]
    return Home(
        appointment=await session.agenda.next(pid),
        unread=tuple(await session.documents.unread(pid, limit=NEWEST)),
        waiting=frozenset(waiting),
        expiries=tuple(list_expiries(await session.documents.papers(pid), today)),
        near=await _gather_near(session, pid, today),
    )


async def _gather_near(session: Session, pid: str, today: date) -> tuple[PreventionItem, ...]:
    """What is late, due or soon at this age and in a pregnancy that is shown, in that order."""
    topics = group_topics((await session.preventions.read(pid, today)).items)
    steps = [item for told in (await session.pregnancies.read(pid, today)).shown for item in told.steps]
    found = [*steps, *(topic.main for topic in topics)]
    return tuple(sorted((item for item in found if item.state in NEAR), key=lambda item: NEAR.index(item.state)))
