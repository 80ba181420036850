"""When a sync runs, told by a clock that only the test moves."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path
from typing import cast

from mes_app.domain.record import Kind
from mes_app.domain.servers import ServerAccount, SignIn
from mes_app.domain.sync_status import Idle, Phase, Running, Stopped, SyncStatus
from mes_app.errors import Busy, Offline, SessionExpired
from mes_app.services.schedule import FIRST_WAIT, PERIOD, Schedule
from mes_app.services.syncing import Syncing
from mes_app.store.database import Connection
from mes_app.store.edits import When, Written, create_record
from mes_app.store.outbox import list_due, postpone
from mes_app.sync.networks import Network
from tests.services.pens import Desk, at_desk
from tests.store.samples import PARENT, make_overview


class ScriptedSyncing:
    """Ends as the test says, Idle by default; ``runs`` are the profiles asked first."""

    def __init__(self) -> None:
        self.ends: list[SyncStatus] = []
        self.runs: list[str | None] = []
        self.known: ServerAccount | None = ServerAccount(fhir_base="https://exemple.fr/fhir", sign_in=SignIn.PLAIN)
        self.listeners: list[Callable[[SyncStatus], None]] = []

    def subscribe(self, listener: Callable[[SyncStatus], None]) -> Callable[[], None]:
        self.listeners.append(listener)
        return lambda: self.listeners.remove(listener)

    async def account(self) -> ServerAccount | None:
        return self.known

    async def run(self, first: str | None = None, *, thorough: bool = False) -> SyncStatus:  # noqa: ARG002
        self.runs.append(first)
        end = self.ends.pop(0) if self.ends else Idle()
        for status in (Running(Phase.CONNECTING), end):
            for listener in self.listeners:
                listener(status)
        return end


class Bench:
    """A schedule and what is around it. ``pauses`` are the waits it began, in seconds."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.syncing = ScriptedSyncing()
        self.pauses: asyncio.Queue[float] = asyncio.Queue()
        self.wakings: list[asyncio.Event] = []
        network = Network(now=lambda: desk.now, sleep=self.sleep)
        self.schedule = Schedule(desk.database, cast(Syncing, self.syncing), network)

    async def sleep(self, seconds: float) -> None:
        waking = asyncio.Event()
        self.wakings.append(waking)
        self.pauses.put_nowait(seconds)
        await waking.wait()

    async def pass_by(self, seconds: float) -> float:
        """Let ``seconds`` pass, all that was being waited for; the wait that is begun next."""
        self.desk.pass_by(seconds)
        for waking in self.wakings:
            waking.set()
        return await self.pauses.get()

    async def begin(self, *ends: SyncStatus) -> float:
        self.syncing.ends += ends
        self.schedule.start()
        return await self.pauses.get()

    async def note(self, tell: Callable[[], None]) -> float:
        tell()
        return await self.pauses.get()

    async def add(self) -> None:
        when = When(self.desk.now, self.desk.now.timestamp() + 10)
        overview = make_overview(kind=Kind.ALLERGIES)
        written = Written("AllergyIntolerance", b'{"resourceType":"AllergyIntolerance"}', overview)
        await self.desk.database.write(create_record, PARENT.pid, written, when)


def watch(folder: Path, story: Callable[[Bench], Awaitable[None]]) -> None:
    async def run(desk: Desk) -> None:
        bench = Bench(desk)
        try:
            await story(bench)
        finally:
            await bench.schedule.stop()

    at_desk(folder, run)


def test_a_sync_runs_at_unlock_and_every_quarter_of_an_hour(tmp_path: Path) -> None:
    async def story(bench: Bench) -> None:
        assert await bench.begin() == PERIOD
        bench.schedule.start()
        assert await bench.pass_by(PERIOD) == PERIOD
        assert len(bench.syncing.runs) == 2

    watch(tmp_path, story)


def test_an_edit_is_sent_once_it_can_no_longer_be_undone(tmp_path: Path) -> None:
    async def story(bench: Bench) -> None:
        await bench.begin()
        await bench.add()
        assert await bench.note(bench.schedule.note_edit) == 10
        assert len(bench.syncing.runs) == 1
        await bench.pass_by(10)
        assert len(bench.syncing.runs) == 2

    watch(tmp_path, story)


