"""How a key is written where only text can be kept."""

import base64

from mes_app.errors import Reason, Unreadable


def write_key(value: bytes) -> str:
    """``value`` as base64."""
    return base64.b64encode(value).decode("ascii")


def read_key(text: object) -> bytes | None:
    """What ``write_key`` wrote, None for None; Unreadable(KEY_STORE_LOST) for anything else, a boolean for one."""
    if text is None:
        return None
    try:
        if isinstance(text, str):
            return base64.b64decode(text, validate=True)
    except ValueError:
        pass
    raise Unreadable(Reason.KEY_STORE_LOST)
