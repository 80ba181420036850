"""Writing in the record: what is on the disk, what is refused, and how it is undone."""

import json
from pathlib import Path

import pytest

from mes_app.domain.forms import build_entry
from mes_app.domain.record import Kind, Row, Source
from mes_app.domain.sections.allergies import Allergy, Criticality
from mes_app.domain.sections.contacts import Contact
from mes_app.domain.sections.professionals import Professional
from mes_app.domain.sections.wishes import Wish
from mes_app.domain.values import Coded, PartialDate
from mes_app.errors import NotAllowed, Reason, Rejected
from mes_app.fhir.bundles import parse_resource
from mes_app.services.decoding import decode_record, list_team
from mes_app.services.editing import Editing
from mes_app.store.database import Connection
from mes_app.store.journal import list_acts
from mes_app.store.outbox import acknowledge, list_due, list_inflight, list_pending, mark_inflight
from mes_app.store.pages import save_page
from mes_app.store.profiles import save_profile
from mes_app.store.records import list_rows
from mes_app.sync.conflicts import merge_versions
from mes_app.sync.pages import make_incoming
from tests.services.pens import NOON, Desk, at_desk
from tests.store.samples import CHILD, PARENT

POLLEN = Allergy(substance=Coded(text="Pollen"))
REGULAR = Professional(name="Dr Garcia", regular=True)
TEAM: dict[str, object] = {
    "resourceType": "CareTeam",
    "id": "t1",
    "meta": {"versionId": "1", "lastUpdated": "2026-01-01T00:00:00Z"},
    "subject": {"reference": "Patient/p1"},
    "participant": [{"member": {"reference": "Practitioner/7", "display": "Dr Roux"}}],
}
FROM_A_DOCTOR: dict[str, object] = {
    "resourceType": "AllergyIntolerance",
    "id": "d1",
    "meta": {"versionId": "1", "lastUpdated": "2026-01-01T00:00:00Z"},
    "patient": {"reference": "Patient/p1"},
    "code": {"text": "Pénicilline"},
    "recorder": {"reference": "Practitioner/7"},
}


async def list_titles(desk: Desk, kind: Kind = Kind.ALLERGIES) -> list[str]:
    return [row.title for row in await desk.database.read(list_rows, PARENT.pid, kind)]


async def list_marks(desk: Desk) -> list[tuple[str, bool]]:
    return [(one.name, one.regular) for one in await desk.database.read(list_team, PARENT.pid)]


async def list_waiting(desk: Desk) -> list[str]:
    return [pending.op for pending in await desk.database.read(list_pending)]


def receive(con: Connection, resource: dict[str, object]) -> Row:
    """A record of the server."""
    item = make_incoming(parse_resource(json.dumps(resource).encode()), holder=True)
    save_page(con, PARENT.pid, [item], merge=merge_versions)
    return next(row for row in list_rows(con, PARENT.pid, item.overview.kind) if row.title == item.overview.title)


def send_all(con: Connection, rid: str) -> None:
    """The server takes all that waits, under ``rid``."""
    for op in list_due(con, PARENT.pid, NOON.timestamp() + 3600):
        mark_inflight(con, op)
        (sent,) = [now for now in list_inflight(con, PARENT.pid) if now.lid == op.lid]
        said = json.loads(op.body) if op.body else None
        meta = {"versionId": "2", "lastUpdated": "2026-11-20T12:00:10Z"}
        body = json.dumps(said | {"id": rid, "meta": meta}).encode() if said else None
        acknowledge(con, sent, make_incoming(parse_resource(body), holder=True) if body else None, merge_versions)


