"""Contents of documents, sealed."""

import asyncio
import stat
import tracemalloc
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from mes_app.domain.record import ContentState
from mes_app.errors import MesError, Reason, Rejected, Unreadable
from mes_app.store.blobs import BlobFile, Blobs
from mes_app.store.database import Connection, Database
from mes_app.store.eras import begin_era, list_stale
from mes_app.store.keeping import free_contents
from mes_app.store.profiles import purge_profile
from mes_app.store.records import find_record, get_record
from tests.store.samples import PARENT, make_incoming, make_key, save_one, save_page

CONTENT = bytes(range(256)) * 4000


def run_blobs(store: Path, scenario: Callable[[Database, Blobs, str], Awaitable[None]]) -> None:
    """Run ``scenario`` with the id of a document that has no content yet."""

    async def run() -> None:
        database = await Database.open(store, make_key())
        record_id = await database.write(save_one, PARENT.pid, make_incoming())
        try:
            await scenario(database, Blobs(store.parent / "blobs", database), record_id)
        finally:
            await database.close()

    asyncio.run(run())


def list_files(store: Path) -> list[Path]:
    return list((store.parent / "blobs").iterdir())


async def refuse(awaited: Awaitable[object]) -> Reason:
    with pytest.raises(MesError) as refused:
        await awaited
    return refused.value.reason


def test_a_record_is_made_with_its_content_or_not_at_all(family_store: Path) -> None:
    def fail(con: Connection) -> str:
        save_one(con, PARENT.pid, make_incoming("half"))
        raise Unreadable(Reason.DISK_FULL)

    async def scenario(database: Database, blobs: Blobs, _: str) -> None:
        made = await blobs.save_new(lambda con: save_one(con, PARENT.pid, make_incoming("new")), CONTENT)
        assert await blobs.read(made) == CONTENT
        assert await refuse(blobs.save_new(fail, CONTENT)) is Reason.DISK_FULL
        assert await database.read(find_record, PARENT.pid, "DocumentReference", "half") is None
        assert len(list_files(family_store)) == 1

    run_blobs(family_store, scenario)


def test_a_content_saved_is_read_back_and_its_record_says_so(family_store: Path) -> None:
    async def scenario(database: Database, blobs: Blobs, record_id: str) -> None:
        await blobs.save(record_id, CONTENT)
        assert await blobs.read(record_id) == CONTENT
        assert (await database.read(get_record, record_id)).row.content is ContentState.STORED
        assert await blobs.holds(record_id)
        assert not await blobs.holds("none")

    run_blobs(family_store, scenario)


def test_s11_contents_are_private_files_and_s1_none_of_their_words_is_on_the_disk(family_store: Path) -> None:
    async def scenario(_: Database, blobs: Blobs, record_id: str) -> None:
        await blobs.save(record_id, b"hypercholesterolemie " * 1000)

    run_blobs(family_store, scenario)
    (file,) = list_files(family_store)
    assert (stat.S_IMODE(file.stat().st_mode), stat.S_IMODE(file.parent.stat().st_mode)) == (0o600, 0o700)
    assert b"cholesterol" not in file.read_bytes()


def test_a_content_saved_again_takes_the_place_of_the_first(family_store: Path) -> None:
    async def scenario(_: Database, blobs: Blobs, record_id: str) -> None:
        await blobs.save(record_id, b"first")
        await blobs.save(record_id, b"second")
        assert await blobs.read(record_id) == b"second"
        assert len(list_files(family_store)) == 1

    run_blobs(family_store, scenario)


def test_a_content_that_is_not_here_is_told_from_one_that_is_damaged(family_store: Path) -> None:
    async def scenario(_: Database, blobs: Blobs, record_id: str) -> None:
        assert await refuse(blobs.read(record_id)) is Reason.NO_CONTENT
        await blobs.save(record_id, CONTENT)
        (file,) = list_files(family_store)
        file.write_bytes(file.read_bytes()[:-1])
        assert await refuse(blobs.read(record_id)) is Reason.DAMAGED
        file.unlink()
        assert await refuse(blobs.read(record_id)) is Reason.DAMAGED

    run_blobs(family_store, scenario)


