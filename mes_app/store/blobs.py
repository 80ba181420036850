"""Document contents: sealed files whose keys are in the database.

Forgetting the key removes a content at once; the file left behind is noise until ``sweep`` takes it away.
A file is on the disk before the row that names it: a crash leaves an orphan, never a row without its file.
"""

import asyncio
import hashlib
from dataclasses import dataclass, field
from pathlib import Path

from mes_app.crypto.primitives import make_secret
from mes_app.crypto.sealed_files import open_file, seal_file
from mes_app.crypto.secret import Secret
from mes_app.domain.record import ContentState
from mes_app.errors import MesError, Reason, Rejected, Unreadable
from mes_app.store.contents import set_content_state
from mes_app.store.database import Connection, Database
from mes_app.store.ids import make_id


@dataclass(frozen=True, slots=True)
class _Place:
    """The file of a content and its key, which does not print."""

    file: str
    key: bytes = field(repr=False)


class Blobs:
    """The contents of documents, in files of ``folder`` (made when needed, mode 0700)."""

    def __init__(self, folder: Path, database: Database) -> None:
        self._folder = folder
        self._database = database
        self._writing = asyncio.Lock()

    async def save(self, record_id: str, data: bytes) -> None:
        """Keep ``data`` as the content of a record, in place of what it had.

        Raises Rejected("id", UNKNOWN_RECORD) when the record went meanwhile, Unreadable(DISK_FULL).
        """
        async with self._writing:
            path = self._folder / make_id()
            try:
                with make_secret() as key:
                    digest = await asyncio.to_thread(self._seal, path, key, data)
                    place = _Place(path.name, bytes(key.view()))
                replaced = await self._database.write(_save_place, record_id, place, len(data), digest)
            except MesError:
                path.unlink(missing_ok=True)
                raise
            if replaced:
                (self._folder / replaced).unlink(missing_ok=True)

    async def read(self, record_id: str) -> bytes:
        """The content of a record. Raises Unreadable(NO_CONTENT) when none is here, Unreadable(DAMAGED)."""
        place = await self._database.read(_find_place, record_id)
        if place is None:
            raise Unreadable(Reason.NO_CONTENT)
        with Secret(bytearray(place.key)) as key:
            return await asyncio.to_thread(lambda: b"".join(open_file(self._folder / place.file, key)))

    async def sweep(self) -> int:
        """Delete the files whose key is forgotten or was never kept; returns how many. Due when the vault opens."""
        async with self._writing:
            kept = await self._database.read(_list_files)
            return await asyncio.to_thread(self._delete_others, kept)

    def _seal(self, path: Path, key: Secret, data: bytes) -> bytes:
        self._folder.mkdir(mode=0o700, exist_ok=True)
        seal_file(path, key, [data])
        return hashlib.sha256(data).digest()

    def _delete_others(self, kept: set[str]) -> int:
        orphans = [path for path in self._folder.glob("*") if path.name not in kept]
        for path in orphans:
            path.unlink()
        return len(orphans)


def _save_place(con: Connection, record_id: str, place: _Place, size: int, digest: bytes) -> str | None:
    """Keep where a content is; the name of the file it replaces."""
    if not set_content_state(con, record_id, ContentState.STORED):
        raise Rejected("id", Reason.UNKNOWN_RECORD)
    replaced = _find_place(con, record_id)
    con.execute(
        "INSERT OR REPLACE INTO blob (lid, file, key, size, sha256) VALUES (?, ?, ?, ?, ?)",
        (record_id, place.file, place.key, size, digest),
    )
    return replaced.file if replaced else None


def _find_place(con: Connection, record_id: str) -> _Place | None:
    found = con.execute("SELECT file, key FROM blob WHERE lid = ?", (record_id,)).fetchone()
    return _Place(*found) if found else None


def _list_files(con: Connection) -> set[str]:
    return {file for (file,) in con.execute("SELECT file FROM blob")}
