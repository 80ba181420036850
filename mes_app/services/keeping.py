"""Which documents stay on this device, the room they take, and giving that room back. Nothing of it leaves the device.

What goes is only what the server has too: it comes back when someone opens it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from mes_app.domain.keeping import Policy
from mes_app.domain.people import Profile
from mes_app.errors import NotAllowed, Reason
from mes_app.services.syncing import Syncing
from mes_app.store.blobs import Blobs
from mes_app.store.database import Connection, Database
from mes_app.store.keeping import (
    Held,
    StoredContent,
    choose_policy,
    free_contents,
    keep_record,
    list_freeable,
    measure_store,
    read_policy,
    tell_held,
)
from mes_app.store.profiles import list_profiles
from mes_app.store.rooms import read_room
from mes_app.sync.networks import Clock

__all__ = ["Held", "Keeping", "Policy", "Room", "Storage"]

_NOTHING = Held(here=0, size=0, away=0)


@dataclass(frozen=True, slots=True)
class Room:
    """Some contents: how many, and their bytes."""

    count: int = 0
    size: int = 0


@dataclass(frozen=True, slots=True)
class Storage:
    """What is on this device, in bytes. ``database``: the records; ``left``: what is free, None where unknown.

    ``freeable``: the documents that may go; ``old``: those of them that are older than what is kept. ``connected``:
    there is a server from which they would come back; without one, none may go.
    """

    people: tuple[tuple[Profile, Held], ...]
    database: int
    left: int | None
    freeable: Room
    old: Room
    connected: bool = True

    @property
    def documents(self) -> int:
        """The bytes of all documents."""
        return sum(held.size for _, held in self.people)

    @property
    def total(self) -> int:
        """Everything."""
        return self.database + self.documents

    @property
    def away(self) -> int:
        """How many documents are on the server only."""
        return sum(held.away for _, held in self.people)


class Keeping:
    """The documents that one open vault keeps."""

    def __init__(self, database: Database, blobs: Blobs, syncing: Syncing, now: Clock) -> None:
        self._database = database
        self._blobs = blobs
        self._syncing = syncing
        self._now = now

    async def policy(self) -> Policy:
        """Which documents this device keeps."""
        return await self._database.read(read_policy)

    async def choose(self, policy: Policy) -> None:
        """Keep what ``policy`` says; the next sync frees and fetches."""
        await self._database.write(choose_policy, policy)

    async def keep(self, record_id: str, *, kept: bool) -> None:
        """Keep the content of a document here whatever the policy, or no longer. Raises Rejected(UNKNOWN_RECORD)."""
        await self._database.write(keep_record, record_id, kept=kept)

    async def measure(self) -> Storage:
        """What is on this device now."""
        since = (await self.policy()).since(self._now())
        left = read_room(self._blobs.folder.parent)
        connected = await self._syncing.account() is not None
        return await self._database.read(_measure, since, left, connected=connected)

    async def free(self, *, old_only: bool = False) -> Room:
        """Free the documents that the server has too, or of those the ones older than what is kept; what went.

        Raises NotAllowed(NO_SERVER) where there is none for them to come back from.
        """
        if await self._syncing.account() is None:
            raise NotAllowed(Reason.NO_SERVER)
        before = (await self.policy()).since(self._now()) if old_only else ""
        if old_only and not before:
            return Room()
        return _add_up(await self._blobs.free(partial(free_contents, before=before)))


def _measure(con: Connection, since: str, left: int | None, *, connected: bool) -> Storage:
    held = tell_held(con)
    return Storage(
        people=tuple((profile, held.get(profile.pid, _NOTHING)) for profile in list_profiles(con)),
        database=measure_store(con),
        left=left,
        freeable=_add_up(list_freeable(con) if connected else ()),
        old=_add_up(list_freeable(con, since) if connected and since else ()),
        connected=connected,
    )


def _add_up(contents: Sequence[StoredContent]) -> Room:
    return Room(len(contents), sum(content.size for content in contents))
