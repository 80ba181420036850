"""Whether a server refuses to overwrite a version it was not told of: learned from the user's own changes.

Some servers accept ``If-Match`` and ignore it. Until one was seen to honour it, what it has is read before each change.
It is never tried out by a write of ours.
"""

from mes_app.store.database import Connection, Database
from mes_app.store.preferences import get_preference, put_preference

_NAME = "guarded_methods"


class Guards:
    """What the server at ``base`` was seen to guard: PUT, DELETE."""

    def __init__(self, database: Database, base: str) -> None:
        self._database = database
        self._base = base

    async def holds(self, method: str) -> bool:
        """Whether the server once refused a change of this method for being of another version."""
        kept = await self._database.read(get_preference, _NAME, {})
        return method in kept.get(self._base, [])

    async def learn(self, method: str) -> None:
        """The server has just refused one."""
        await self._database.write(_learn, self._base, method)


def _learn(con: Connection, base: str, method: str) -> None:
    kept = get_preference(con, _NAME, {})
    put_preference(con, _NAME, kept | {base: sorted({*kept.get(base, []), method})})
