"""Folders and pins: how a person arranges documents on this device.

FHIR has a List for it, but the national service takes no folders of patients: sent to a server, they would be on this
app's own only. So they stay local, go with a backup, and with an export where they hold something.
"""

from collections.abc import Sequence
from dataclasses import replace

from mes_app.domain.folders import Arrangement, Folder
from mes_app.errors import Reason, Rejected
from mes_app.services.undoing import Edited, Undo
from mes_app.store import folders as store
from mes_app.store.database import Connection, Database
from mes_app.store.edits import When


class Arranging:
    """The folders and pins of one person at a time."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def folders(self, pid: str) -> list[Folder]:
        """Those of a person in the order of the alphabet, empty ones too."""
        return await self._database.read(store.list_folders, pid)

    async def find_folder(self, pid: str, name: str) -> str:
        """A folder as it is written, whatever the accents and capitals of ``name``; empty where there is none."""
        return await self._database.read(store.find_folder, pid, name)

    async def add_folder(self, pid: str, name: str) -> str:
        """A new folder; its name. Raises Rejected("name"): MISSING, TOO_LONG (over 50 characters), NAME_TAKEN."""
        return await self._database.write(store.add_folder, pid, name)

    async def rename_folder(self, pid: str, former: str, name: str) -> str:
        """Give a folder another name. Raises as ``add_folder``."""
        return await self._database.write(store.rename_folder, pid, former, name)

    async def delete_folder(self, pid: str, name: str) -> Edited:
        """Remove a folder; what was in it stays, in none. ``Editing.undo`` brings back both."""
        return await self._database.write(_delete_folder, pid, name)

    async def move(self, record_ids: Sequence[str], folder: str) -> Edited:
        """Put these documents into a folder of their person, made where there is none; empty: into none.

        All or none: raises Rejected("name") as ``add_folder``, Rejected("id", UNKNOWN_RECORD) for what is no document.
        """
        return await self._database.write(_move, record_ids, folder)

    async def pin(self, record_ids: Sequence[str], *, pinned: bool) -> Edited:
        """Show these documents above all others, or no longer. Raises Rejected("id", UNKNOWN_RECORD) as ``move``."""
        return await self._database.write(_pin, record_ids, pinned=pinned)


def _delete_folder(con: Connection, pid: str, name: str) -> Edited:
    freed = store.delete_folder(con, pid, name)

    def undo(con: Connection, _when: When) -> None:
        """What was put elsewhere meanwhile stays there."""
        if not store.find_folder(con, pid, name):
            store.add_folder(con, pid, name)
        idle = store.find_arrangements(con, freed).items()
        store.arrange_records(con, {lid: replace(now, folder=now.folder or name) for lid, now in idle})

    return Edited("", undo)


def _move(con: Connection, record_ids: Sequence[str], folder: str) -> Edited:
    before = _require(con, record_ids)
    made = store.arrange_records(con, {lid: replace(now, folder=folder) for lid, now in before.items()})

    def undo(con: Connection, _when: When) -> None:
        found = store.find_arrangements(con, [*before]).items()
        store.arrange_records(con, {lid: replace(now, folder=before[lid].folder) for lid, now in found})
        for pid, name in made:
            store.drop_empty_folder(con, pid, name)

    return _tell_edited(before, undo)


def _pin(con: Connection, record_ids: Sequence[str], *, pinned: bool) -> Edited:
    changed = {lid: now for lid, now in _require(con, record_ids).items() if now.pinned != pinned}
    store.arrange_records(con, {lid: replace(now, pinned=pinned) for lid, now in changed.items()})

    def undo(con: Connection, _when: When) -> None:
        found = store.find_arrangements(con, [*changed]).items()
        store.arrange_records(con, {lid: replace(now, pinned=not pinned) for lid, now in found})

    return _tell_edited(changed, undo)


def _require(con: Connection, record_ids: Sequence[str]) -> dict[str, Arrangement]:
    found = store.find_arrangements(con, record_ids)
    if not found.keys() >= set(record_ids):
        raise Rejected("id", Reason.UNKNOWN_RECORD)
    return found


def _tell_edited(changed: dict[str, Arrangement], undo: Undo) -> Edited:
    return Edited(next(iter(changed)) if len(changed) == 1 else "", undo)
