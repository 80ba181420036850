"""How an archive comes to be: from whom, where, how far it is, and what is left when it does not."""

import asyncio
import gc
import tracemalloc
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from zipfile import ZipFile

import pytest

import mes_app.pdf.indexes  # noqa: F401 - reportlab is not what an archive takes
from mes_app.domain.documents import Content
from mes_app.domain.people import Profile
from mes_app.domain.record import ContentState
from mes_app.errors import Locked, MesError, NotAllowed, Offline, Reason, Rejected, SessionExpired, Unreadable
from mes_app.services.clocks import Clock
from mes_app.services.exporting import Exporting, Missing
from mes_app.services.freshness import Freshness
from mes_app.services.session import Session
from mes_app.services.vault_files import VaultFiles
from mes_app.store.contents import set_content_state
from mes_app.store.database import Database
from mes_app.store.dossiers import list_dossier
from tests.services.backup_stories import FRESH, opened
from tests.services.export_stories import FONTS, Archive, export_family, ignore, make_vault, read_from
from tests.services.family import tell
from tests.store.samples import ME

MEBIBYTE = 1024 * 1024
Read = Callable[[str], Awaitable[Content]]


@asynccontextmanager
async def exporting(
    root: Path, documents: int = 2, read: Read | None = None, freshness: Freshness = FRESH
) -> AsyncIterator[Exporting]:
    """The export of a vault with ``documents``, read by ``read`` in place of the vault itself."""
    await make_vault(root, documents)
    async with opened(VaultFiles(root / "vault")) as (database, blobs):
        yield Exporting(database, read or read_from(blobs), FONTS, freshness)


def list_names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_one_person_alone_can_be_exported(tmp_path: Path) -> None:
    archive, told = export_family(tmp_path, whose=slice(1, 2))
    assert [person.folder for person in archive.manifest.people] == ["Zoé Martin"]
    assert (told.documents, told.omitted) == (0, ())
    assert told.size == (tmp_path / "out.zip").stat().st_size


def test_how_much_there_is_is_told_before_and_how_far_it_is_meanwhile(tmp_path: Path) -> None:
    heard: list[tuple[int, int]] = []

    async def story(session: Session, family: list[Profile]) -> None:
        extent = await session.exporting.measure([one.pid for one in family])
        assert (extent.documents, extent.away) == (4, 0)
        told = await session.exporting.write(
            tmp_path / "out.zip", [one.pid for one in family], lambda done, total: heard.append((done, total))
        )
        assert told.documents == 4

    tell(tmp_path, story)
    assert heard == [(done, 4) for done in range(5)]


def test_s11_an_archive_is_private_and_nothing_else_is_written(tmp_path: Path) -> None:
    async def story() -> None:
        async with exporting(tmp_path) as service:
            before = list_names(tmp_path)
            await service.write(tmp_path / "out.zip", [ME], ignore)
            assert list_names(tmp_path) - before == {"out.zip"}

    asyncio.run(story())
    assert (tmp_path / "out.zip").stat().st_mode & 0o777 == 0o600


def test_l4_an_export_asks_for_the_owner_first(tmp_path: Path) -> None:
    async def story() -> None:
        stale = Freshness(Clock(uptime=lambda: 0.0, wall=lambda: 0.0))
        async with exporting(tmp_path, freshness=stale) as service:
            with pytest.raises(Locked) as caught:
                await service.write(tmp_path / "out.zip", [ME], ignore)
            assert caught.value.reason is Reason.CONFIRM_SECRET

    asyncio.run(story())
    assert not (tmp_path / "out.zip").exists()


@pytest.mark.parametrize(
    ("place", "pids", "reason"),
    [
        ("missing/out.zip", [ME], Reason.NOT_WRITABLE),
        ("vault", [ME], Reason.NOT_WRITABLE),
        ("out.zip", ["nobody"], Reason.UNKNOWN_RECORD),
        ("out.zip", [ME, "nobody"], Reason.UNKNOWN_RECORD),
        ("out.zip", [], Reason.UNKNOWN_RECORD),
    ],
)
def test_a_place_or_a_person_that_is_not_there_is_refused_first(
    tmp_path: Path, place: str, pids: list[str], reason: Reason
) -> None:
    async def story() -> None:
        async with exporting(tmp_path) as service:
            with pytest.raises(Rejected) as caught:
                await service.write(tmp_path / place, pids, ignore)
            assert caught.value.reason is reason

    asyncio.run(story())
    assert not (tmp_path / "out.zip").exists()


async def hang(reached: asyncio.Event, _record_id: str) -> Content:
    """A document that never comes."""
    reached.set()
    await asyncio.Event().wait()
    raise AssertionError


def test_cancelled_half_way_it_leaves_what_was_there_before(tmp_path: Path) -> None:
    (tmp_path / "out.zip").write_bytes(b"of last year")
    reached = asyncio.Event()

    async def story() -> None:
        async with exporting(tmp_path, read=partial(hang, reached)) as service:
            before = list_names(tmp_path)
            running = asyncio.create_task(service.write(tmp_path / "out.zip", [ME], ignore))
            await asyncio.wait([running, asyncio.ensure_future(reached.wait())], return_when=asyncio.FIRST_COMPLETED)
            await service.cancel()
            await asyncio.wait([running])
            assert running.cancelled()
            await service.cancel()
            assert list_names(tmp_path) == before

    asyncio.run(story())
    assert (tmp_path / "out.zip").read_bytes() == b"of last year"


