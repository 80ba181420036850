"""What cannot be sent now is sent later."""

import asyncio
from pathlib import Path

import pytest

from mes_app.domain.sync_status import Fault
from mes_app.errors import Busy, Offline, Reason, SessionExpired
from mes_app.store.outbox import find_next_due
from tests.sync.pushing import (
    Desk,
    make_measure,
    opened_desk,
)
from tests.sync.serving import Say, closed_address
from tests.sync.shelves import CUT, Shelf, only, tell


def test_a_record_that_is_there_and_not_shown_yet_is_asked_for_again(tmp_path: Path) -> None:
    async def story(desk: Desk, shelf: Shelf) -> None:
        await desk.create(make_measure())
        shelf.loses = only("PUT", CUT)
        with pytest.raises(Offline):
            await desk.push()
        shelf.fails = only("GET", Say(status=404))
        shelf.loses = lambda asked: None
        for _ in range(2):
            desk.wait(minutes=1)
            assert await desk.push() == [Fault("Observation", "", Reason.SERVER_FAULT)]
        shelf.fails = lambda asked: None
        desk.wait(minutes=1)
        assert await desk.push() == []
        assert await desk.ops() == []
        assert [len(versions) for versions in shelf.kept.values()] == [1]

    tell(tmp_path, story)


@pytest.mark.parametrize("status", [500, 307, 308])
def test_a_fault_of_the_server_puts_one_change_off_and_the_run_goes_on(tmp_path: Path, status: int) -> None:
    async def story(desk: Desk, shelf: Shelf) -> None:
        failing, accepted = await desk.create(make_measure(1)), await desk.create(make_measure(2))
        shelf.fails = lambda asked: Say(status=status) if asked.path.endswith(failing) else None
        assert await desk.push() == [Fault("Observation", "", Reason.SERVER_FAULT)]
        (op,) = await desk.ops()
        assert (op.lid, op.state, op.attempts) == (failing, "ready", 1)
        assert 0 <= op.next_at - desk.at.timestamp() <= 2
        assert list(shelf.kept) == [f"Observation/{accepted}"]
        shelf.fails = lambda asked: None
        desk.wait(seconds=2)
        await desk.push()
        assert len(shelf.kept) == 2

    tell(tmp_path, story)


@pytest.mark.parametrize("status", [408, 502, 504])
def test_a_server_that_cannot_be_reached_ends_the_run_and_puts_the_change_off(tmp_path: Path, status: int) -> None:
    async def story(desk: Desk, shelf: Shelf) -> None:
        for value in (1, 2):
            await desk.create(make_measure(value))
        shelf.fails = only("PUT", Say(status=status))
        with pytest.raises(Offline):
            await desk.push()
        assert len(shelf.asked) == 1
        assert [(op.state, op.attempts) for op in await desk.ops()] == [("ready", 1), ("ready", 0)]

    tell(tmp_path, story)


def test_without_a_network_everything_waits(tmp_path: Path) -> None:
    async def story() -> None:
        async with opened_desk(tmp_path, f"{closed_address()}/fhir") as desk:
            await desk.create(make_measure())
            with pytest.raises(Offline):
                await desk.push()
            (op,) = await desk.ops()
            assert (op.state, op.attempts) == ("ready", 1)

    asyncio.run(story())


@pytest.mark.parametrize("status", [429, 503])
def test_a_busy_server_is_left_alone_for_as_long_as_it_asks(tmp_path: Path, status: int) -> None:
    async def story(desk: Desk, shelf: Shelf) -> None:
        await desk.create(make_measure())
        shelf.fails = only("PUT", Say(status=status, headers={"retry-after": "120"}))
        with pytest.raises(Busy) as caught:
            await desk.push()
        assert caught.value.after == 120
        assert await desk.database.read(find_next_due) == desk.at.timestamp() + 120
        shelf.fails = lambda asked: None
        desk.wait(seconds=119)
        await desk.push()
        assert len(shelf.asked) == 1
        desk.wait(seconds=1)
        await desk.push()
        assert len(shelf.kept) == 1

    tell(tmp_path, story)


def test_the_end_of_the_session_keeps_what_waits(tmp_path: Path) -> None:
    async def story(desk: Desk, shelf: Shelf) -> None:
        await desk.create(make_measure())
        shelf.fails = lambda asked: Say(status=401)
        with pytest.raises(SessionExpired):
            await desk.push()
        shelf.fails = lambda asked: None
        await desk.push()
        assert len(shelf.kept) == 1

    tell(tmp_path, story)