def test_a_content_whose_record_went_is_refused_and_leaves_no_file(family_store: Path) -> None:
    async def scenario(_: Database, blobs: Blobs, __: str) -> None:
        with pytest.raises(Rejected):
            await blobs.save("gone", CONTENT)
        assert list_files(family_store) == []

    run_blobs(family_store, scenario)


def test_a_withheld_document_takes_no_content(family_store: Path) -> None:
    async def scenario(database: Database, blobs: Blobs, record_id: str) -> None:
        await database.write(save_page, PARENT.pid, [make_incoming(ver="2", withheld=True)])
        with pytest.raises(Rejected):
            await blobs.save(record_id, CONTENT)

    run_blobs(family_store, scenario)


def test_the_sweep_takes_what_has_no_key_and_leaves_what_has_one(family_store: Path) -> None:
    async def scenario(_: Database, blobs: Blobs, record_id: str) -> None:
        assert await blobs.sweep() == 0
        await blobs.save(record_id, CONTENT)
        (family_store.parent / "blobs" / "interrupted.tmp").write_bytes(b"x")
        assert await blobs.sweep() == 1
        assert await blobs.read(record_id) == CONTENT

    run_blobs(family_store, scenario)


def test_removing_a_profile_forgets_its_keys_at_once_and_its_files_at_the_sweep(family_store: Path) -> None:
    async def scenario(database: Database, blobs: Blobs, record_id: str) -> None:
        await blobs.save(record_id, CONTENT)
        await database.write(purge_profile, PARENT.pid)
        assert await refuse(blobs.read(record_id)) is Reason.NO_CONTENT
        assert await blobs.sweep() == 1
        assert list_files(family_store) == []

    run_blobs(family_store, scenario)


async def save_some(database: Database, blobs: Blobs, count: int) -> dict[str, bytes]:
    """Contents saved under as many records, which are stale by now."""
    contents = {}
    for number in range(count):
        record_id = await database.write(save_one, PARENT.pid, make_incoming(f"s{number}"))
        contents[record_id] = bytes([number]) * 300_000
        await blobs.save(record_id, contents[record_id])
    await database.write(begin_era)
    return contents


async def read_all(blobs: Blobs, contents: dict[str, bytes]) -> dict[str, bytes]:
    return {record_id: await blobs.read(record_id) for record_id in contents}


def test_renewing_gives_each_stale_content_another_file_and_key_and_the_same_bytes(family_store: Path) -> None:
    async def scenario(database: Database, blobs: Blobs, _: str) -> None:
        contents = await save_some(database, blobs, 3)
        former = {path.name for path in list_files(family_store)}
        told: list[tuple[int, int]] = []
        assert len(await database.read(list_stale)) == 3
        assert await blobs.renew(lambda done, total: told.append((done, total))) == 0
        assert told == [(1, 3), (2, 3), (3, 3)]
        assert len(await database.read(list_stale)) == 0
        assert await read_all(blobs, contents) == contents
        files = {path.name for path in list_files(family_store)}
        assert (len(files), files & former) == (3, set())
        assert await blobs.renew(lambda *_: pytest.fail("nothing is stale any more")) == 0

    run_blobs(family_store, scenario)


def test_renewing_that_is_cancelled_goes_on_where_it_was(family_store: Path) -> None:
    async def scenario(database: Database, blobs: Blobs, _: str) -> None:
        contents = await save_some(database, blobs, 4)

        def cancel_after_two(done: int, _total: int) -> None:
            if done == 2:
                renewing.cancel()

        renewing = asyncio.create_task(blobs.renew(cancel_after_two))
        with pytest.raises(asyncio.CancelledError):
            await renewing
        assert len(await database.read(list_stale)) == 2
        assert await read_all(blobs, contents) == contents
        await blobs.sweep()
        await blobs.renew(lambda *_: None)
        assert await read_all(blobs, contents) == contents
        assert len(list_files(family_store)) == 4

    run_blobs(family_store, scenario)


