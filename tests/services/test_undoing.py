"""Several things done as one are taken back in one transaction, and known by the last of them."""

from pathlib import Path

from mes_app.domain.record import Change, Kind
from mes_app.services.editing import Editing
from mes_app.services.undoing import join_edits
from mes_app.store.records import list_rows
from tests.services.pens import Desk, at_desk
from tests.services.test_linking import THYROID
from tests.store.samples import PARENT


def test_several_edits_are_taken_back_at_once_and_known_by_the_last(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        editing = Editing(desk.pen)
        edits = [await editing.add(PARENT.pid, THYROID, Kind.CONDITIONS) for _ in range(3)]
        told: list[frozenset[Change]] = []
        stop = desk.database.subscribe(told.append)
        await editing.undo(joined := join_edits(edits))
        stop()
        assert len(told) == 1
        assert joined.record_id == edits[-1].record_id
        assert await desk.database.read(list_rows, PARENT.pid, Kind.CONDITIONS) == []

    at_desk(tmp_path, story)


def test_nothing_done_is_known_by_no_record(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        await Editing(desk.pen).undo(join_edits([]))
        assert not join_edits([]).record_id

    at_desk(tmp_path, story)
