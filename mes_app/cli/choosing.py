"""Whom a command is about."""

from mes_app.domain.people import Profile
from mes_app.errors import Reason, Rejected
from mes_app.services.session import Session


async def choose_profile(session: Session, wanted: str) -> Profile:
    """The profile with this pid prefix or first name; the holder by default.

    Raises Rejected("profile"): UNKNOWN_RECORD, AMBIGUOUS.
    """
    everyone = await session.profiles.list()
    if not wanted:
        found = [profile for profile in everyone if profile.holder] or everyone[:1]
    else:
        name = wanted.casefold()
        found = [p for p in everyone if p.pid.startswith(wanted) or p.first_name.casefold() == name]
    if len(found) != 1:
        raise Rejected("profile", Reason.AMBIGUOUS if found else Reason.UNKNOWN_RECORD)
    return found[0]
