"""Contents of documents, sealed."""

import asyncio
import stat
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from mes_app.domain.record import ContentState
from mes_app.errors import MesError, Reason, Rejected
from mes_app.store.blobs import Blobs
from mes_app.store.database import Database
from mes_app.store.pages import save_page
from mes_app.store.profiles import purge_profile
from mes_app.store.records import get_record
from tests.store.samples import PARENT, make_incoming, make_key, save_one

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


def test_a_content_saved_is_read_back_and_its_record_says_so(family_store: Path) -> None:
    async def scenario(database: Database, blobs: Blobs, record_id: str) -> None:
        await blobs.save(record_id, CONTENT)
        assert await blobs.read(record_id) == CONTENT
        assert (await database.read(get_record, record_id)).row.content is ContentState.STORED

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