def test_an_added_record_is_read_at_once_and_waits_to_be_sent(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        edited = await Editing(desk.pen).add(PARENT.pid, POLLEN, Kind.ALLERGIES)
        assert await list_titles(desk) == ["Pollen"]
        assert await list_waiting(desk) == ["C"]
        assert desk.edits == 1
        (act,) = await desk.database.read(list_acts, PARENT.pid)
        assert (act.actor, act.record, act.at[:10]) == (PARENT.pid, edited.record_id, "2026-11-20")

    at_desk(tmp_path, story)


def test_what_cannot_be_true_is_refused_and_a_doubtful_number_must_be_confirmed(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        editing = Editing(desk.pen)
        later = POLLEN.model_copy(update={"since": PartialDate(text="2027")})
        with pytest.raises(Rejected) as refused:
            await editing.add(PARENT.pid, later, Kind.ALLERGIES)
        assert (refused.value.field, refused.value.reason) == ("since", Reason.IN_THE_FUTURE)
        heavy = build_entry(Kind.MEASURES, {"measure": "weight", "value": "612", "date": "2026-11-20T08:00"})
        with pytest.raises(Rejected) as doubted:
            await editing.add(PARENT.pid, heavy, Kind.MEASURES)
        assert doubted.value.reason is Reason.OUT_OF_RANGE
        assert await list_waiting(desk) == []
        await editing.add(PARENT.pid, heavy, Kind.MEASURES, confirmed=True)
        assert await list_waiting(desk) == ["C"]

    at_desk(tmp_path, story)


def test_an_undone_addition_was_never_there(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        editing = Editing(desk.pen)
        await editing.undo(await editing.add(PARENT.pid, POLLEN, Kind.ALLERGIES))
        assert await list_titles(desk) == []
        assert await list_waiting(desk) == []

    at_desk(tmp_path, story)


def test_an_undone_change_leaves_nothing_to_send(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        editing = Editing(desk.pen)
        record_id = (await editing.add(PARENT.pid, POLLEN, Kind.ALLERGIES)).record_id
        await desk.database.write(send_all, "a1")
        dangerous = POLLEN.model_copy(update={"criticality": Criticality.HIGH})
        edited = await editing.change(record_id, dangerous)
        assert (await desk.database.read(decode_record, record_id)).model_dump()["criticality"] == "high"
        assert await list_waiting(desk) == ["U"]
        await editing.undo(edited)
        assert (await desk.database.read(decode_record, record_id)).model_dump()["criticality"] is None
        assert await list_waiting(desk) == []

    at_desk(tmp_path, story)


def test_an_undone_deletion_comes_back_even_after_it_was_sent(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        editing = Editing(desk.pen)
        record_id = (await editing.add(PARENT.pid, POLLEN, Kind.ALLERGIES)).record_id
        await desk.database.write(send_all, "a1")
        await editing.undo(await editing.delete(record_id))
        assert (await list_titles(desk), await list_waiting(desk)) == (["Pollen"], [])
        deleted = await editing.delete(record_id)
        assert await list_titles(desk) == []
        await desk.database.write(send_all, "a1")
        await editing.undo(deleted)
        assert (await list_titles(desk), await list_waiting(desk)) == (["Pollen"], ["C"])

    at_desk(tmp_path, story)


def test_what_a_professional_entered_is_read_only_and_says_so(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        editing = Editing(desk.pen)
        row = await desk.database.write(receive, FROM_A_DOCTOR)
        assert await editing.why_read_only(row.id) is Reason.NOT_YOURS
        for refused in (editing.change(row.id, POLLEN), editing.delete(row.id)):
            with pytest.raises(NotAllowed) as caught:
                await refused
            assert caught.value.reason is Reason.NOT_YOURS
        assert await list_waiting(desk) == []
        mine = await editing.add(PARENT.pid, POLLEN, Kind.ALLERGIES)
        assert await editing.why_read_only(mine.record_id) is None

    at_desk(tmp_path, story)


def test_nothing_is_declared_of_a_section_that_has_entries(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        editing = Editing(desk.pen)
        await editing.add(PARENT.pid, POLLEN, Kind.ALLERGIES)
        with pytest.raises(NotAllowed) as caught:
            await editing.declare_nothing(PARENT.pid, Kind.ALLERGIES)
        assert caught.value.reason is Reason.NOT_EMPTY

    at_desk(tmp_path, story)


def test_a_statement_of_nothing_is_dated_repeated_once_and_ends_with_the_first_entry(tmp_path: Path) -> None:
    async def statements(desk: Desk) -> list[str]:
        rows = await desk.database.read(list_rows, PARENT.pid, Kind.NOTHING_DECLARED)
        return [f"{row.category} {row.date_text[:10]}" for row in rows]

    async def story(desk: Desk) -> None:
        editing = Editing(desk.pen)
        await editing.declare_nothing(PARENT.pid, Kind.ALLERGIES)
        desk.pass_by(86400)
        await editing.declare_nothing(PARENT.pid, Kind.ALLERGIES)
        assert await statements(desk) == ["allergies 2026-11-21"]
        edited = await editing.add(PARENT.pid, POLLEN, Kind.ALLERGIES)
        assert await statements(desk) == []
        await editing.undo(edited)
        assert await statements(desk) == ["allergies 2026-11-21"]

    at_desk(tmp_path, story)


def test_a_draft_is_kept_until_it_is_dropped(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        editing = Editing(desk.pen)
        assert await editing.read_draft(PARENT.pid, "allergies") is None
        await editing.save_draft(PARENT.pid, "allergies", {"substance": "Pol"})
        assert await editing.read_draft(PARENT.pid, "allergies") == {"substance": "Pol"}
        await editing.drop_draft(PARENT.pid, "allergies")
        assert await editing.read_draft(PARENT.pid, "allergies") is None
        assert desk.edits == 0

    at_desk(tmp_path, story)


PATIENT: dict[str, object] = {
    "resourceType": "Patient",
    "id": "p1",
    "meta": {"versionId": "1", "lastUpdated": "2026-01-01T00:00:00Z"},
    "name": [{"text": "Camille Martin"}],
    "birthDate": "1988-07-12",
    "telecom": [{"system": "phone", "use": "mobile", "value": "06 39 98 10 24"}],
}


def test_how_a_person_is_reached_is_changed_undone_and_never_deleted(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        editing = Editing(desk.pen)
        row = await desk.database.write(receive, PATIENT)
        assert await editing.why_read_only(row.id) is None
        former = await desk.database.read(decode_record, row.id)
        edited = await editing.change(row.id, former.model_copy(update={"email": "camille@famille.example"}))
        (op,) = await desk.database.read(list_due, PARENT.pid, NOON.timestamp() + 3600)
        assert op.body is not None
        said = json.loads(op.body)
        assert (op.op, said["birthDate"], len(said["telecom"])) == ("U", "1988-07-12", 2)
        await editing.undo(edited)
        assert await desk.database.read(decode_record, row.id) == former
        assert await list_waiting(desk) == []
        with pytest.raises(NotAllowed):
            await editing.delete(row.id)

    at_desk(tmp_path, story)


def test_what_a_person_wrote_stays_theirs_where_the_server_forgets_who_did(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        editing = Editing(desk.pen)
        sister = Contact(name="Anne Martin", phones=("06 39 98 00 00",))
        record_id = (await editing.add(PARENT.pid, sister, Kind.CONTACTS)).record_id
        (op,) = await desk.database.read(list_due, PARENT.pid, NOON.timestamp() + 3600)
        assert op.body is not None
        assert json.loads(op.body)["meta"] == {"source": "Patient/p1"}
        await desk.database.write(send_all, "r1")
        renamed = sister.model_copy(update={"name": "Anne Durand"})
        edited = await editing.change(record_id, renamed)
        await editing.undo(edited)
        changed = json.loads(op.body) | {"id": "r1", "meta": {"versionId": "3"}, "active": False}
        await desk.database.write(receive, changed)
        assert await editing.why_read_only(record_id) is None
        assert (await desk.database.read(decode_record, record_id)).source is Source.SELF
        theirs = changed | {"id": "r2"}
        row = await desk.database.write(receive, theirs | {"name": [{"text": "Paul"}]})
        assert await editing.why_read_only(row.id) is Reason.NOT_YOURS

    at_desk(tmp_path, story)


def test_one_professional_at_most_is_the_regular_doctor_and_both_are_undone_together(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        editing = Editing(desk.pen)
        first = (await editing.add(PARENT.pid, REGULAR, Kind.PROFESSIONALS)).record_id
        edited = await editing.add(PARENT.pid, REGULAR.model_copy(update={"name": "Dr Noé"}), Kind.PROFESSIONALS)
        assert await list_marks(desk) == [("Dr Noé", True), ("Dr Garcia", False)]
        await editing.undo(edited)
        assert await list_marks(desk) == [("Dr Garcia", True)]
        plain = (await editing.add(PARENT.pid, Professional(name="Dr Lou"), Kind.PROFESSIONALS)).record_id
        taken = await editing.change(plain, REGULAR.model_copy(update={"name": "Dr Lou"}))
        assert await list_marks(desk) == [("Dr Lou", True), ("Dr Garcia", False)]
        await editing.undo(taken)
        assert await list_marks(desk) == [("Dr Garcia", True), ("Dr Lou", False)]
        await editing.undo(await editing.delete(first))
        assert await list_marks(desk) == [("Dr Garcia", True), ("Dr Lou", False)]

    at_desk(tmp_path, story)


def test_somebody_under_age_has_no_wishes_noted_nor_denied(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        editing, wish = Editing(desk.pen), Wish(wish=Coded(text="Don d’organes"))
        await desk.database.write(save_profile, CHILD.model_copy(update={"birth": PartialDate(text="2017-02-28")}))
        with pytest.raises(NotAllowed) as refused:
            await editing.add(CHILD.pid, wish, Kind.WISHES)
        assert refused.value.reason is Reason.FOR_ADULTS
        with pytest.raises(NotAllowed) as refused:
            await editing.declare_nothing(CHILD.pid, Kind.WISHES)
        assert refused.value.reason is Reason.FOR_ADULTS
        assert await desk.database.read(list_pending) == []
        await editing.add(CHILD.pid, POLLEN, Kind.ALLERGIES)
        await editing.add(PARENT.pid, wish, Kind.WISHES)

    at_desk(tmp_path, story)


def test_whom_records_name_is_read_only_and_fills_the_section(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        editing = Editing(desk.pen)
        assert await editing.why_read_only(f"{PARENT.pid}.0") is Reason.NOT_YOURS
        row = await desk.database.write(receive, TEAM)
        assert await list_marks(desk) == [("Dr Roux", False)]
        with pytest.raises(NotAllowed) as refused:
            await editing.declare_nothing(PARENT.pid, Kind.PROFESSIONALS)
        assert refused.value.reason is Reason.NOT_EMPTY
        with pytest.raises(NotAllowed):
            await editing.change(row.id, REGULAR)

    at_desk(tmp_path, story)


def test_a_longer_comment_of_a_server_stays_whole_until_it_is_rewritten(tmp_path: Path) -> None:
    long = "Une ligne de ce que dit le médecin. " * 200
    own = {**FROM_A_DOCTOR, "recorder": {"reference": "Patient/p1"}, "note": [{"text": long}]}

    async def story(desk: Desk) -> None:
        editing = Editing(desk.pen)
        record_id = (await desk.database.write(receive, own)).id
        entry = await desk.database.read(decode_record, record_id)
        assert entry.note == long.strip()
        await editing.change(record_id, entry.model_copy(update={"criticality": Criticality.HIGH}))
        assert (await desk.database.read(decode_record, record_id)).note == long.strip()
        with pytest.raises(Rejected, match=Reason.TOO_LONG) as refused:
            await editing.change(record_id, entry.model_copy(update={"note": long + "Et plus."}))
        assert refused.value.field == "note"
        await editing.change(record_id, entry.model_copy(update={"note": "x" * 3000}))

    at_desk(tmp_path, story)