def test_several_edits_are_sent_by_the_sync_of_the_first(tmp_path: Path) -> None:
    async def story(bench: Bench) -> None:
        await bench.begin()
        await bench.add()
        await bench.note(bench.schedule.note_edit)
        bench.desk.pass_by(4)
        await bench.add()
        assert await bench.note(bench.schedule.note_edit) == 6

    watch(tmp_path, story)


def test_without_a_network_it_tries_again_later_and_later(tmp_path: Path) -> None:
    async def story(bench: Bench) -> None:
        assert await bench.begin(*[Stopped(Offline())] * 9) == FIRST_WAIT
        assert await bench.pass_by(FIRST_WAIT) == 2 * FIRST_WAIT
        assert await bench.pass_by(2 * FIRST_WAIT) == 4 * FIRST_WAIT
        assert await bench.note(bench.schedule.note_foreground) == FIRST_WAIT
        assert len(bench.syncing.runs) == 4
        for _ in range(5):
            wait = await bench.pass_by(PERIOD)
        assert wait == 32 * FIRST_WAIT

    watch(tmp_path, story)


def test_a_server_that_asks_to_wait_is_left_alone_until_then(tmp_path: Path) -> None:
    async def story(bench: Bench) -> None:
        assert await bench.begin(Stopped(Busy(after=120))) == 120
        bench.desk.pass_by(30)
        await bench.add()
        assert await bench.note(bench.schedule.note_foreground) == 90
        assert len(bench.syncing.runs) == 1
        await bench.pass_by(90)
        assert len(bench.syncing.runs) == 2

    watch(tmp_path, story)


def test_a_session_that_ended_is_not_insisted_on(tmp_path: Path) -> None:
    async def story(bench: Bench) -> None:
        assert await bench.begin(Stopped(SessionExpired())) == PERIOD

    watch(tmp_path, story)


def test_what_a_run_left_unsent_waits_for_the_next_one(tmp_path: Path) -> None:
    async def story(bench: Bench) -> None:
        await bench.begin()
        await bench.add()
        await bench.note(bench.schedule.note_edit)
        assert await bench.pass_by(60) == PERIOD

    watch(tmp_path, story)


def put_off(con: Connection, seconds: float, now: float) -> None:
    (op,) = list_due(con, PARENT.pid, now)
    postpone(con, op, now + seconds)


def test_what_failed_before_is_tried_again_on_return_and_with_the_next_edit(tmp_path: Path) -> None:
    async def story(bench: Bench) -> None:
        await bench.add()
        bench.desk.pass_by(10)
        await bench.desk.database.write(put_off, 600, bench.desk.now.timestamp())
        await bench.begin()
        assert await bench.desk.database.read(list_due, PARENT.pid, bench.desk.now.timestamp())
        await bench.desk.database.write(put_off, 600, bench.desk.now.timestamp())
        bench.desk.now += timedelta(seconds=1)
        await bench.note(bench.schedule.note_edit)
        assert len(bench.syncing.runs) == 2

    watch(tmp_path, story)


def test_the_profile_on_the_screen_is_synced_first(tmp_path: Path) -> None:
    async def story(bench: Bench) -> None:
        bench.schedule.note_shown("child")
        await bench.begin()
        await bench.schedule.run_now()
        await bench.schedule.run_now("parent")
        assert bench.syncing.runs == ["child", "child", "parent"]

    watch(tmp_path, story)


def test_a_sync_asked_by_the_person_counts_as_the_last_one(tmp_path: Path) -> None:
    async def story(bench: Bench) -> None:
        await bench.begin()
        bench.desk.pass_by(PERIOD - 1)
        await bench.schedule.run_now()
        assert await bench.pauses.get() == PERIOD

    watch(tmp_path, story)


def test_without_a_server_nothing_runs(tmp_path: Path) -> None:
    async def story(bench: Bench) -> None:
        bench.syncing.known = None
        assert await bench.begin() == PERIOD
        assert bench.syncing.runs == []

    watch(tmp_path, story)


def test_a_stopped_schedule_starts_nothing(tmp_path: Path) -> None:
    async def story(bench: Bench) -> None:
        await bench.begin()
        await bench.schedule.stop()
        bench.schedule.note_foreground()
        await bench.schedule.stop()
        assert len(bench.syncing.runs) == 1
        assert bench.syncing.listeners == []

    watch(tmp_path, story)
