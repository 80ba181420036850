"""What was changed on both sides is merged, or asked."""

import itertools
from pathlib import Path

import pytest

from mes_app.errors import Offline
from mes_app.sync.push import ROUNDS
from tests.sync.pushing import (
    Desk,
    make_measure,
)
from tests.sync.serving import Say
from tests.sync.shelves import CUT, Shelf, only, tell


def test_changes_on_both_sides_of_one_record_are_merged_and_sent_in_the_same_run(tmp_path: Path) -> None:
    async def story(desk: Desk, shelf: Shelf) -> None:
        lid = await desk.create(make_measure())
        await desk.push()
        await desk.change(lid, make_measure(note=[{"text": "à jeun"}]))
        shelf.edit(f"Observation/{lid}", method={"text": "balance"})
        await desk.push()
        there = shelf.now(f"Observation/{lid}")
        assert (there["note"], there["method"]) == ([{"text": "à jeun"}], {"text": "balance"})
        assert (await desk.ops(), await desk.conflicts()) == ([], [])

    tell(tmp_path, story)


def test_what_only_a_person_can_decide_is_asked_and_not_sent(tmp_path: Path) -> None:
    async def story(desk: Desk, shelf: Shelf) -> None:
        lid = await desk.create(make_measure())
        await desk.push()
        await desk.change(lid, make_measure(71))
        shelf.edit(f"Observation/{lid}", valueQuantity={"value": 90, "unit": "kg"})
        await desk.push()
        assert [conflict.row.id for conflict in await desk.conflicts()] == [lid]
        assert await desk.ops() == []
        assert shelf.now(f"Observation/{lid}")["valueQuantity"]["value"] == 90

    tell(tmp_path, story)


@pytest.mark.parametrize("change", ["update", "delete"])
def test_a_record_deleted_there_is_deleted_or_asked(tmp_path: Path, change: str) -> None:
    async def story(desk: Desk, shelf: Shelf) -> None:
        lid = await desk.create(make_measure())
        await desk.push()
        await (desk.change(lid, make_measure(71)) if change == "update" else desk.delete(lid))
        shelf.kept[f"Observation/{lid}"].append(None)
        await desk.push()
        assert await desk.ops() == []
        assert [found.theirs for found in await desk.conflicts()] == ([None] if change == "update" else [])

    tell(tmp_path, story)


def test_a_record_created_and_removed_there_before_its_answer_came_is_asked(tmp_path: Path) -> None:
    async def story(desk: Desk, shelf: Shelf) -> None:
        lid = await desk.create(make_measure())
        shelf.loses = only("PUT", CUT)
        with pytest.raises(Offline):
            await desk.push()
        shelf.kept[f"Observation/{lid}"].append(None)
        desk.wait(seconds=2)
        await desk.push()
        assert [found.theirs for found in await desk.conflicts()] == [None]
        assert len(shelf.writes) == 1

    tell(tmp_path, story)


def test_a_record_that_never_stops_changing_there_does_not_keep_the_run_from_ending(tmp_path: Path) -> None:
    async def story(desk: Desk, shelf: Shelf) -> None:
        lid = await desk.create(make_measure())
        await desk.push()
        await desk.change(lid, make_measure(71))
        count = itertools.count()
        shelf.fails = lambda asked: Say(shelf.edit(f"Observation/{lid}", device={"display": str(next(count))}))
        await desk.push()
        assert len(shelf.asked) == 1 + ROUNDS
        assert [op.state for op in await desk.ops()] == ["ready"]

    tell(tmp_path, story)
