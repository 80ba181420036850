import json
from pathlib import Path

import pytest

from mes_app.domain.people import Profile
from mes_app.domain.record import Kind, Source
from mes_app.domain.sections.allergies import Allergy
from mes_app.domain.values import Coded
from mes_app.errors import Reason, Rejected
from mes_app.services.encoding import describe_body, encode_entry
from mes_app.store.database import Connection
from mes_app.store.edits import Written
from mes_app.store.pages import save_page
from mes_app.store.profiles import save_profile
from mes_app.sync.conflicts import merge_versions
from tests.services.pens import Desk, at_desk
from tests.store.samples import CHILD, PARENT, make_incoming

POLLEN = Allergy(substance=Coded(text="Pollen"))


def encode(folder: Path, pid: str, *resources: tuple[str, dict[str, object]]) -> Written:
    """What is written of an allergy of ``pid``, once each (pid, resource) is known."""

    def write(con: Connection) -> Written:
        for owner, resource in resources:
            body = json.dumps(resource).encode()
            item = make_incoming(str(resource["id"]), body=body, resource_type=str(resource["resourceType"]))
            save_page(con, owner, [item], merge=merge_versions)
        return encode_entry(con, pid, Kind.ALLERGIES, POLLEN)

    async def story(desk: Desk) -> Written:
        return await desk.database.write(write)

    return at_desk(folder, story)


def test_the_holder_writes_of_themself(tmp_path: Path) -> None:
    written = encode(tmp_path, PARENT.pid)
    assert (written.type, written.overview.kind, written.overview.title) == (
        "AllergyIntolerance", Kind.ALLERGIES, "Pollen",
    )  # fmt: skip
    assert written.overview.source is Source.SELF
    assert json.loads(written.body)["patient"] == {"reference": "Patient/p1"}


def test_a_parent_writes_of_a_child_as_the_relative_that_the_record_knows(tmp_path: Path) -> None:
    link = {"other": {"reference": "RelatedPerson/r9"}, "type": "seealso"}
    elsewhere = {"other": {"reference": "RelatedPerson/r1"}, "type": "seealso"}
    parent: dict[str, object] = {"resourceType": "Patient", "id": "p1", "link": [elsewhere, link]}
    relation: dict[str, object] = {"resourceType": "RelatedPerson", "id": "r9"}
    written = encode(tmp_path, CHILD.pid, (PARENT.pid, parent), (CHILD.pid, relation))
    body = json.loads(written.body)
    assert body["patient"] == {"reference": "Patient/p2"}
    assert "RelatedPerson/r9" in written.body.decode()
    assert written.overview.source is Source.RELATIVE


def test_a_parent_whom_the_record_of_a_child_does_not_name_writes_in_their_own_name(tmp_path: Path) -> None:
    written = encode(tmp_path, CHILD.pid, (PARENT.pid, {"resourceType": "Patient", "id": "p1"}))
    assert "Patient/p1" in written.body.decode()


def test_nobody_writes_for_a_person_who_is_not_in_the_vault(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        with pytest.raises(Rejected) as unknown:
            await desk.database.read(encode_entry, "nobody", Kind.ALLERGIES, POLLEN)
        assert unknown.value.reason is Reason.UNKNOWN_RECORD

    at_desk(tmp_path, story)


def test_a_person_whom_no_server_knows_is_named_as_what_waits_to_be_sent(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        await desk.database.write(save_profile, Profile(pid="new", name="Zoé"))
        written = await desk.database.read(encode_entry, "new", Kind.ALLERGIES, POLLEN)
        assert json.loads(written.body)["patient"] == {"reference": "urn:uuid:new"}
        assert json.loads(written.body)["recorder"] == {"reference": "Patient/p1"}

    at_desk(tmp_path, story)


def test_to_a_server_nobody_writes_whom_it_does_not_know(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        await desk.database.write(save_profile, PARENT.model_copy(update={"rid": None}))
        written = await desk.database.read(encode_entry, CHILD.pid, Kind.ALLERGIES, POLLEN)
        assert json.loads(written.body)["recorder"] == {"reference": "Patient/p2"}
        own = await desk.database.read(encode_entry, PARENT.pid, Kind.ALLERGIES, POLLEN)
        assert own.overview.source is Source.SELF

    at_desk(tmp_path, story)


def test_what_is_not_known_of_a_former_version_stays(tmp_path: Path) -> None:
    body = b'{"resourceType":"AllergyIntolerance","id":"a","code":{"text":"Pollen"},"x":1.50}'

    async def story(desk: Desk) -> None:
        changed = POLLEN.model_copy(update={"reactions": ("Toux",)})
        written = await desk.database.read(encode_entry, PARENT.pid, Kind.ALLERGIES, changed, body)
        assert b"1.50" in written.body
        assert (await desk.database.read(describe_body, PARENT.pid, body)).body == body

    at_desk(tmp_path, story)
