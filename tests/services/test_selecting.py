"""Several documents at once, on a real store, with documents of a doctor and of the person."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from mes_app.domain.document_filters import EVERY_DOCUMENT, DocumentFilter
from mes_app.domain.record import Kind, Row
from mes_app.errors import MesError, Reason
from mes_app.services.arranging import Arranging
from mes_app.services.editing import Editing
from mes_app.services.selecting import DELETED_AT_ONCE, STEP, Chosen, Selecting
from mes_app.store.records import list_rows
from mes_app.store.search import index_names
from tests.services.test_visibility import Desk, at_desk, make_document, receive
from tests.store.samples import ME


@dataclass
class Hand:
    """``own`` are documents of the person, ``ids`` of the desk those of a doctor, the last of them hidden."""

    desk: Desk
    own: list[str]

    @property
    def selecting(self) -> Selecting:
        return Selecting(self.desk.pen, self.desk.choices)

    @property
    def editing(self) -> Editing:
        return Editing(self.desk.pen)

    async def rows(self) -> list[Row]:
        return await self.desk.database.read(list_rows, ME, Kind.DOCUMENTS, limit=500)

    async def hidden(self) -> int:
        return sum(row.hidden for row in await self.rows())


def make_own(number: int) -> dict[str, object]:
    return {**make_document(1), "id": f"own{number}", "author": [{"reference": "Patient/p1"}]}


def with_documents(folder: Path, own: int, story: Callable[[Hand], Awaitable[None]]) -> None:
    async def run(desk: Desk) -> None:
        known = set(desk.ids)
        ids = await desk.database.write(receive, *(make_own(number) for number in range(own)))
        await story(Hand(desk, [lid for lid in ids if lid not in known]))

    at_desk(folder, run)


def test_all_that_a_list_holds_is_chosen_by_filter_and_by_words(tmp_path: Path) -> None:
    async def story(hand: Hand) -> None:
        ids = hand.desk.ids
        await hand.desk.database.write(index_names)
        assert set(await hand.selecting.list_all(ME, "", EVERY_DOCUMENT)) == set(ids)
        assert await hand.selecting.list_all(ME, "", DocumentFilter(hidden=True)) == ids[2:]
        assert await hand.selecting.list_all(ME, "bilan 2", EVERY_DOCUMENT) == ids[1:2]
        assert await hand.selecting.list_all(ME, "bilan", DocumentFilter(hidden=True)) == ids[2:]

    with_documents(tmp_path, 0, story)


def test_what_is_chosen_is_told_by_what_may_be_done_with_it(tmp_path: Path) -> None:
    async def story(hand: Hand) -> None:
        await Arranging(hand.desk.database).pin(hand.own, pinned=True)
        told = await hand.selecting.tell([*hand.desk.ids, *hand.own, "none"])
        assert told == Chosen(count=4, hidden=1, pinned=1, foreign=3)
        assert await hand.selecting.tell([]) == Chosen()

    with_documents(tmp_path, 1, story)


def test_many_are_hidden_some_at_a_time_and_shown_again_by_one_undo(tmp_path: Path) -> None:
    async def story(hand: Hand) -> None:
        told: list[tuple[int, int]] = []
        chosen = [row.id for row in await hand.rows()]
        edited = await hand.selecting.hide([*chosen, "gone"], hidden=True, report=lambda *done: told.append(done))
        total = STEP + 4
        assert (await hand.hidden(), told) == (total - 1, [(STEP, total), (total, total)])
        await hand.editing.undo(edited)
        assert await hand.hidden() == 1

    with_documents(tmp_path, STEP, story)


def test_where_hiding_stops_half_way_none_is_hidden(tmp_path: Path) -> None:
    async def story(hand: Hand) -> None:
        def stop(done: int, _total: int) -> None:
            if done > STEP:
                raise InterruptedError

        chosen = [row.id for row in await hand.rows()]
        with pytest.raises(InterruptedError):
            await hand.selecting.hide(chosen, hidden=True, report=stop)
        assert await hand.hidden() == 1

    with_documents(tmp_path, STEP, story)


def test_ones_own_documents_are_deleted_at_once_and_come_back(tmp_path: Path) -> None:
    async def story(hand: Hand) -> None:
        edited = await hand.selecting.delete(hand.own)
        assert {row.id for row in await hand.rows()} == set(hand.desk.ids)
        await hand.editing.undo(edited)
        assert {row.id for row in await hand.rows()} == {*hand.desk.ids, *hand.own}

    with_documents(tmp_path, DELETED_AT_ONCE, story)


def test_z1_with_a_document_of_a_professional_or_over_ten_none_is_deleted(tmp_path: Path) -> None:
    async def story(hand: Hand) -> None:
        for chosen, reason in (
            ([*hand.own[:2], hand.desk.ids[0]], Reason.NOT_YOURS),
            (hand.own, Reason.TOO_MANY),
            ([hand.own[0], "none"], Reason.UNKNOWN_RECORD),
        ):
            with pytest.raises(MesError) as refused:
                await hand.selecting.delete(chosen)
            assert refused.value.reason is reason
        assert len(await hand.rows()) == len(hand.own) + 3

    with_documents(tmp_path, DELETED_AT_ONCE + 1, story)
