"""How long the server asked to be left alone: nothing is asked of it before, not even by a person who insists."""

from datetime import datetime

from mes_app.store.database import Connection
from mes_app.store.preferences import get_preference, put_preference

_NAME = "server_pause"


def note_pause(con: Connection, base: str, now: datetime, seconds: int) -> None:
    """The server at ``base`` has just asked to wait."""
    put_preference(con, _NAME, {"base": base, "at": now.isoformat(), "seconds": seconds})


def read_pause(con: Connection, base: str, now: datetime) -> int:
    """The seconds still to wait, 0 when none: also once the device's clock was set back, rather than for ever."""
    kept = get_preference(con, _NAME)
    if not kept or kept["base"] != base:
        return 0
    passed = (now - datetime.fromisoformat(kept["at"])).total_seconds()
    return round(kept["seconds"] - passed) if 0 <= passed < kept["seconds"] else 0
