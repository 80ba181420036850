"""Control L1: when the vault locks by itself, whatever the clocks of the device are made to say."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from mes_app.services.auto_lock import ABSENCE, BACKGROUND_CHOICES, IDLE_CHOICES, AutoLock, LockDelays, LockSettings
from mes_app.store.database import Database
from mes_app.store.preferences import put_preference
from tests.fake_clocks import FakeClocks
from tests.store.samples import make_key

MINUTE = 60.0


def tell(story: Callable[[LockSettings, Database], Awaitable[None]], folder: Path) -> None:
    """Run ``story`` over the delays of an open store."""

    async def run() -> None:
        database = await Database.open(folder / "store.db", make_key(), create=True)
        await story(LockSettings(database), database)
        await database.close()

    asyncio.run(run())


@pytest.fixture
def clocks() -> FakeClocks:
    return FakeClocks()


@pytest.fixture
def lock(clocks: FakeClocks) -> AutoLock:
    """Five minutes idle, 30 seconds in the background, counted from now."""
    opened = AutoLock(clocks.clock)
    opened.start(LockDelays())
    return opened


def test_l1_the_defaults_are_five_minutes_idle_and_thirty_seconds_away() -> None:
    assert LockDelays() == LockDelays(idle=300, background=30)
    assert IDLE_CHOICES == (60, 300, 900, 1800)
    assert BACKGROUND_CHOICES == (0, 30, 300)


def test_l1_five_minutes_without_activity_lock(clocks: FakeClocks, lock: AutoLock) -> None:
    clocks.wait(5 * MINUTE - 1)
    assert not lock.is_due()
    assert lock.remaining() == 1
    clocks.wait(1)
    assert lock.is_due()
    assert lock.remaining() == 0


def test_l1_activity_starts_the_idle_time_again(clocks: FakeClocks, lock: AutoLock) -> None:
    for _ in range(3):
        clocks.wait(4 * MINUTE)
        lock.note_activity()
    assert lock.remaining() == 5 * MINUTE


def test_l1_activity_after_the_time_is_over_comes_too_late(clocks: FakeClocks, lock: AutoLock) -> None:
    clocks.wait(5 * MINUTE)
    lock.note_activity()
    assert lock.is_due()


def test_l1_thirty_seconds_in_the_background_lock(clocks: FakeClocks, lock: AutoLock) -> None:
    lock.leave()
    clocks.wait(10)
    lock.leave()
    clocks.wait(19)
    assert not lock.is_due()
    clocks.wait(1)
    assert lock.is_due()


def test_l1_coming_back_in_time_counts_from_then(clocks: FakeClocks, lock: AutoLock) -> None:
    lock.leave()
    clocks.wait(29)
    lock.come_back()
    assert lock.remaining() == 5 * MINUTE


def test_l1_coming_back_too_late_does_not_undo_it(clocks: FakeClocks, lock: AutoLock) -> None:
    lock.leave()
    clocks.wait(30)
    lock.come_back()
    assert lock.is_due()


def test_l1_at_once_locks_as_soon_as_the_app_is_left(clocks: FakeClocks, lock: AutoLock) -> None:
    lock.start(LockDelays(background=0))
    assert not lock.is_due()
    lock.leave()
    assert lock.is_due()


def test_l1_a_short_idle_time_also_runs_in_the_background(clocks: FakeClocks, lock: AutoLock) -> None:
    lock.start(LockDelays(idle=60, background=300))
    lock.leave()
    clocks.wait(MINUTE)
    assert lock.is_due()


def test_l1_sleep_counts_although_the_uptime_stopped(clocks: FakeClocks, lock: AutoLock) -> None:
    clocks.wall += 5 * MINUTE
    assert lock.is_due()


def test_l1_sleep_counts_although_the_wall_clock_stood_still(clocks: FakeClocks, lock: AutoLock) -> None:
    clocks.uptime += 5 * MINUTE
    clocks.wall += 5 * MINUTE - 50
    assert lock.is_due()


def test_l1_a_wall_clock_set_back_by_over_a_minute_locks(clocks: FakeClocks, lock: AutoLock) -> None:
    clocks.wait(10)
    clocks.wall -= 60
    assert not lock.is_due()
    clocks.wall -= 1
    assert lock.is_due()


def test_l1_setting_the_clock_back_little_by_little_locks_as_well(clocks: FakeClocks, lock: AutoLock) -> None:
    for _ in range(2):
        clocks.wait(1)
        clocks.wall -= 40
        lock.note_activity()
    assert lock.is_due()


def test_l1_what_is_due_stays_due_when_the_clocks_are_put_right(clocks: FakeClocks, lock: AutoLock) -> None:
    clocks.wall -= 2 * MINUTE
    assert lock.is_due()
    clocks.wall += 2 * MINUTE
    lock.note_activity()
    assert lock.is_due()


def test_l1_a_restart_of_the_device_hides_no_time(clocks: FakeClocks, lock: AutoLock) -> None:
    clocks.uptime = 5.0
    clocks.wall += 5 * MINUTE
    assert lock.is_due()


def test_l1_a_picker_suspends_the_background_for_five_minutes(clocks: FakeClocks, lock: AutoLock) -> None:
    lock.expect_absence()
    lock.leave()
    clocks.wait(ABSENCE - 1)
    assert lock.remaining() == 1
    clocks.wait(1)
    assert lock.is_due()


def test_l1_a_picker_suspends_even_a_lock_at_once_and_a_short_idle_time(clocks: FakeClocks, lock: AutoLock) -> None:
    lock.start(LockDelays(idle=60, background=0))
    lock.expect_absence()
    lock.leave()
    clocks.wait(2 * MINUTE)
    assert not lock.is_due()


def test_l1_one_picker_excuses_one_absence(clocks: FakeClocks, lock: AutoLock) -> None:
    lock.expect_absence()
    lock.leave()
    clocks.wait(MINUTE)
    lock.come_back()
    lock.leave()
    clocks.wait(30)
    assert lock.is_due()


def test_l1_a_picker_that_never_hid_the_app_excuses_nothing_later(clocks: FakeClocks, lock: AutoLock) -> None:
    lock.expect_absence()
    clocks.wait(MINUTE)
    lock.note_activity()
    lock.leave()
    clocks.wait(30)
    assert lock.is_due()


def test_l1_a_picker_does_not_excuse_a_clock_set_back(clocks: FakeClocks, lock: AutoLock) -> None:
    lock.expect_absence()
    clocks.wall -= 2 * MINUTE
    assert lock.is_due()


def test_l1_nothing_is_due_while_no_vault_is_open(clocks: FakeClocks, lock: AutoLock) -> None:
    lock.stop()
    clocks.wait(3600)
    assert lock.remaining() is None
    assert not lock.is_due()


def test_l1_each_opening_counts_from_itself(clocks: FakeClocks, lock: AutoLock) -> None:
    lock.leave()
    clocks.wait(MINUTE)
    assert lock.is_due()
    lock.stop()
    lock.come_back()
    lock.start(LockDelays(idle=60))
    assert lock.remaining() == MINUTE


def test_l1_an_app_left_while_its_vault_opens_counts_from_the_opening(clocks: FakeClocks, lock: AutoLock) -> None:
    lock.stop()
    lock.leave()
    clocks.wait(MINUTE)
    lock.start(LockDelays())
    assert lock.remaining() == 30


def test_the_delays_are_kept_in_the_vault(tmp_path: Path) -> None:
    async def story(settings: LockSettings, database: Database) -> None:
        assert await settings.read() == LockDelays()
        await settings.save(LockDelays(idle=1800, background=0))
        assert await LockSettings(database).read() == LockDelays(idle=1800, background=0)

    tell(story, tmp_path)


def test_l1_delays_that_are_none_of_the_choices_give_the_defaults(tmp_path: Path) -> None:
    async def story(settings: LockSettings, database: Database) -> None:
        for kept in ({"idle": 86400}, {"idle": 60, "never": True}, "never"):
            await database.write(put_preference, "lock_delays", kept)
            assert await settings.read() == LockDelays()

    tell(story, tmp_path)
