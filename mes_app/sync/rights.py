"""Whether the right to a profile is lost: said twice by the server, a day apart, to tokens just renewed.

The caller has made sure that it is a right: in the same pass the server shows the holder's own record.
"""

from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime, timedelta

from mes_app.errors import NotAllowed, Rejected, Unreadable
from mes_app.store.database import Connection, Database
from mes_app.store.profiles import list_profiles
from mes_app.store.rights import get_refusal, refuse_profile, revoke_profile
from mes_app.sync.api import FhirApi
from mes_app.sync.statuses import REFUSALS

GRACE = timedelta(hours=24)


async def judge_rights(api: FhirApi, database: Database, patients: Iterable[str], now: datetime) -> None:
    """Ask again for ``patients``, refused just before: hide them, or give them up when they were refused a day ago.

    The clock is the server's where it tells it. Raises Offline, Busy, SessionExpired: nothing more is judged.
    """
    await api.renew()
    for rid in patients:
        answer = await api.ask(f"Patient/{rid}")
        if answer.status in REFUSALS:
            await database.write(_judge, rid, answer.date or now)
        else:
            with suppress(Rejected, NotAllowed, Unreadable):  # says nothing of the right
                answer.check()


def _judge(con: Connection, rid: str, at: datetime) -> None:
    for pid in [profile.pid for profile in list_profiles(con, hidden=True) if profile.rid == rid]:
        since = get_refusal(con, pid)
        if not since:
            refuse_profile(con, pid, at.isoformat())
        elif at - datetime.fromisoformat(since) >= GRACE:
            revoke_profile(con, pid)
