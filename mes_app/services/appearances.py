"""How each profile is told from the others on this device: colour, what stands for a name, and their order.

Nothing of it is health data and nothing of it is sent: it stays in the vault, and so in its backups.
"""

import asyncio

from mes_app.domain.people import PALETTE, SYMBOLS, Profile
from mes_app.errors import Reason, Rejected
from mes_app.formats.pictures import draw_portrait
from mes_app.store.database import Connection, Database
from mes_app.store.profiles import get_profile, list_profiles, put_avatar, save_profile

PORTRAIT_SIDE = 256


class Appearances:
    """Chooses how profiles look. All raise Rejected("profile", UNKNOWN_RECORD) for one that is not there."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def choose_colour(self, pid: str, colour: str) -> None:
        """One of PALETTE. Raises Rejected("colour", NOT_A_CHOICE)."""
        if colour not in PALETTE:
            raise Rejected("colour", Reason.NOT_A_CHOICE)
        await self._database.write(recolour_profile, pid, colour)

    async def choose_symbol(self, pid: str, symbol: str) -> None:
        """One of SYMBOLS in place of the initials; empty, the initials. Raises Rejected("symbol", NOT_A_CHOICE)."""
        if symbol and symbol not in SYMBOLS:
            raise Rejected("symbol", Reason.NOT_A_CHOICE)
        await self._database.write(_put_avatar, pid, symbol=symbol)

    async def choose_photo(self, pid: str, data: bytes) -> None:
        """The middle of a picture, made small. Raises Unreadable(DAMAGED, TOO_LARGE) for what is none."""
        photo = await asyncio.to_thread(draw_portrait, data, PORTRAIT_SIDE)
        await self._database.write(_put_avatar, pid, photo=photo)

    async def move(self, pid: str, step: int) -> None:
        """``step`` places further down after the holder, who stays the first; as far as there are places."""
        await self._database.write(_move, pid, step)


def recolour_profile(con: Connection, pid: str, colour: str) -> None:
    """Raises Rejected("profile", UNKNOWN_RECORD)."""
    save_profile(con, get_profile(con, pid).model_copy(update={"colour": colour}))


def list_others(con: Connection) -> list[Profile]:
    """The people after the holder, in their order."""
    return [one for one in list_profiles(con) if not one.holder]


def place_profile(con: Connection, pid: str, place: int) -> None:
    """That place among those after the holder, as far as there are places; the holder stays the first.

    Raises Rejected("profile", UNKNOWN_RECORD).
    """
    moved, others = get_profile(con, pid), list_others(con)
    if moved in others:
        others.remove(moved)
        others.insert(max(place, 0), moved)
    for position, one in enumerate([*(one for one in list_profiles(con) if one.holder), *others]):
        if one.position != position:
            save_profile(con, one.model_copy(update={"position": position}))


def _put_avatar(con: Connection, pid: str, *, symbol: str = "", photo: bytes = b"") -> None:
    put_avatar(con, get_profile(con, pid).pid, symbol=symbol, photo=photo)


def _move(con: Connection, pid: str, step: int) -> None:
    moved, others = get_profile(con, pid), list_others(con)
    if moved in others:
        place_profile(con, pid, others.index(moved) + step)
