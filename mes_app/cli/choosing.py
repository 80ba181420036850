"""Whom a command is about."""

from collections.abc import Sequence

from mes_app.domain.people import Profile
from mes_app.errors import Reason, Rejected
from mes_app.services.session import Session


async def choose_profile(session: Session, wanted: str) -> Profile:
    """The profile with this pid prefix or first name; the holder by default. Raises as ``find_one``."""
    everyone = await session.profiles.list()
    if wanted:
        return find_one(everyone, wanted)
    return find_one([profile for profile in everyone if profile.holder] or everyone[:1])


def find_one(people: Sequence[Profile], wanted: str = "") -> Profile:
    """The one of ``people`` with this pid prefix or first name; the only one where none is told.

    Raises Rejected("profile"): UNKNOWN_RECORD, AMBIGUOUS.
    """
    name = wanted.casefold()
    found = [one for one in people if one.pid.startswith(wanted) or one.first_name.casefold() == name]
    if len(found) != 1:
        raise Rejected("profile", Reason.AMBIGUOUS if found else Reason.UNKNOWN_RECORD)
    return found[0]
