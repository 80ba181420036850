"""Document contents: sealed files whose keys are in the database.

Forgetting the key removes a content at once; the file left behind is noise until ``sweep`` takes it away.
A file is on the disk before the row that names it: a crash leaves an orphan, never a row without its file.
"""

import asyncio
import hashlib
from collections.abc import Callable, Iterator
from contextlib import AbstractAsyncContextManager, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from mes_app.crypto.primitives import make_secret
from mes_app.crypto.sealed_files import open_file, seal_file
from mes_app.crypto.secret import Secret
from mes_app.errors import MesError, Reason, Unreadable
from mes_app.store.database import Connection, Database
from mes_app.store.eras import list_stale
from mes_app.store.ids import make_id
from mes_app.store.keeping import StoredContent
from mes_app.store.places import Place, find_place, list_used_files, renew_place, save_place
from mes_app.store.threads import see_through

T = TypeVar("T")
Report = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class BlobFile:
    """A sealed file, by its name in the folder, and its bytes on the disk."""

    name: str
    size: int


class Blobs:
    """The contents of documents, in files of ``folder`` (made when needed, mode 0700)."""

    def __init__(self, folder: Path, database: Database) -> None:
        self.folder = folder
        self._database = database
        self._writing = asyncio.Lock()

    async def save(self, record_id: str, data: bytes) -> None:
        """Keep ``data`` as the content of a record, in place of what it had.

        Raises Rejected("id", UNKNOWN_RECORD) when the record went meanwhile, Unreadable(DISK_FULL).
        """

        def keep(con: Connection, place: Place, digest: bytes) -> str | None:
            return save_place(con, record_id, place, len(data), digest)

        async with self._writing:
            if replaced := await self._save(data, keep):
                self._discard(replaced)

    async def save_new(self, make_record: Callable[[Connection], str], data: bytes) -> str:
        """Make a record whose content is ``data``, both or neither; its id, as ``make_record`` returns it.

        Raises what ``make_record`` raises, Unreadable(DISK_FULL).
        """

        def keep(con: Connection, place: Place, digest: bytes) -> str:
            record_id = make_record(con)
            save_place(con, record_id, place, len(data), digest)
            return record_id

        async with self._writing:
            return await self._save(data, keep)

    async def read(self, record_id: str) -> bytes:
        """The content of a record. Raises Unreadable(NO_CONTENT) when none is here, Unreadable(DAMAGED)."""
        place = await self._database.read(find_place, record_id)
        while place:
            try:
                return await asyncio.to_thread(self._unseal, place)
            except Unreadable:
                former, place = place, await self._database.read(find_place, record_id)
                if place == former:  # else it moved to another file since it was looked up
                    raise
        raise Unreadable(Reason.NO_CONTENT)

    async def holds(self, record_id: str) -> bool:
        """Whether the content of a record is here."""
        return await self._database.read(find_place, record_id) is not None

    async def sweep(self) -> int:
        """Delete the files whose key is forgotten or was never kept; returns how many. Due when the vault opens."""
        async with self._writing:
            used = await self._database.read(list_used_files)
            return await asyncio.to_thread(self._delete_others, used)

    async def free(self, forget: Callable[[Connection], list[StoredContent]]) -> list[StoredContent]:
        """Delete the files of what ``forget`` forgets; what went."""
        async with self._writing:
            freed = await self._database.write(forget)
            for content in freed:
                self._discard(content.file)
            return freed

    async def renew(self, report: Report) -> int:
        """Seal each stale content anew, one by one, under a new key; ``report`` hears how many are done, and of all.

        Stopped at any moment, it goes on from there at the next call. Returns how many cannot be read: they stay as
        they are. Raises Unreadable(DISK_FULL).
        """
        stale = await self._database.read(list_stale)
        unread = 0
        for done, record_id in enumerate(stale, start=1):
            async with self._writing:
                unread += not await self._renew(record_id)
            report(done, len(stale))
        return unread

    def hold(self) -> AbstractAsyncContextManager[None]:
        """While the block runs, no file that holds a content comes, changes or goes: saving waits until it ends."""
        return self._writing

    async def list_files(self) -> list[BlobFile]:
        """The files that hold a content, by name. One that is missing is not told."""
        return await asyncio.to_thread(self._measure, await self._database.read(list_used_files))

    async def _save(self, data: bytes, keep: Callable[[Connection, Place, bytes], T]) -> T:
        """Seal ``data`` in a new file, then ``keep`` its place and digest."""
        with self._new_file() as path, make_secret() as key:
            digest = await asyncio.to_thread(self._seal, path, key, data)
            return await self._database.write(keep, Place(path.name, bytes(key.view())), digest)

    async def _renew(self, record_id: str) -> bool:
        """Whether the content of a record could be read, or is no longer there."""
        place = await self._database.read(find_place, record_id)
        if place is None:
            return True
        with self._new_file() as path, make_secret() as key:
            try:
                await see_through(asyncio.ensure_future(asyncio.to_thread(self._reseal, place, path, key)))
            except Unreadable as error:
                if error.reason is Reason.DISK_FULL:
                    raise
                return False
            renewed = Place(path.name, bytes(key.view()))
            moved = await self._database.write(renew_place, place.file, renewed)
        self._discard(place.file if moved else path.name)
        return True

    @contextmanager
    def _new_file(self) -> Iterator[Path]:
        """Where to put a content. After a cancelled block its key may be kept or not: the sweep will judge."""
        path = self.folder / make_id()
        try:
            yield path
        except MesError:
            self._discard(path.name)
            raise

    def _seal(self, path: Path, key: Secret, data: bytes) -> bytes:
        self.folder.mkdir(mode=0o700, exist_ok=True)
        seal_file(path, key, [data])
        return hashlib.sha256(data).digest()

    def _unseal(self, place: Place) -> bytes:
        with Secret(bytearray(place.key)) as key:
            return b"".join(open_file(self.folder / place.file, key))

    def _reseal(self, place: Place, path: Path, key: Secret) -> None:
        with Secret(bytearray(place.key)) as former:
            seal_file(path, key, map(bytes, open_file(self.folder / place.file, former)))

    def _discard(self, name: str) -> None:
        with suppress(PermissionError):  # Windows refuses while someone reads it: the sweep will take it
            (self.folder / name).unlink(missing_ok=True)

    def _delete_others(self, used: set[str]) -> int:
        orphans = [path for path in self.folder.glob("*") if path.name not in used]
        for path in orphans:
            path.unlink()
        return len(orphans)

    def _measure(self, used: set[str]) -> list[BlobFile]:
        files = sorted(path for path in self.folder.glob("*") if path.name in used)
        return [BlobFile(path.name, path.stat().st_size) for path in files]
