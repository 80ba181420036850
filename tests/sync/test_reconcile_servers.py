"""Servers that count, list and answer in their own ways."""

import asyncio
from pathlib import Path

import pytest

from mes_app.domain.sync_status import Fault, Idle, Stopped
from mes_app.errors import Reason
from tests.sync.simulated import PATH, World, connected, list_rids
from tests.sync.simulation.dialects import Dialect


@pytest.mark.parametrize(
    "dialect",
    [
        Dialect(ignored=frozenset({"_summary", "_elements"})),
        Dialect(ignored=frozenset({"_summary"}), says_total=False),
        Dialect(page_limit=2, live_paging=True),
        Dialect(uuid_versions=True, precision=0, rewrites=True, says_much=False),
    ],
    ids=["no summary", "no count", "small pages", "uuids"],
)
def test_every_server_comes_to_agree(tmp_path: Path, dialect: Dialect) -> None:
    world = World(dialect)
    for number in range(5):
        world.put(f"r{number}")

    async def story() -> None:
        async with connected(world, tmp_path) as (syncing, database):
            world.remove("r1")
            world.put("late", late=1000)
            world.advance(seconds=2000)
            await syncing.run()
            world.advance(days=1)
            assert isinstance(await syncing.run(), Idle)
            assert await database.read(list_rids) == {"r0", "r2", "r3", "r4", "late"}

    asyncio.run(story())


@pytest.mark.parametrize("part", ["_summary", "_elements"])
def test_a_server_that_refuses_a_parameter_is_asked_without_it(tmp_path: Path, part: str) -> None:
    world = World()
    world.put("a")

    async def story() -> None:
        async with connected(world, tmp_path) as (syncing, database):
            world.refusals[part] = 400
            world.remove("a")
            world.advance(days=1)
            assert isinstance(await syncing.run(), Idle)
            assert await database.read(list_rids) == set()

    asyncio.run(story())


def test_items_that_cannot_be_held_are_compared_once_and_not_at_each_sync(tmp_path: Path) -> None:
    world = World(Dialect(ignored=frozenset({"patient"}), says_much=False))
    world.put("a")
    world.put("x", subject={"reference": "Patient/p2"})

    async def story() -> None:
        async with connected(world, tmp_path) as (syncing, database):
            await syncing.run()
            world.asked.clear()
            await syncing.run()
            assert await database.read(list_rids) == {"a"}

    asyncio.run(story())
    assert world.count(PATH) == 2


def test_one_that_cannot_be_read_is_told_and_the_others_are_judged(tmp_path: Path) -> None:
    world = World()
    world.put("a")
    world.put("b")

    async def story() -> None:
        async with connected(world, tmp_path) as (syncing, database):
            world.put("late", late=1000)
            world.remove("a")
            world.refusals[f"{PATH}/late"] = 500
            world.advance(seconds=900)
            await syncing.run()
            world.advance(days=1)
            end = await syncing.run()
            assert isinstance(end, Idle)
            assert Fault("Observation", "late", Reason.SERVER_FAULT) in end.faults
            assert await database.read(list_rids) == {"b"}
            world.refusals.clear()
            await syncing.run()
            assert await database.read(list_rids) == {"b", "late"}

    asyncio.run(story())


def test_a_refused_list_leaves_its_type_for_another_time(tmp_path: Path) -> None:
    world = World()
    world.put("a")

    async def story() -> None:
        async with connected(world, tmp_path) as (syncing, database):
            world.remove("a")
            world.refusals["_elements"] = 500
            end = await syncing.run()
            assert isinstance(end, Stopped)
            assert await database.read(list_rids) == {"a"}

    asyncio.run(story())


def test_an_older_version_of_a_restored_server_is_taken(tmp_path: Path) -> None:
    world = World()
    point = world.server.histories.save_point()
    world.put("a")
    world.advance(hours=1)
    world.put("a", status="amended")

    async def story() -> None:
        async with connected(world, tmp_path) as (syncing, database):
            world.server.histories.restore(point)
            world.advance(hours=-2)
            world.put("a", status="preliminary")
            world.advance(days=2)
            await syncing.run()
            sql = "SELECT ver FROM res WHERE rid = 'a'"
            assert await database.read(lambda con: con.execute(sql).fetchone()) == ("1",)

    asyncio.run(story())
