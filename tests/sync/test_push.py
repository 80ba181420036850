"""Whole pushes: what was written here is there, once, whatever becomes of the answers."""

import json
from pathlib import Path
from typing import Any

import pytest

from mes_app.domain.record import Source
from mes_app.domain.sync_status import Running
from mes_app.errors import Offline
from mes_app.store.outbox import mark_inflight
from tests.sync.pushing import (
    BARE,
    POSTING,
    PUTTING,
    Desk,
    make_measure,
)
from tests.sync.serving import Asked, Say
from tests.sync.shelves import CUT, Shelf, only, tell


def test_what_was_written_changed_and_deleted_here_is_so_there(tmp_path: Path) -> None:
    async def story(desk: Desk, shelf: Shelf) -> None:
        lid = await desk.create(make_measure())
        assert await desk.push() == []
        assert shelf.now(f"Observation/{lid}")["valueQuantity"]["value"] == 70.5
        assert (await desk.stored(lid)).rid == lid
        await desk.change(lid, make_measure(71))
        await desk.push()
        assert shelf.now(f"Observation/{lid}")["valueQuantity"]["value"] == 71
        await desk.delete(lid)
        await desk.push()
        assert shelf.kept[f"Observation/{lid}"][-1] is None
        assert await desk.ops() == []

    tell(tmp_path, story)


def test_nothing_to_send_asks_nothing_and_says_nothing(tmp_path: Path) -> None:
    async def story(desk: Desk, shelf: Shelf) -> None:
        await desk.push()
        assert (shelf.asked, desk.told) == ([], [])

    tell(tmp_path, story)


def test_the_server_s_own_version_is_what_is_kept(tmp_path: Path) -> None:
    async def story(desk: Desk, shelf: Shelf) -> None:
        shelf.loses = lambda asked: add_note(shelf, asked)
        lid = await desk.create(make_measure())
        await desk.push()
        assert json.loads((await desk.stored(lid)).body)["note"] == [{"text": "vu"}]

    def add_note(shelf: Shelf, asked: Asked) -> Say:
        return Say(shelf.edit(asked.path.removeprefix("/fhir/"), note=[{"text": "vu"}]))

    tell(tmp_path, story)


@pytest.mark.parametrize("capabilities", [PUTTING, POSTING, BARE])
def test_a_creation_whose_answer_was_lost_is_done_once(tmp_path: Path, capabilities: Any) -> None:
    async def story(desk: Desk, shelf: Shelf) -> None:
        shelf.loses = lambda asked: None if asked.method == "GET" else CUT
        await desk.create(make_measure())
        with pytest.raises(Offline):
            await desk.push()
        desk.wait(seconds=2)
        await desk.push()
        assert await desk.ops() == []
        assert len(shelf.kept) == len(shelf.writes) == 1

    tell(tmp_path, story, capabilities=capabilities)


@pytest.mark.parametrize("change", ["update", "delete"])
def test_a_change_whose_answer_was_lost_is_done_once(tmp_path: Path, change: str) -> None:
    async def story(desk: Desk, shelf: Shelf) -> None:
        lid = await desk.create(make_measure())
        await desk.push()
        await (desk.change(lid, make_measure(71)) if change == "update" else desk.delete(lid))
        shelf.loses = lambda asked: None if asked.method == "GET" else CUT
        with pytest.raises(Offline):
            await desk.push()
        desk.wait(seconds=2)
        await desk.push()
        assert await desk.ops() == []
        assert await desk.conflicts() == []
        assert len(shelf.writes) == 2

    tell(tmp_path, story)


@pytest.mark.parametrize("arrived", [True, False])
def test_what_was_in_flight_when_the_app_died_is_verified_and_never_resent_blindly(
    tmp_path: Path, arrived: bool
) -> None:
    async def story(desk: Desk, shelf: Shelf) -> None:
        lid = await desk.create(make_measure())
        (op,) = await desk.ops()
        await desk.database.write(mark_inflight, op)
        if arrived:
            shelf.edit(f"Observation/{lid}", **make_measure())
        await desk.push()
        assert await desk.ops() == []
        assert [one.method for one in shelf.asked] == (["GET"] if arrived else ["GET", "PUT"])

    tell(tmp_path, story)


def test_what_was_written_while_the_outcome_was_unknown_is_sent_on_top(tmp_path: Path) -> None:
    async def story(desk: Desk, shelf: Shelf) -> None:
        lid = await desk.create(make_measure())
        shelf.loses = only("PUT", CUT)
        with pytest.raises(Offline):
            await desk.push()
        await desk.change(lid, make_measure(71))
        shelf.loses = lambda asked: None
        desk.wait(seconds=2)
        await desk.push()
        assert [version and version["valueQuantity"]["value"] for version in shelf.kept[f"Observation/{lid}"]] == [
            70.5,
            71,
        ]
        assert (await desk.ops(), await desk.conflicts()) == ([], [])

    tell(tmp_path, story)


def test_how_far_the_sending_is_is_told(tmp_path: Path) -> None:
    async def story(desk: Desk, _: Shelf) -> None:
        for value in (1, 2):
            await desk.create(make_measure(value))
        await desk.push()
        assert [(told.done, told.total) for told in desk.told if isinstance(told, Running)][-3:] == [
            (0, 2), (1, 2), (2, 2)
        ]  # fmt: skip

    tell(tmp_path, story)


def test_where_a_record_comes_from_is_sent_and_stays_known_where_the_server_forgets_it(tmp_path: Path) -> None:
    async def story(desk: Desk, shelf: Shelf) -> None:
        lid = await desk.create(make_measure(meta={"source": "Patient/p1"}))
        assert await desk.push() == []
        assert json.loads(shelf.asked[-1].body)["meta"] == {"source": "Patient/p1"}
        key = f"Observation/{lid}"
        assert "source" not in shelf.now(key)["meta"]
        assert (await desk.stored(lid)).row.source is Source.SELF
        await desk.receive(shelf.edit(key, effectiveDateTime="2026-11-19"))
        assert (await desk.stored(lid)).row.source is Source.SELF

    tell(tmp_path, story)
