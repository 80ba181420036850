import asyncio
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest

from mes_app.domain.record import Kind
from mes_app.domain.sync_status import Fault, Idle, Phase, Running, Stopped, SyncStatus
from mes_app.errors import Reason
from mes_app.fhir.types import PULLED_TYPES
from mes_app.store.conflicts import list_conflicts
from mes_app.store.database import Connection
from mes_app.store.outbox import list_pending
from mes_app.store.profiles import list_profiles
from mes_app.store.records import count_by_kind
from tests.sync.simulated import PATH, World, connected, delete, edit, list_rids
from tests.sync.simulation.dialects import Dialect

Story = Callable[[], Coroutine[Any, Any, None]]


def play(story: Story) -> None:
    asyncio.run(story())


def test_a_sync_without_news_asks_for_one_page_and_one_count_of_each_type(tmp_path: Path) -> None:
    world = World(types=PULLED_TYPES)
    world.put("a")

    async def story() -> None:
        async with connected(world, tmp_path) as (syncing, _):
            world.advance(hours=1)
            assert isinstance(await syncing.run(), Idle)

    play(story)
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

    play(story)
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

    play(story)


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

    play(story)


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

    play(story)


def test_a_list_that_hides_a_record_removes_nothing_while_the_record_answers(tmp_path: Path) -> None:
    world = World()
    world.put("a")

    async def story() -> None:
        async with connected(world, tmp_path) as (syncing, database):
            world.lists_nothing = True
            for _ in range(3):
                assert isinstance(await syncing.run(), Idle)
            assert await database.read(list_rids) == {"a"}

    play(story)


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

    play(story)


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

    play(story)


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

    play(story)


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

    play(story)


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

    play(story)


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

    play(story)


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

    play(story)


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

    play(story)


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

    play(story)
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

    play(story)


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

    play(story)
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

    play(story)


def test_what_waits_here_to_be_deleted_there_does_not_count_as_missing(tmp_path: Path) -> None:
    world = World()
    world.put("a")

    async def story() -> None:
        async with connected(world, tmp_path) as (syncing, database):
            await delete(database, "a")
            await syncing.run()

    play(story)
    assert world.count(PATH) == 2


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

    play(story)
    assert world.count(PATH) == 2


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

    play(story)


def test_checking_is_told_as_it_goes(tmp_path: Path) -> None:
    world = World()
    steps: list[SyncStatus] = []

    async def story() -> None:
        async with connected(world, tmp_path) as (syncing, _):
            syncing.subscribe(steps.append)
            await syncing.run()

    play(story)
    checking = [step for step in steps if isinstance(step, Running) and step.phase is Phase.CHECKING]
    assert (checking[-1].done, checking[-1].total) == (1, 1)
