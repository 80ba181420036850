"""Errors reported in what a professional wrote: beside it, one's own, and undone."""

import json
from pathlib import Path

import pytest

from mes_app.domain.record import Kind
from mes_app.domain.sections.allergies import Allergy
from mes_app.domain.values import Coded
from mes_app.errors import NotAllowed, Reason, Rejected
from mes_app.services.editing import Editing
from mes_app.services.linking import Linking
from mes_app.services.remarks import Remarks
from mes_app.store.outbox import list_due
from mes_app.store.records import get_record
from tests.services.pens import Desk, at_desk
from tests.services.test_editing import FROM_A_DOCTOR, receive
from tests.store.samples import PARENT


async def list_texts(desk: Desk, record_id: str) -> list[str]:
    return [remark.text for remark in (await Remarks(desk.pen).read(record_id)).remarks]


def test_an_error_is_reported_beside_the_record_which_stays_as_it_was_until_it_is_undone(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        remarks, editing = Remarks(desk.pen), Editing(desk.pen)
        allergy = await desk.database.write(receive, FROM_A_DOCTOR)
        before = (await desk.database.read(get_record, allergy.id)).body
        await remarks.report(allergy.id, " Ce n’était pas moi. ")
        assert (await remarks.read(allergy.id)).open
        (remark,) = (await remarks.read(allergy.id)).remarks
        assert (remark.text, remark.date and remark.date.text) == ("Ce n’était pas moi.", "2026-11-20T13:00:00+01:00")
        changed = await remarks.change(remark.id, "Ni moi ni mes enfants.")
        assert await list_texts(desk, allergy.id) == ["Ni moi ni mes enfants."]
        await editing.undo(changed)
        assert await list_texts(desk, allergy.id) == ["Ce n’était pas moi."]
        removed = await editing.delete(remark.id)
        assert await list_texts(desk, allergy.id) == []
        await editing.undo(removed)
        assert await list_texts(desk, allergy.id) == ["Ce n’était pas moi."]
        assert (await desk.database.read(get_record, allergy.id)).body == before
        assert await Linking(desk.pen).list(allergy.id) == []

    at_desk(tmp_path, story)


def test_a_remark_is_sent_by_itself_under_the_name_that_the_server_has_for_the_record(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        allergy = await desk.database.write(receive, FROM_A_DOCTOR)
        await Remarks(desk.pen).report(allergy.id, "Ce n’était pas moi.")
        (op,) = await desk.database.read(list_due, PARENT.pid, desk.now.timestamp() + 3600)
        body = json.loads(op.body or b"")
        assert (op.type, body["about"]) == ("Communication", [{"reference": "AllergyIntolerance/d1"}])
        assert body["sender"] == body["subject"] == {"reference": "Patient/p1"}

    at_desk(tmp_path, story)


def test_what_is_one_s_own_is_corrected_and_not_reported(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        remarks = Remarks(desk.pen)
        own = (
            await Editing(desk.pen).add(PARENT.pid, Allergy(substance=Coded(text="Pollen")), Kind.ALLERGIES)
        ).record_id
        assert not (await remarks.read(own)).open
        with pytest.raises(NotAllowed, match=Reason.NOT_YOURS):
            await remarks.report(own, "Non")
        theirs = await desk.database.write(receive, FROM_A_DOCTOR)
        with pytest.raises(Rejected, match=Reason.TOO_LONG):
            await remarks.report(theirs.id, "x" * 3001)

    at_desk(tmp_path, story)
