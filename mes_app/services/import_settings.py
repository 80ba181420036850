"""What only another vault knew of a person, compared with what is set here.

Nothing that was set here is replaced unless the person asks for it.
"""

import base64
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from mes_app.domain.imports import Item, ItemState
from mes_app.domain.people import Profile
from mes_app.domain.personal_settings import AVATAR, is_whole, judge_setting, merge_setting, name_records
from mes_app.errors import Reason, Rejected, Unreadable
from mes_app.formats.pictures import draw_portrait
from mes_app.services.appearances import PORTRAIT_SIDE


def read_setting(name: str, value: Any, photo: bytes | None, profile: Profile) -> Any:
    """What of ``value`` may be set here; a ``photo`` is drawn anew, unless it is that of ``profile``.

    Raises Unreadable: NEWER_VERSION where nothing of it can be understood, DAMAGED or TOO_LARGE for what is no picture.
    """
    if name == AVATAR and photo is not None:
        portrait = photo if photo == profile.photo else draw_portrait(photo, PORTRAIT_SIDE)
        return {"photo": base64.b64encode(portrait).decode()}
    judged = judge_setting(name, value)
    if judged is None:
        raise Unreadable(Reason.NEWER_VERSION)
    return judged


def mark_setting(item: Item, value: Any, records: Mapping[str, str], here: Any) -> Item:
    """``item`` with what would become of its ``value``, where ``here`` is set or nothing.

    ``records``: those that may be had, by how ``value`` names them; without any of them nothing is left to set.
    """
    mine = name_records(item.setting, value, records.get)
    if mine is None:
        return replace(item, state=ItemState.FAULTY, fault=Rejected("file", Reason.CONTENT_LEFT_OUT))
    replaces = here not in (None, mine) and is_whole(item.setting, here)
    there = not replaces and merge_setting(item.setting, mine, here) == here
    return replace(item, state=ItemState.DUPLICATE if there else item.state, replaces=replaces)
