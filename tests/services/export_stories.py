"""Archives as somebody who was given one reads them, without this app."""

import hashlib
import json
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from zipfile import ZipFile

from mes_app.domain.archives import MANIFEST, Manifest, read_manifest
from mes_app.domain.documents import Content
from mes_app.domain.people import Profile
from mes_app.services.exporting import Exported
from mes_app.services.session import Session
from mes_app.services.vault_files import VaultFiles
from mes_app.store.blobs import Blobs
from mes_app.store.database import Database
from mes_app.store.dossiers import list_dossier
from mes_app.store.profiles import save_profile
from tests.services.backup_stories import opened
from tests.services.family import FONTS, Json, tell
from tests.store.samples import ME, PARENT, make_key, make_version, save_page

__all__ = ["FONTS", "Archive", "export_family", "ignore", "make_vault", "read_from"]

Change = Callable[[Session, list[Profile]], Awaitable[None]]


def ignore(_done: int, _total: int) -> None:
    """A progress that nobody looks at."""


class Archive:
    """All that is in the ZIP at ``path``, which is whole and holds what its manifest says."""

    def __init__(self, path: Path) -> None:
        with ZipFile(path) as found:
            self.files = {info.filename: found.read(info) for info in found.infolist()}
        self.manifest: Manifest = read_manifest(self.files[MANIFEST])
        told = {file.path: (file.size, file.sha256) for file in self.manifest.files}
        there = {
            name: (len(data), hashlib.sha256(data).hexdigest()) for name, data in self.files.items() if name != MANIFEST
        }
        assert told == there

    def list_documents(self) -> list[str]:
        """The names of the documents, without their folders."""
        return [name.rpartition("/")[2] for name in self.files if "/Documents/" in name]

    def read_bundle(self, folder: str) -> Json:
        """The FHIR Bundle of one person."""
        found: Json = json.loads(self.files[f"{folder}/dossier.json"])
        return found

    def list_resources(self, folder: str) -> list[Json]:
        """What is in it."""
        return [entry["resource"] for entry in self.read_bundle(folder)["entry"]]


def export_family(
    folder: Path, *, more: Sequence[Json] = (), change: Change | None = None, whose: slice = slice(None)
) -> tuple[Archive, Exported]:
    """The archive of the family, or of ``whose``, after ``change``, and what the export said of it."""

    async def story(session: Session, family: list[Profile]) -> Exported:
        if change:
            await change(session, family)
        return await session.exporting.write(folder / "out.zip", [one.pid for one in family[whose]], ignore)

    told = tell(folder, story, more=more)
    return Archive(folder / "out.zip"), told


def read_from(blobs: Blobs) -> Callable[[str], Awaitable[Content]]:
    """How to read contents of a store without a session."""

    async def read(record_id: str) -> Content:
        return Content(data=await blobs.read(record_id), content_type="application/pdf", file_name="document.pdf")

    return read


async def make_vault(root: Path, documents: int, content: bytes = b"%PDF-") -> None:
    """A vault under ``root``, closed again. Each content differs by its first bytes."""
    files = VaultFiles(root / "vault")
    files.make_empty()
    await (await Database.open(files.database, make_key(), create=True)).close()
    async with opened(files) as (database, blobs):
        await database.write(save_profile, PARENT)
        page = [make_version("1", f"Bilan {number}", f"d{number}") for number in range(documents)]
        await database.write(save_page, ME, page)
        for row in await database.read(list_dossier, ME):
            await blobs.save(row.id, row.id.encode() + content)
