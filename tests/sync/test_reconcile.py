"""What the server removed, refuses or hides, and what a sync without news costs."""

import asyncio
from pathlib import Path

import pytest

from mes_app.domain.record import Kind
from mes_app.domain.sync_status import Idle, Phase, Running, SyncStatus
from mes_app.fhir.types import PULLED_TYPES
from mes_app.store.profiles import list_profiles
from mes_app.store.records import count_by_kind
from tests.sync.simulated import PATH, World, connected, list_rids


def test_a_sync_without_news_asks_for_one_page_and_one_count_of_each_type(tmp_path: Path) -> None:
    world = World(types=PULLED_TYPES)
    world.put("a")

    async def story() -> None:
        async with connected(world, tmp_path) as (syncing, _):
            world.advance(hours=1)
            assert isinstance(await syncing.run(), Idle)

    asyncio.run(story())
    for name in PULLED_TYPES:
        assert world.count(f"/fhir/{name}?") == 2
        assert world.count(f"/fhir/{name}?patient=p1&_summary=count") == 1
    assert len(world.asked) == 2 * len(PULLED_TYPES) + 1  # and the person's own record


def test_what_the_server_deleted_goes_at_once_and_leaves_no_way_back(tmp_path: Path) -> None:
    world = World()
    world.put("a")
    world.put("b")

    async def story() -> None:
        async with connected(world, tmp_path) as (syncing, database):
            world.remove("a")
            assert isinstance(await syncing.run(), Idle)
            assert await database.read(list_rids) == {"b"}
            news: list[object] = []
            database.subscribe(news.append)
            world.asked.clear()
            assert isinstance(await syncing.run(), Idle)
            assert news == []

    asyncio.run(story())
    assert world.count(PATH) == 2


@pytest.mark.parametrize("status", [403, 404])
def test_what_the_server_only_refuses_goes_at_the_second_pass_and_is_shown_until_then(
    tmp_path: Path, status: int
) -> None:
    world = World()
    world.put("a")

    async def story() -> None:
        async with connected(world, tmp_path) as (syncing, database):
            world.server.hidden.add(("Observation", "a"))
            world.refusals[f"{PATH}/a"] = status
            await syncing.run()
            assert await database.read(list_rids) == {"a"}
            await syncing.run()
            assert await database.read(list_rids) == set()

    asyncio.run(story())


def test_what_was_missing_once_and_is_back_starts_anew(tmp_path: Path) -> None:
    world = World()
    world.put("a")

    async def story() -> None:
        async with connected(world, tmp_path) as (syncing, database):
            for _ in range(3):
                world.server.hidden.add(("Observation", "a"))
                await syncing.run()
                world.server.hidden.clear()
                await syncing.run()
                assert await database.read(list_rids) == {"a"}

    asyncio.run(story())


def test_what_was_taken_away_comes_back_in_the_same_version(tmp_path: Path) -> None:
    world = World()
    world.put("a")

    async def story() -> None:
        async with connected(world, tmp_path) as (syncing, database):
            world.server.hidden.add(("Observation", "a"))
            await syncing.run()
            await syncing.run()
            assert await database.read(list_rids) == set()
            world.server.hidden.clear()
            await syncing.run()
            assert await database.read(list_rids) == {"a"}

    asyncio.run(story())


def test_a_list_that_hides_a_record_removes_nothing_while_the_record_answers(tmp_path: Path) -> None:
    world = World()
    world.put("a")

    async def story() -> None:
        async with connected(world, tmp_path) as (syncing, database):
            world.lists_nothing = True
            for _ in range(3):
                assert isinstance(await syncing.run(), Idle)
            assert await database.read(list_rids) == {"a"}

    asyncio.run(story())


@pytest.mark.parametrize("status", [500, 502])
def test_any_other_failure_removes_nothing(tmp_path: Path, status: int) -> None:
    world = World()
    world.put("a")

    async def story() -> None:
        async with connected(world, tmp_path) as (syncing, database):
            world.server.hidden.add(("Observation", "a"))
            world.refusals[f"{PATH}/a"] = status
            for _ in range(3):
                await syncing.run()
            assert await database.read(list_rids) == {"a"}

    asyncio.run(story())


def test_nothing_is_judged_while_the_person_is_refused(tmp_path: Path) -> None:
    world = World()
    world.put("a")

    async def story() -> None:
        async with connected(world, tmp_path) as (syncing, database):
            world.remove("a")
            world.moods = iter((0, 403, 0, 403))
            for _ in range(2):
                await syncing.run()
                assert await database.read(list_rids) == {"a"}

    asyncio.run(story())


def test_l2_a_record_turned_invisible_disappears_and_takes_part_in_counts(tmp_path: Path) -> None:
    world = World()
    label = {"coding": [{"code": "INVISIBLE_PATIENT"}]}
    world.put("a")

    async def story() -> None:
        async with connected(world, tmp_path) as (syncing, database):
            pid = (await database.read(list_profiles))[0].pid
            world.put("a", securityLabel=[label])
            world.advance(hours=1)
            await syncing.run()
            assert Kind.MEASURES not in await database.read(count_by_kind, pid)
            world.asked.clear()
            await syncing.run()

    asyncio.run(story())
    assert world.count(PATH) == 2


def test_checking_is_told_as_it_goes(tmp_path: Path) -> None:
    world = World()
    steps: list[SyncStatus] = []

    async def story() -> None:
        async with connected(world, tmp_path) as (syncing, _):
            syncing.subscribe(steps.append)
            await syncing.run()

    asyncio.run(story())
    checking = [step for step in steps if isinstance(step, Running) and step.phase is Phase.CHECKING]
    assert (checking[-1].done, checking[-1].total) == (1, 1)
