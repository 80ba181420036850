"""The inbox: two versions side by side, the choice between them, and what was not chosen."""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from mes_app.domain.record import Kind
from mes_app.domain.sections.allergies import Allergy, AllergyStatus, Criticality
from mes_app.domain.values import Coded
from mes_app.errors import Reason, Rejected
from mes_app.fhir.bundles import parse_resource
from mes_app.services.conflicts import Conflicts, Side
from mes_app.services.decoding import decode_record
from mes_app.services.editing import Editing
from mes_app.store.database import Connection
from mes_app.store.outbox import list_pending
from mes_app.store.pages import save_page
from mes_app.store.records import find_record, remove_records
from mes_app.sync.conflicts import merge_versions
from mes_app.sync.pages import make_incoming
from tests.services.pens import NOON, Desk, at_desk
from tests.store.samples import PARENT

BASE: dict[str, object] = {
    "resourceType": "AllergyIntolerance",
    "id": "a1",
    "clinicalStatus": {"coding": [{"code": "active"}]},
    "criticality": "low",
    "code": {"text": "Pollen"},
    "patient": {"reference": "Patient/p1"},
    "recorder": {"reference": "Patient/p1", "display": "Camille Martin"},
    "unknown": "kept",
}


def receive(con: Connection, version: int, elements: Mapping[str, object]) -> str:
    """The server's version of the allergy; our id of it."""
    meta = {"versionId": str(version), "lastUpdated": f"2026-11-20T12:0{version}:00Z"}
    resource = {name: value for name, value in (BASE | dict(elements) | {"meta": meta}).items() if value is not None}
    item = make_incoming(parse_resource(json.dumps(resource).encode()), holder=True)
    save_page(con, PARENT.pid, [item], merge=merge_versions)
    stored = find_record(con, PARENT.pid, "AllergyIntolerance", "a1")
    assert stored
    return stored.row.id


def read_waiting(con: Connection) -> list[str]:
    return [pending.op for pending in list_pending(con) if pending.state != "conflict"]


async def clash(desk: Desk) -> str:
    """Here it became dangerous; there only its criticality became unknown, and it got a comment."""
    record_id = await desk.database.write(receive, 1, {})
    mine = Allergy(substance=Coded(text="Pollen"), criticality=Criticality.HIGH, status=AllergyStatus.ACTIVE)
    entry = (await desk.database.read(decode_record, record_id)).model_copy(update={"criticality": mine.criticality})
    await Editing(desk.pen).change(record_id, entry)
    note = [{"text": "Revu au printemps."}]
    await desk.database.write(receive, 2, {"criticality": "unable-to-assess", "note": note})
    return record_id


async def read_allergy(desk: Desk, record_id: str) -> Allergy:
    entry = await desk.database.read(decode_record, record_id)
    assert isinstance(entry, Allergy)
    return entry


def test_both_versions_are_shown_field_by_field_with_who_wrote_them(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        conflicts = Conflicts(desk.pen)
        record_id = await clash(desk)
        (summary,) = await conflicts.list()
        assert (summary.record_id, summary.profile, summary.kind, summary.title, summary.at) == (
            record_id, PARENT.pid, Kind.ALLERGIES, "Pollen", NOON,
        )  # fmt: skip
        versions = await conflicts.open(record_id)
        assert versions.mine
        assert versions.theirs
        assert (versions.mine.who, versions.mine.when) == ("Camille Martin", NOON)
        assert versions.theirs.when
        assert versions.theirs.when.minute == 2
        fields = {field.name: field for field in versions.fields}
        assert [name for name, field in fields.items() if field.clash] == ["criticality"]
        assert list(fields)[-1] == "note"
        assert fields["note"].mine is None
        assert fields["note"].merged is Side.THEIRS

    at_desk(tmp_path, story)


@pytest.mark.parametrize(("side", "criticality"), [(Side.MINE, "high"), (Side.THEIRS, "unable-to-assess")])
def test_a_field_is_taken_from_the_side_chosen_and_the_rest_from_both(
    tmp_path: Path, side: Side, criticality: str
) -> None:
    async def story(desk: Desk) -> None:
        conflicts = Conflicts(desk.pen)
        record_id = await clash(desk)
        await conflicts.resolve(record_id, {"criticality": side})
        allergy = await read_allergy(desk, record_id)
        assert (allergy.criticality, allergy.note) == (criticality, "Revu au printemps.")
        assert await conflicts.list() == []
        assert await desk.database.read(read_waiting) == (["U"] if side is Side.MINE else [])

    at_desk(tmp_path, story)


def test_a_clash_without_a_choice_is_asked_again(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        conflicts = Conflicts(desk.pen)
        record_id = await clash(desk)
        with pytest.raises(Rejected) as refused:
            await conflicts.resolve(record_id, {})
        assert (refused.value.field, refused.value.reason) == ("criticality", Reason.MISSING)
        assert len(await conflicts.list()) == 1

    at_desk(tmp_path, story)


def test_what_was_not_chosen_is_kept_until_it_is_dropped(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        conflicts = Conflicts(desk.pen)
        await conflicts.resolve_whole(await clash(desk), Side.THEIRS)
        (kept,) = await conflicts.kept(PARENT.pid)
        assert (kept.side, kept.title, kept.kind) == (Side.MINE, "Pollen", Kind.ALLERGIES)
        assert isinstance(kept.entry, Allergy)
        assert kept.entry.criticality is Criticality.HIGH
        await conflicts.drop_kept(kept.kept_id)
        assert await conflicts.kept(PARENT.pid) == []

    at_desk(tmp_path, story)


def test_a_record_deleted_there_and_changed_here_is_written_anew_or_let_go(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        conflicts = Conflicts(desk.pen)
        record_id = await desk.database.write(receive, 1, {})
        entry = (await read_allergy(desk, record_id)).model_copy(update={"note": "Toux"})
        await Editing(desk.pen).change(record_id, entry)
        await desk.database.write(remove_records, PARENT.pid, [("AllergyIntolerance", "a1")], merge=merge_versions)
        versions = await conflicts.open(record_id)
        assert versions.mine
        assert (versions.theirs, versions.fields) == (None, ())
        with pytest.raises(Rejected) as refused:
            await conflicts.resolve(record_id, {})
        assert refused.value.field == "side"
        await conflicts.resolve_whole(record_id, Side.MINE)
        assert await desk.database.read(read_waiting) == ["C"]

    at_desk(tmp_path, story)


def test_a_conflict_that_is_settled_is_unknown(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        conflicts = Conflicts(desk.pen)
        record_id = await clash(desk)
        await conflicts.resolve_whole(record_id, Side.MINE)
        with pytest.raises(Rejected) as refused:
            await conflicts.open(record_id)
        assert refused.value.reason is Reason.UNKNOWN_RECORD

    at_desk(tmp_path, story)
