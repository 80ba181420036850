"""What the home of a person shows, gathered from their services in one reading."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from mes_app.domain.expiries import Expiry, list_expiries
from mes_app.domain.people import Profile
from mes_app.domain.record import Row
from mes_app.services.session import Session

NEWEST = 3


@dataclass(frozen=True)
class Home:
    """``waiting``: the pids of the family for whom something unread waits."""

    appointment: Row | None
    unread: tuple[Row, ...]
    waiting: frozenset[str]
    expiries: tuple[Expiry, ...] = ()


async def gather_home(session: Session, pid: str, family: Iterable[Profile], today: date) -> Home:
    """Read the home of ``pid`` as it is on that day."""
    waiting = [each.pid for each in family if await session.documents.unread(each.pid, limit=1)]
    return Home(
        appointment=await session.agenda.next(pid),
        unread=tuple(await session.documents.unread(pid, limit=NEWEST)),
        waiting=frozenset(waiting),
        expiries=tuple(list_expiries(await session.documents.papers(pid), today)),
    )
