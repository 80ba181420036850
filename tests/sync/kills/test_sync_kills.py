"""A phone whose process is killed at every commit of its day, and between: nothing is lost, nothing is sent twice."""

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from tests.sync.kills.fates import COMMITS, NONE, WRITES, Fate, Moment, spread
from tests.sync.kills.gates import Gate
from tests.sync.kills.stories import REACH, Story
from tests.sync.serving import served
from tests.sync.simulation.devices import make_store
from tests.sync.simulation.dialects import Dialect
from tests.sync.simulation.oracles import (
    check_mirrors,
    check_nothing_is_done_twice,
    check_nothing_is_lost,
    check_rest,
    settle,
)

DIALECTS = (
    Dialect(),
    Dialect(update_create=False, representation=False, batch_limit=0),
    Dialect(guards_update=False, guards_delete=False, guards_create=False, rewrites=True, uuid_versions=True),
)
EARLY = 12
"""Commits of the sync that comes after a death, within which the second one falls."""

FEW, MANY = 25, 350
"""Rounds: some of everything, and both sides of every commit."""


@dataclass(frozen=True)
class Stage:
    """``gate`` listens at the address that the store in ``template`` knows. ``measure``: commits and writes of a
    whole day with the server of a dialect."""

    gate: Gate
    template: Path
    measure: Callable[[Dialect], tuple[int, int]]


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    gate, template = Gate(), tmp_path_factory.mktemp("template")

    @cache
    def measure(dialect: Dialect) -> tuple[int, int]:
        return asyncio.run(live_whole_day(Story(tmp_path_factory.mktemp("whole"), template, dialect, gate)))

    with served(gate) as url:
        asyncio.run(make_store(template, REACH, f"{url}/fhir"))
        yield Stage(gate, template, measure)


async def live_whole_day(story: Story) -> tuple[int, int]:
    """Its commits and its writes on the server."""
    await story.phone.start()
    await story.spend_day()
    length = story.phone.ask("count_commits"), story.gate.writes
    print("commits, writes:", *length)
    story.phone.kill_process()
    await story.phone.bury()
    await check_peace(story)
    return length


def choose_fate(number: int, rounds: int, commits: int, writes: int) -> Fate:
    """Of round ``number``: in three of five one side of a commit, else of a write, spread over the whole day."""
    turn, kind = divmod(number, 5)
    if kind < 3:
        return spread(3 * turn + kind, 3 * rounds // 5, commits, COMMITS)
    return spread(2 * turn + kind - 3, 2 * rounds // 5, writes, WRITES)


@pytest.mark.parametrize(
    ("number", "rounds"),
    [
        *((number, FEW) for number in range(FEW)),
        *(pytest.param(number, MANY, marks=pytest.mark.soak) for number in range(MANY)),
    ],
)
def test_killed_and_killed_again_while_it_recovers_a_phone_loses_nothing_and_sends_nothing_twice(
    stage: Stage, tmp_path: Path, number: int, rounds: int
) -> None:
    dialect = DIALECTS[sum(divmod(number, 5)) % len(DIALECTS)]
    fate = choose_fate(number, rounds, *stage.measure(dialect))
    second = Fate(COMMITS[number % 2], 1 + number % EARLY)
    print(f"{dialect}\ndies {fate}, then {second}")
    asyncio.run(die_and_recover(Story(tmp_path, stage.template, dialect, stage.gate), fate, second))


@pytest.mark.parametrize("dialect", DIALECTS, ids=["kind", "silent", "careless"])
def test_the_many_rounds_kill_on_both_sides_of_every_commit_and_write(stage: Stage, dialect: Dialect) -> None:
    commits, writes = stage.measure(dialect)
    lengths = dict(zip(Moment, (commits, commits, writes, writes), strict=True))
    every = {Fate(moment, number + 1) for moment, length in lengths.items() for number in range(length)}
    assert {choose_fate(number, MANY, commits, writes) for number in range(MANY)} == every


async def die_and_recover(story: Story, fate: Fate, second: Fate) -> None:
    """A day that ends by ``fate``, a sync that ends by ``second``, one that nothing ends; all holds after each."""
    await story.live(fate, story.spend_day())
    for next_fate in (second, NONE):
        await story.live(next_fate, story.wake_up())
    await check_peace(story)


async def check_peace(story: Story) -> None:
    """After a quiet moment all agree (I1 to I9)."""
    await story.phone.open()
    await settle(story)
    await check_mirrors(story)
    await check_nothing_is_lost(story)
    check_nothing_is_done_twice(story)
    await check_rest(story, story.phone)
    await story.check_what_is_here()
    await story.check_contents()
    await story.check_store()
    await story.phone.discard()
