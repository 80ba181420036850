"""Three devices, other writers and a bad network, in scenarios that Hypothesis makes up, checked against I1 to I9."""

import asyncio
import sys
from collections.abc import Callable, Coroutine, Sequence
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from tests.sync.simulation.devices import make_store
from tests.sync.simulation.dialects import Dialect
from tests.sync.simulation.faults import Fault, Harm
from tests.sync.simulation.ledgers import TYPES
from tests.sync.simulation.oracles import (
    check_mirrors,
    check_nothing_is_done_twice,
    check_nothing_is_lost,
    check_outbox,
    check_rest,
    check_rooms,
    check_signed_out,
    check_what_was_typed,
    settle,
)
from tests.sync.simulation.worlds import CHILD, REACHES, World

OFTEN = st.sampled_from((True, True, True, False))
DIALECTS = st.builds(
    Dialect,
    update_create=OFTEN,
    conditional_create=OFTEN,
    guards_update=OFTEN,
    guards_delete=OFTEN,
    guards_create=OFTEN,
    refusal=st.sampled_from((412, 409)),
    gone=st.sampled_from((410, 404)),
    page_limit=st.sampled_from((1000, 2)),
    live_paging=st.booleans(),
    uuid_versions=st.booleans(),
    precision=st.sampled_from((3, 0)),
    rewrites=st.booleans(),
    keeps_same=st.booleans(),
    representation=OFTEN,
    says_total=OFTEN,
    ignored=st.frozensets(st.sampled_from(("_summary", "_elements", "_count", "_sort", "_lastUpdated")), max_size=2),
    batch_limit=st.sampled_from((100, 0)),
    says_much=OFTEN,
)
SOON = st.sampled_from((0, 0, 1))
READ_FAULTS = st.builds(
    Fault,
    harm=st.sampled_from((Harm.DROP_BEFORE, Harm.REFUSE, Harm.CUT, Harm.SWELL, Harm.KILL_BEFORE, Harm.KILL_AFTER)),
    verb=st.sampled_from(("search", "page", "count", "list", "read")),
    type=st.sampled_from((*TYPES, "Patient")),
    nth=SOON,
    number=st.sampled_from((503, 429, 500, 401, 422)),
)
EXPIRED = st.builds(
    Fault,
    harm=st.just(Harm.REFUSE),
    verb=st.just("page"),
    type=st.sampled_from(TYPES),
    nth=SOON,
    number=st.sampled_from((404, 410)),
)
LOST = st.builds(
    Fault,
    harm=st.sampled_from((Harm.DROP_AFTER, Harm.CUT, Harm.SWELL, Harm.KILL_AFTER, Harm.DROP_BEFORE, Harm.KILL_BEFORE)),
    nth=SOON,
)
REFUSED = st.builds(
    Fault,
    harm=st.just(Harm.REFUSE),
    nth=SOON,
    number=st.sampled_from((422, 409, 412, 404, 410, 403, 401, 429, 503, 500, 400)),
)
FAILED = st.builds(Fault, harm=st.just(Harm.FAIL_AFTER), nth=SOON, number=st.sampled_from((500, 502, 503, 504)))
RACES = st.builds(
    Fault,
    harm=st.sampled_from((Harm.DUPLICATE, Harm.LATE, Harm.MEANWHILE)),
    nth=SOON,
    number=st.integers(0, 4),
)
FAULTS = st.lists(st.one_of(LOST, REFUSED, FAILED, RACES, READ_FAULTS, EXPIRED), min_size=1, max_size=3)
DEVICES = st.integers(0, len(REACHES) - 1)
ACTS = st.sampled_from(("edit", "edit", "edit", "create", "delete", "undo"))
PICKS = st.integers(0, 3)
PARTS = st.integers(0, 1)
LATENESS = st.sampled_from((0, 0, 100, 299, 301, 4000))


