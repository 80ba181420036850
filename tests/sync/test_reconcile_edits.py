"""What was edited here, while it was removed there."""

import asyncio
from pathlib import Path

from mes_app.domain.sync_status import Idle
from mes_app.store.conflicts import list_conflicts
from mes_app.store.outbox import list_pending
from tests.sync.simulated import PATH, World, connected, delete, edit, list_rids


def test_what_was_edited_here_and_deleted_there_is_asked(tmp_path: Path) -> None:
    world = World()
    world.put("a")

    async def story() -> None:
        async with connected(world, tmp_path) as (syncing, database):
            await edit(database, "a")
            world.remove("a")
            assert isinstance(await syncing.run(), Idle)
            [conflict] = await database.read(list_conflicts)
            assert conflict.mine
            assert b"71.5" in conflict.mine
            assert conflict.theirs is None
            world.asked.clear()
            await syncing.run()
            assert len(await database.read(list_conflicts)) == 1

    asyncio.run(story())
    assert world.count(PATH) == 2


def test_what_was_deleted_on_both_sides_is_gone_without_a_word(tmp_path: Path) -> None:
    world = World()
    world.put("a")

    async def story() -> None:
        async with connected(world, tmp_path) as (syncing, database):
            await delete(database, "a")
            world.remove("a")
            assert isinstance(await syncing.run(), Idle)
            assert await database.read(list_rids) == set()
            assert await database.read(list_pending) == []
            assert await database.read(list_conflicts) == []

    asyncio.run(story())


def test_what_waits_here_to_be_deleted_there_does_not_count_as_missing(tmp_path: Path) -> None:
    world = World()
    world.put("a")

    async def story() -> None:
        async with connected(world, tmp_path) as (syncing, database):
            await delete(database, "a")
            await syncing.run()

    asyncio.run(story())
    assert world.count(PATH) == 2
