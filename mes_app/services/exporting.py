"""The way out: the whole dossier of one person, or of all, in one archive that any computer opens without this app.

Nothing of it is encrypted, which is its point: it is written only where the owner says, and only after proof of them.
"""

import asyncio
import os
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from mes_app.crypto.durable_files import check_place, replace_file
from mes_app.domain.dossiers import FiledDocument, Missing
from mes_app.domain.people import Profile
from mes_app.errors import Reason, Rejected
from mes_app.formats.archive_writers import ArchiveWriter
from mes_app.services.dossier_writing import DossierWriter, ReadContent, Report, Sources, work
from mes_app.services.freshness import Freshness
from mes_app.store.database import Connection, Database
from mes_app.store.dossiers import Extent, measure_dossier
from mes_app.store.profiles import list_profiles
from mes_app.store.rooms import require_room

__all__ = ["Exported", "Exporting", "Extent", "Missing", "Omitted"]


@dataclass(frozen=True, slots=True)
class Omitted:
    """One document whose content is not in the archive: whose it is (pid), its title, and why."""

    profile: str
    title: str
    why: Missing


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written: how many documents with their content, the bytes of the archive, and what is not in it."""

    documents: int
    size: int
    omitted: tuple[Omitted, ...]


class Exporting:
    """Writes archives of one open vault.

    ``read_content``: of one document, as opening it does, given our id of it. ``fonts``: the folder of our TTF files.
    """

    def __init__(
        self,
        database: Database,
        read_content: ReadContent,
        fonts: Path,
        freshness: Freshness,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._database = database
        self._sources = Sources(database, read_content, fonts)
        self._freshness = freshness
        self._clock = clock
        self._one_at_a_time = asyncio.Lock()
        self._run: asyncio.Task[Exported] | None = None

    async def measure(self, pids: Sequence[str]) -> Extent:
        """How much the archive of these people would hold."""
        found = [await self._database.read(measure_dossier, pid) for pid in pids]
        return Extent(
            documents=sum(one.documents for one in found),
            size=sum(one.size for one in found),
            away=sum(one.away for one in found),
        )

    async def write(self, path: Path, pids: Sequence[str], report: Report) -> Exported:
        """Write the archive of these people at ``path``, in place of what is there: whole, or not at all.

        ``report`` hears documents done, and of all. What is on the server only is fetched, and stays here. Raises
        Locked(CONFIRM_SECRET), Rejected("path", NOT_WRITABLE), Rejected("profile", UNKNOWN_RECORD),
        Unreadable(DISK_FULL | DAMAGED), Locked(VAULT_LOCKED) once the store is closing.
        """
        self._freshness.require()
        check_place(path)
        people = await self._database.read(_find_people, pids)
        extent = await self.measure(pids)
        require_room(path.parent, extent.size)
        async with self._one_at_a_time:
            self._run = asyncio.create_task(self._write(path, people, report, extent.documents))
            return await self._run

    async def cancel(self) -> None:
        """Cancel the one being written, if any, and wait until nothing is left of it."""
        if self._run and not self._run.done():
            self._run.cancel()
            await asyncio.wait([self._run])

    async def _write(self, path: Path, people: Sequence[Profile], report: Report, total: int) -> Exported:
        made_at = self._clock()
        filed: list[tuple[str, FiledDocument]] = []
        report(0, total)
        with replace_file(path) as file:
            with closing(ArchiveWriter(file, made_at.astimezone())) as archive:
                writer = DossierWriter(self._sources, archive, made_at, report, total)
                for profile in people:
                    filed += [(profile.pid, document) for document in await writer.write_person(profile)]
                await writer.finish()
            await work(os.fsync, file.fileno())  # slow, and done again at once on this thread
            size = file.tell()
        omitted = tuple(Omitted(pid, one.row.name, one.missing) for pid, one in filed if one.missing)
        return Exported(len(filed) - len(omitted), size, omitted)


def _find_people(con: Connection, pids: Sequence[str]) -> list[Profile]:
    """The people with these pids, in the order of the screens. Raises Rejected("profile", UNKNOWN_RECORD)."""
    found = [profile for profile in list_profiles(con) if profile.pid in pids]
    if not found or len(found) < len(set(pids)):
        raise Rejected("profile", Reason.UNKNOWN_RECORD)
    return found