def test_whoever_gives_up_waiting_gives_up_the_archive(tmp_path: Path) -> None:
    reached = asyncio.Event()

    async def story() -> None:
        async with exporting(tmp_path, read=partial(hang, reached)) as service:
            running = asyncio.create_task(service.write(tmp_path / "out.zip", [ME], ignore))
            await asyncio.wait([running, asyncio.ensure_future(reached.wait())], return_when=asyncio.FIRST_COMPLETED)
            running.cancel()
            await asyncio.wait([running])
            assert not [name for name in list_names(tmp_path) if name.startswith("out.zip")]

    asyncio.run(story())


def test_a_vault_that_is_locked_ends_its_export(tmp_path: Path) -> None:
    async def story(session: Session, family: list[Profile]) -> None:
        begun = asyncio.Event()
        running = asyncio.create_task(
            session.exporting.write(tmp_path / "out.zip", [family[0].pid], lambda _done, _total: begun.set())
        )
        await asyncio.wait([running, asyncio.ensure_future(begun.wait())], return_when=asyncio.FIRST_COMPLETED)
        await session.stop()
        await asyncio.wait([running])
        assert running.cancelled()

    tell(tmp_path, story)
    assert not [name for name in list_names(tmp_path) if name.startswith("out.zip")]


@pytest.mark.parametrize(
    ("error", "why"),
    [
        (Unreadable(Reason.DAMAGED), Missing.DAMAGED),
        (Unreadable(Reason.NO_CONTENT), Missing.NONE),
        (Unreadable(Reason.TOO_LARGE), Missing.TOO_LARGE),
        (NotAllowed(), Missing.REFUSED),
        (Rejected("id", Reason.UNKNOWN_RECORD), Missing.REFUSED),
        (SessionExpired(), Missing.OFFLINE),
    ],
)
def test_a_document_that_cannot_be_had_is_told_and_the_others_are_there(
    tmp_path: Path, error: MesError, why: Missing
) -> None:
    asked: list[str] = []

    async def read(record_id: str) -> Content:
        asked.append(record_id)
        if len(asked) == 1:
            raise error
        return Content(data=b"%PDF-", content_type="application/pdf", file_name="document.pdf")

    async def story() -> None:
        async with exporting(tmp_path, 3, read) as service:
            told = await service.write(tmp_path / "out.zip", [ME], ignore)
            assert told.documents == 2
            assert [one.why for one in told.omitted] == [why]

    asyncio.run(story())
    archive = Archive(tmp_path / "out.zip")
    assert len(archive.list_documents()) == 2
    assert [bool(one.path) for one in archive.manifest.people[0].documents].count(False) == 1


def test_a_server_that_does_not_answer_is_asked_once_and_what_is_here_is_exported(tmp_path: Path) -> None:
    asked: list[str] = []

    async def story() -> None:
        await make_vault(tmp_path, 5)
        async with opened(VaultFiles(tmp_path / "vault")) as (database, blobs):
            away = await free_newest(database, 3)
            here = read_from(blobs)

            async def read(record_id: str) -> Content:
                if record_id in away:
                    asked.append(record_id)
                    raise Offline
                return await here(record_id)

            service = Exporting(database, read, FONTS, FRESH)
            extent = await service.measure([ME])
            assert (extent.documents, extent.away) == (5, 3)
            told = await service.write(tmp_path / "out.zip", [ME], ignore)
            assert (told.documents, [one.why for one in told.omitted]) == (2, [Missing.OFFLINE] * 3)
            assert {one.profile for one in told.omitted} == {ME}

    asyncio.run(story())
    assert len(asked) == 1


async def free_newest(database: Database, count: int) -> list[str]:
    """Let the server alone have the content of the newest documents."""
    ids = [row.id for row in await database.read(list_dossier, ME)][:count]
    for record_id in ids:
        await database.write(lambda con, lid: con.execute("DELETE FROM blob WHERE lid = ?", (lid,)), record_id)
        await database.write(set_content_state, record_id, ContentState.REMOTE)
    return ids


def test_a_full_disk_stops_the_export_and_leaves_nothing(tmp_path: Path) -> None:
    async def read(_record_id: str) -> Content:
        raise Unreadable(Reason.DISK_FULL)

    async def story() -> None:
        async with exporting(tmp_path, read=read) as service:
            with pytest.raises(Unreadable) as caught:
                await service.write(tmp_path / "out.zip", [ME], ignore)
            assert caught.value.reason is Reason.DISK_FULL

    asyncio.run(story())
    assert not [name for name in list_names(tmp_path) if name.startswith("out.zip")]


def test_a_large_dossier_is_exported_in_constant_memory(tmp_path: Path) -> None:
    async def story() -> None:
        await make_vault(tmp_path, 30, bytes(MEBIBYTE))
        async with opened(VaultFiles(tmp_path / "vault")) as (database, blobs):
            service = Exporting(database, read_from(blobs), FONTS, FRESH)
            gc.collect()
            tracemalloc.start()
            try:
                await service.write(tmp_path / "out.zip", [ME], ignore)
                _, peak = tracemalloc.get_traced_memory()
            finally:
                tracemalloc.stop()
        print(f"\npeak: {peak / MEBIBYTE:.1f} MiB")
        assert peak < 8 * MEBIBYTE

    asyncio.run(story())
    with ZipFile(tmp_path / "out.zip") as archive:
        assert sum(info.file_size for info in archive.infolist()) > 30 * MEBIBYTE
