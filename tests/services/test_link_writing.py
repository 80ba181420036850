"""The links of an entry, written in one transaction with it and taken back with it."""

from pathlib import Path

import pytest

from mes_app.domain.links import Relinking
from mes_app.domain.record import Change, Kind
from mes_app.errors import Reason, Rejected
from mes_app.services.editing import Editing
from mes_app.services.linking import Linking
from mes_app.store.records import list_rows
from tests.services.pens import Desk, at_desk
from tests.services.test_linking import INJECTION, PILL, THYROID, add, add_document, list_linked, read
from tests.store.samples import CHILD, PARENT


def test_a_new_entry_and_its_links_are_one_act_and_taken_back_together(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        editing = Editing(desk.pen)
        paper, illness = await add_document(desk, "Ordonnance"), await add(desk, Kind.CONDITIONS, THYROID)
        before = await read(desk, paper)
        told: list[frozenset[Change]] = []
        stop = desk.database.subscribe(told.append)
        for kind, entry, others in ((Kind.TREATMENTS, PILL, (paper, illness)), (Kind.VACCINES, INJECTION, (paper,))):
            edited = await editing.add(PARENT.pid, entry, kind, relinking=Relinking(made=others))
            assert {link.row.id for link in await Linking(desk.pen).list(edited.record_id)} == {*others}
            await editing.undo(edited)
            with pytest.raises(Rejected, match=Reason.UNKNOWN_RECORD):
                await read(desk, edited.record_id)
            assert await read(desk, paper) == before
            assert await list_linked(desk, paper) == []
        stop()
        assert len(told) == 4

    at_desk(tmp_path, story)


def test_nothing_is_written_of_an_entry_that_cannot_be_linked(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        theirs = await add(desk, Kind.CONDITIONS, THYROID, CHILD.pid)
        for other, reason in ((theirs, Reason.NOT_A_CHOICE), ("nobody", Reason.UNKNOWN_RECORD)):
            with pytest.raises(Rejected, match=reason):
                await Editing(desk.pen).add(PARENT.pid, PILL, Kind.TREATMENTS, relinking=Relinking(made=(other,)))
        assert await desk.database.read(list_rows, PARENT.pid, Kind.TREATMENTS) == []

    at_desk(tmp_path, story)


def test_a_changed_entry_and_its_links_are_one_act_and_taken_back_together(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        linking, editing = Linking(desk.pen), Editing(desk.pen)
        pill, illness = await add(desk, Kind.TREATMENTS, PILL), await add(desk, Kind.CONDITIONS, THYROID)
        old, new = await add_document(desk, "Ancienne"), await add_document(desk, "Nouvelle")
        await linking.link(pill, old)
        before = await read(desk, pill)
        noted = PILL.model_copy(update={"note": "Le matin"})
        edited = await editing.change(pill, noted, relinking=Relinking(made=(new, illness), dropped=(old,)))
        assert {link.row.id for link in await linking.list(pill)} == {new, illness}
        assert "note" in await read(desk, pill)
        await editing.undo(edited)
        assert await read(desk, pill) == before
        await editing.change(pill, noted, relinking=Relinking(made=(old,), dropped=(new,)))
        assert [link.row.id for link in await linking.list(pill)] == [old]

    at_desk(tmp_path, story)
