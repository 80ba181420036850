"""What was committed behind the overlap of the pulls."""

import asyncio
from pathlib import Path

import pytest

from mes_app.domain.sync_status import Idle
from mes_app.store.database import Connection
from tests.sync.simulated import World, connected, list_rids


def test_what_was_committed_behind_the_overlap_is_found_by_its_count(tmp_path: Path) -> None:
    world = World()
    world.put("a")

    async def story() -> None:
        async with connected(world, tmp_path) as (syncing, database):
            world.put("b", late=1000)
            world.advance(seconds=900)
            await syncing.run()
            world.advance(seconds=200)
            assert isinstance(await syncing.run(), Idle)
            assert await database.read(list_rids) == {"a", "b"}

    asyncio.run(story())


@pytest.mark.parametrize("wait", ["a day", "twenty runs"])
def test_an_update_committed_behind_the_overlap_is_found_in_a_day_or_twenty_runs(tmp_path: Path, wait: str) -> None:
    world = World()
    world.put("a")

    def read_value(con: Connection) -> float:
        return float(con.execute("SELECT value FROM res WHERE rid = 'a'").fetchone()[0])

    async def story() -> None:
        async with connected(world, tmp_path) as (syncing, database):
            world.put("a", late=1000, valueQuantity={"value": 82, "unit": "kg"})
            world.advance(seconds=900)
            await syncing.run()
            world.advance(seconds=200)
            await syncing.run()
            assert await database.read(read_value) == 70.5
            if wait == "a day":
                world.advance(days=1)
            for _ in range(1 if wait == "a day" else 20):
                await syncing.run()
            assert await database.read(read_value) == 82

    asyncio.run(story())


def test_a_thorough_run_finds_at_once_what_was_committed_behind_the_overlap(tmp_path: Path) -> None:
    world = World()
    world.put("a")

    async def story() -> None:
        async with connected(world, tmp_path) as (syncing, database):
            world.put("a", late=1000, valueQuantity={"value": 82, "unit": "kg"})
            world.advance(seconds=900)
            await syncing.run()
            world.advance(seconds=200)
            assert isinstance(await syncing.run(thorough=True), Idle)
            sql = "SELECT value FROM res WHERE rid = 'a'"
            assert await database.read(lambda con: con.execute(sql).fetchone()) == (82,)

    asyncio.run(story())
