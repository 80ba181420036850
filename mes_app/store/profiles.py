"""The people of the vault. Everything of a person hangs from their profile and goes with it."""

import json
from base64 import b64decode, b64encode
from typing import Any

from mes_app.domain.people import Profile, ProfileState, Sex
from mes_app.domain.record import Kind
from mes_app.domain.values import PartialDate
from mes_app.errors import Reason, Rejected
from mes_app.store.database import Connection
from mes_app.store.preferences import put_profile_preference
from mes_app.store.traces import note_gone

_AVATAR = "avatar"


def save_profile(con: Connection, profile: Profile) -> None:
    """Keep a profile, new or changed, its avatar aside; giving it its ``rid`` links it to the server."""
    con.execute(
        """
        INSERT INTO profile (pid, rid, name, birth, sex, colour, position, holder, state)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (pid) DO UPDATE SET
            rid = excluded.rid, name = excluded.name, birth = excluded.birth, sex = excluded.sex,
            colour = excluded.colour, position = excluded.position, holder = excluded.holder, state = excluded.state
        """,
        (
            profile.pid,
            profile.rid,
            profile.name,
            profile.birth.text if profile.birth else "",
            profile.sex,
            profile.colour,
            profile.position,
            profile.holder,
            profile.state,
        ),
    )
    con.touch(profile.pid, Kind.PEOPLE)


def list_profiles(con: Connection, *, hidden: bool = False) -> list[Profile]:
    """The profiles in their order, the holder first; those whose right is in doubt only with ``hidden``."""
    sql = """
        SELECT pid, rid, profile.name, birth, sex, colour, position, holder, state, value FROM profile
        LEFT JOIN profile_preference AS kept ON kept.profile = pid AND kept.name = ?
        WHERE ? OR state = 'active' ORDER BY holder DESC, position, pid
    """
    return [_make_profile(found) for found in con.execute(sql, (_AVATAR, hidden))]


def put_avatar(con: Connection, pid: str, *, symbol: str = "", photo: bytes = b"") -> None:
    """What stands for a person in place of their initials; with neither, the initials."""
    value = {"photo": b64encode(photo).decode()} if photo else {"symbol": symbol} if symbol else None
    put_profile_preference(con, pid, _AVATAR, value)
    con.touch(pid, Kind.PEOPLE)


def get_profile(con: Connection, pid: str) -> Profile:
    """One profile whose right stands. Raises Rejected("profile", UNKNOWN_RECORD)."""
    found = next((profile for profile in list_profiles(con) if profile.pid == pid), None)
    if found is None:
        raise Rejected("profile", Reason.UNKNOWN_RECORD)
    return found


def purge_profile(con: Connection, pid: str) -> None:
    """Remove a profile and all that is of it. Contents lose their keys now, their files at the next sweep."""
    con.execute("DELETE FROM profile WHERE pid = ?", (pid,))
    note_gone(con)
    for kind in Kind:
        con.touch(pid, kind)


def _make_profile(found: tuple[Any, ...]) -> Profile:
    pid, rid, name, birth, sex, colour, position, holder, state, kept = found
    avatar = json.loads(kept) if kept else {}
    return Profile(
        pid=pid,
        rid=rid,
        name=name,
        birth=PartialDate(text=birth) if birth else None,
        sex=Sex(sex),
        colour=colour,
        position=position,
        holder=bool(holder),
        state=ProfileState(state),
        symbol=avatar.get("symbol", ""),
        photo=b64decode(avatar.get("photo", "")),
    )