def test_a_content_that_cannot_be_read_stays_as_it_is_and_holds_up_no_other(family_store: Path) -> None:
    async def scenario(database: Database, blobs: Blobs, _: str) -> None:
        contents = await save_some(database, blobs, 3)
        damaged, *_others = list_files(family_store)
        damaged.write_bytes(damaged.read_bytes()[:-1])
        assert await blobs.renew(lambda *_: None) == 1
        assert len(await database.read(list_stale)) == 1
        assert damaged.exists()
        assert len(list_files(family_store)) == 3
        readable = [record_id for record_id in contents if await is_readable(blobs, record_id)]
        assert len(readable) == 2

    run_blobs(family_store, scenario)


async def is_readable(blobs: Blobs, record_id: str) -> bool:
    try:
        await blobs.read(record_id)
    except MesError:
        return False
    return True


def test_contents_are_read_saved_and_removed_while_others_are_renewed(family_store: Path) -> None:
    async def scenario(database: Database, blobs: Blobs, record_id: str) -> None:
        contents = await save_some(database, blobs, 8)
        renewing = asyncio.create_task(blobs.renew(lambda *_: None))
        while not renewing.done():
            assert await read_all(blobs, contents) == contents
            await blobs.save(record_id, CONTENT)
        await database.write(purge_profile, PARENT.pid)
        await blobs.sweep()
        assert list_files(family_store) == []

    run_blobs(family_store, scenario)


def test_a_content_is_renewed_in_little_memory_whatever_its_size(family_store: Path) -> None:
    async def scenario(database: Database, blobs: Blobs, record_id: str) -> None:
        await blobs.save(record_id, bytes(32_000_000))
        await database.write(begin_era)
        tracemalloc.start()
        await blobs.renew(lambda *_: None)
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert peak < 32_000_000 / 8

    run_blobs(family_store, scenario)


def test_while_the_files_are_held_none_comes_or_goes(family_store: Path) -> None:
    async def scenario(database: Database, blobs: Blobs, record_id: str) -> None:
        await save_some(database, blobs, 2)
        async with blobs.hold():
            before = await blobs.list_files()
            waiting = [asyncio.create_task(blobs.save(record_id, CONTENT)), asyncio.create_task(blobs.sweep())]
            renewing = asyncio.create_task(blobs.renew(lambda *_: None))
            await database.read(lambda _: None)
            assert await blobs.list_files() == before
        await asyncio.gather(*waiting, renewing)
        assert len(await blobs.list_files()) == 3

    run_blobs(family_store, scenario)


def test_the_files_that_hold_a_content_are_told_with_their_size_and_no_other(family_store: Path) -> None:
    async def scenario(database: Database, blobs: Blobs, _: str) -> None:
        assert await blobs.list_files() == []
        await save_some(database, blobs, 2)
        sizes = {path.name: path.stat().st_size for path in list_files(family_store)}
        (blobs.folder / "orphan").write_bytes(b"x")
        assert await blobs.list_files() == [BlobFile(name, sizes[name]) for name in sorted(sizes)]

    run_blobs(family_store, scenario)


def test_what_is_freed_leaves_no_file_and_the_rest_stays(family_store: Path) -> None:
    async def scenario(database: Database, blobs: Blobs, record_id: str) -> None:
        body = b'{"content": [{"attachment": {"url": "Binary/1"}}]}'
        await blobs.save(record_id, CONTENT)
        there = await database.write(save_one, PARENT.pid, make_incoming("there", body=body))
        await blobs.save(there, CONTENT)
        (freed,) = await blobs.free(free_contents)
        assert (freed.record_id, freed.size) == (there, len(CONTENT))
        assert await refuse(blobs.read(there)) is Reason.NO_CONTENT
        assert await blobs.read(record_id) == CONTENT
        assert len(list_files(family_store)) == 1

    run_blobs(family_store, scenario)
