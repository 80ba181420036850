"""Folders and pins, and their undo."""

from pathlib import Path

import pytest

from mes_app.domain.folders import Folder
from mes_app.domain.record import Row
from mes_app.errors import MesError, Reason
from mes_app.services.arranging import Arranging
from mes_app.services.editing import Editing
from mes_app.store.records import get_record
from tests.services.pens import Desk, at_desk
from tests.store.samples import CHILD, ME, make_incoming, save_one


class Shelf:
    """Three documents of the parent, by our ids."""

    def __init__(self, desk: Desk, ids: list[str]) -> None:
        self.desk = desk
        self.ids = ids
        self.arranging = Arranging(desk.database)
        self.editing = Editing(desk.pen)

    async def rows(self) -> list[Row]:
        return [(await self.desk.database.read(get_record, lid)).row for lid in self.ids]

    async def folders(self) -> list[str]:
        return [row.folder for row in await self.rows()]


async def fill(desk: Desk) -> Shelf:
    ids = [await desk.database.write(save_one, ME, make_incoming(f"d{number}")) for number in range(3)]
    return Shelf(desk, ids)


def test_documents_are_moved_at_once_and_come_back_where_each_was(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        shelf = await fill(desk)
        await shelf.arranging.move(shelf.ids[:1], "Genou")
        edited = await shelf.arranging.move(shelf.ids, " dos ")
        assert await shelf.folders() == ["dos"] * 3
        await shelf.arranging.pin(shelf.ids[2:], pinned=True)
        await shelf.editing.undo(edited)
        assert await shelf.folders() == ["Genou", "", ""]
        assert (await shelf.rows())[2].pinned
        assert await shelf.arranging.folders(ME) == [Folder("Genou", 1)]  # the one made by the move went with it

    at_desk(tmp_path, story)


def test_a_folder_that_was_there_stays_when_a_move_is_undone(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        shelf = await fill(desk)
        await shelf.arranging.add_folder(ME, "Genou")
        await shelf.editing.undo(await shelf.arranging.move(shelf.ids, "Genou"))
        assert await shelf.arranging.folders(ME) == [Folder("Genou")]

    at_desk(tmp_path, story)


def test_documents_leave_their_folder(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        shelf = await fill(desk)
        await shelf.arranging.move(shelf.ids, "Genou")
        assert (await shelf.arranging.move(shelf.ids[:1], "")).record_id == shelf.ids[0]
        assert await shelf.folders() == ["", "Genou", "Genou"]

    at_desk(tmp_path, story)


def test_a_deleted_folder_comes_back_with_what_stayed_in_none(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        shelf = await fill(desk)
        await shelf.arranging.move(shelf.ids, "Genou")
        edited = await shelf.arranging.delete_folder(ME, "Genou")
        assert await shelf.folders() == [""] * 3
        await shelf.arranging.move(shelf.ids[:1], "Dos")
        await shelf.editing.undo(edited)
        assert await shelf.folders() == ["Dos", "Genou", "Genou"]

    at_desk(tmp_path, story)


def test_a_folder_is_made_named_anew_and_of_one_person_only(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        shelf = await fill(desk)
        await shelf.arranging.add_folder(ME, "Genou")
        assert await shelf.arranging.rename_folder(ME, "Genou", "Jambe") == "Jambe"
        assert await shelf.arranging.folders(ME) == [Folder("Jambe")]
        assert await shelf.arranging.folders(CHILD.pid) == []

    at_desk(tmp_path, story)


def test_pins_are_undone_but_for_those_that_were_pinned_before(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        shelf = await fill(desk)
        await shelf.arranging.pin(shelf.ids[:1], pinned=True)
        edited = await shelf.arranging.pin(shelf.ids, pinned=True)
        assert [row.pinned for row in await shelf.rows()] == [True] * 3
        await shelf.editing.undo(edited)
        assert [row.pinned for row in await shelf.rows()] == [True, False, False]

    at_desk(tmp_path, story)


def test_what_is_no_document_is_refused_and_nothing_moves(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        shelf = await fill(desk)
        other = make_incoming("a1", resource_type="AllergyIntolerance", kind="allergies")
        allergy = await desk.database.write(save_one, ME, other)
        for attempt in (
            shelf.arranging.move([*shelf.ids, "none"], "Genou"),
            shelf.arranging.move([*shelf.ids, allergy], "Genou"),
            shelf.arranging.pin([allergy], pinned=True),
        ):
            with pytest.raises(MesError) as refused:
                await attempt
            assert refused.value.reason is Reason.UNKNOWN_RECORD
        assert await shelf.folders() == [""] * 3
        assert await shelf.arranging.folders(ME) == []

    at_desk(tmp_path, story)


def test_nothing_of_it_waits_to_be_sent(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        shelf = await fill(desk)
        await shelf.arranging.move(shelf.ids, "Genou")
        await shelf.arranging.pin(shelf.ids, pinned=True)
        assert desk.edits == 0
        assert await desk.database.read(lambda con: con.execute("SELECT count(*) FROM outbox").fetchone()) == (0,)

    at_desk(tmp_path, story)