class Family(RuleBasedStateMachine):
    """One scenario."""

    def __init__(self, templates: Sequence[Path], folders: Callable[[], Path]) -> None:
        super().__init__()
        self.templates = templates
        self.folders = folders
        self.runner = asyncio.Runner()

    def run(self, story: Coroutine[Any, Any, Any]) -> Any:
        return self.runner.run(story)

    @initialize(
        dialect=DIALECTS,
        left_out=st.sampled_from(TYPES),
        skews=st.tuples(*[st.sampled_from((0, -7200, 7200, 200_000))] * len(REACHES)),
    )
    def begin(self, dialect: Dialect, left_out: str, skews: tuple[int, ...]) -> None:
        types = tuple(name for name in TYPES if name != left_out)  # each costs its requests
        self.world = World(self.folders(), self.templates, dialect, types, skews)
        self.run(self.world.open())

    @rule(number=DEVICES, act=ACTS, pick=PICKS, part=PARTS)
    def write(self, number: int, act: str, pick: int, part: int) -> None:
        self.run(self.world.write(self.world.devices[number], act, pick, part))

    @rule(number=DEVICES, act=ACTS, pick=PICKS, part=PARTS, faults=FAULTS)
    def write_and_send(self, number: int, act: str, pick: int, part: int, faults: list[Fault]) -> None:
        self.write(number, act, pick, part)
        self.sync(number, faults)

    @rule(
        number=DEVICES, act=ACTS, pick=PICKS, parts=st.tuples(PARTS, PARTS), other=st.sampled_from(("edit", "delete"))
    )
    def write_here_and_elsewhere(self, number: int, act: str, pick: int, parts: tuple[int, int], other: str) -> None:
        device = self.world.devices[number]
        if shown := self.run(device.list_shown()):
            record = shown[pick % len(shown)]
            self.write(number, act, pick, parts[0])
            self.world.change_elsewhere((record.body["resourceType"], record.rid or ""), other, parts[1])

    @rule(act=st.sampled_from(("edit", "edit", "create", "delete", "hide")), pick=PICKS, part=PARTS, late=LATENESS)
    def write_elsewhere(self, act: str, pick: int, part: int, late: int) -> None:
        live = self.world.list_live()
        if act == "create" or not live:
            self.world.write_elsewhere(CHILD if pick else "parent", self.world.server.types[part], late=late)
        else:
            self.world.change_elsewhere(live[pick % len(live)], act, part, late=late)

    def sync(self, number: int, faults: list[Fault]) -> None:
        device = self.world.devices[number]
        self.world.advance(11)
        self.run(self.world.hurry(device))  # what waits after a failure does so for a random time
        self.run(self.world.sync(device, faults))

    @rule(number=DEVICES)
    def sync_in_peace(self, number: int) -> None:
        self.sync(number, [])

    @rule(number=DEVICES, pick=PICKS, yes=st.booleans())
    def decide(self, number: int, pick: int, yes: bool) -> None:
        device = self.world.devices[number]
        if conflicts := self.run(self.world.list_conflicts(device)):
            self.run(self.world.resolve(device, conflicts[pick % len(conflicts)], mine=yes))
        self.run(self.world.settle_refusal(device, pick, drop=yes))

    @rule(
        number=DEVICES,
        harm=st.sampled_from(("kill", "signed out", "clock", "right")),
        seconds=st.sampled_from((3600, 301, -600, 100_000, -200_000)),
    )
    def disturb(self, number: int, harm: str, seconds: int) -> None:
        device = self.world.devices[number]
        if harm == "kill":
            self.run(device.kill())
        elif harm == "signed out":
            self.run(check_signed_out(self.world, device))
        elif harm == "right":
            self.world.refused ^= {number}
        else:
            self.world.skews[number] += seconds
        self.world.advance(max(0, seconds))

    @invariant()
    def nothing_typed_is_lost(self) -> None:
        self.run(check_what_was_typed(self.world))
        self.run(check_rooms(self.world))
        self.run(check_outbox(self.world))

    def teardown(self) -> None:
        try:
            if sys.exc_info()[0] is None:  # else what failed is said already
                self.run(self.quiet())
        finally:
            self.run(self.world.close())
            self.runner.close()

    async def quiet(self) -> None:
        await settle(self.world)
        await check_mirrors(self.world)
        await check_nothing_is_lost(self.world)
        check_nothing_is_done_twice(self.world)
        await check_rest(self.world, self.world.devices[0])
        await check_what_was_typed(self.world, settled=True)


@pytest.fixture(scope="module")
def templates(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folders = [tmp_path_factory.mktemp("template") for _ in REACHES]
    for folder, reach in zip(folders, REACHES, strict=True):
        asyncio.run(make_store(folder, reach))
    return folders


@pytest.mark.parametrize(("scenarios", "steps"), [(50, 12), pytest.param(2000, 20, marks=pytest.mark.soak)])
def test_whatever_happens_nothing_is_lost_and_all_agree_after_a_quiet_moment(
    templates: list[Path], tmp_path: Path, scenarios: int, steps: int
) -> None:
    numbers = count()

    def make_folder() -> Path:
        folder = tmp_path / str(next(numbers))
        folder.mkdir()
        return folder

    class Story(Family):
        def __init__(self) -> None:
            super().__init__(templates, make_folder)

    run_state_machine_as_test(
        Story,
        settings=settings(max_examples=scenarios, stateful_step_count=steps, suppress_health_check=list(HealthCheck)),
    )
