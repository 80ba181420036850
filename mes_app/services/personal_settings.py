"""What only this device knows of a person: how they look, what they set, and what they said beside their record.

It is never sent. It goes with the person: into archives and out of them, and with a record that joins another.
"""

import json
from collections.abc import Collection
from typing import Any

from mes_app.domain.archives import ArchivedSettings
from mes_app.domain.people import Profile
from mes_app.domain.personal_settings import AVATAR, COLOUR, POSITION, name_records
from mes_app.domain.record import Kind
from mes_app.services.appearances import list_others, place_profile, recolour_profile
from mes_app.store.database import Connection
from mes_app.store.preferences import list_profile_preferences, put_profile_preference


def read_settings(con: Connection, profile: Profile) -> dict[str, Any]:
    """All that is set of a person, by name; the holder has no other place than the first."""
    places = {one.pid: {POSITION: place} for place, one in enumerate(list_others(con))}
    return list_profile_preferences(con, profile.pid) | {COLOUR: profile.colour} | places.get(profile.pid, {})


def put_setting(con: Connection, pid: str, name: str, value: Any) -> None:
    """Set it anew; None where nothing is set. Raises Rejected("profile", UNKNOWN_RECORD) for how a profile looks."""
    if name == COLOUR:
        recolour_profile(con, pid, value)
    elif name == POSITION:
        place_profile(con, pid, value)
    else:
        put_profile_preference(con, pid, name, value)
        for kind in Kind:
            con.touch(pid, kind)


def describe_settings(con: Connection, profile: Profile, record_ids: Collection[str], photo: str) -> ArchivedSettings:
    """What is set of a person as an archive of these records tells it, in which their ``photo`` has that place."""

    def rename(record_id: str) -> str | None:
        return f"urn:uuid:{record_id}" if record_id in record_ids else None

    kept = read_settings(con, profile) | ({AVATAR: {"photo": photo}} if photo else {})
    told = {name: name_records(name, value, rename) for name, value in kept.items()}
    return ArchivedSettings.model_validate_json(
        json.dumps({name: value for name, value in told.items() if value is not None})
    )
