"""What the records say once they are another's, and what becomes of what hung from them."""

import json
from datetime import date
from pathlib import Path

import fhirkit

from mes_app.domain.folders import Folder
from mes_app.domain.joining import DETAILS
from mes_app.domain.people import Profile
from mes_app.domain.prevention import Choice
from mes_app.domain.prevention_rules import list_rules
from mes_app.domain.record import Kind, Source
from mes_app.services.joining import Joined
from mes_app.services.session import Session
from mes_app.store.database import Connection
from mes_app.store.outbox import list_due
from mes_app.store.preferences import list_profile_preferences
from mes_app.store.versions import find_versions
from tests.journeys.test_without_account import fill_record
from tests.services.family import Json, document, list_documents, of_mother, tell
from tests.services.join_stories import (
    LABEL,
    PHOTO,
    ZOE,
    add_allergy,
    add_zoe,
    list_titles,
    make_letter,
    read_resource,
    write,
)

TODAY = date(2026, 11, 20)
DOCTOR = {"resourceType": "Practitioner", "id": "doc", "name": [{"family": "Roux"}]}
SEEN = of_mother("Condition", "c", code={"text": "Fracture"}, recorder={"reference": "Practitioner/doc"})
SAME = document(7, "La même photo", PHOTO, "application/pdf", subject={"reference": "Patient/daughter"})


def make_condition(pid: str) -> Json:
    subject = {"reference": f"urn:uuid:{pid}"}
    return {"resourceType": "Condition", "code": {"text": "Asthme"}, "subject": subject}


async def join(session: Session, pid: str, into: str, *but: str) -> Joined:
    """All that may go, but for these."""
    plan = await session.joining.preview(pid, into)
    return await session.joining.run(plan, {item.key for item in plan.items} - {*but})


def test_the_records_are_the_servers_patient_s_and_said_by_whom_the_server_knows(tmp_path: Path) -> None:
    async def story(session: Session, family: list[Profile]) -> None:
        daughter = family[1]
        pid = (await add_zoe(session)).pid
        own = await add_allergy(session, pid, "Kiwi")
        signed = {"reference": f"urn:uuid:{pid}"}
        other = await write(
            session,
            pid,
            {
                "resourceType": "Condition",
                "meta": {"source": "urn:uuid:somebody-gone"},
                "code": {"text": "Ictère"},
                "subject": signed,
                "recorder": signed,
                "asserter": {"reference": "Practitioner/doc"},
            },
        )
        await join(session, pid, daughter.pid)
        allergy, condition = await read_resource(session, own), await read_resource(session, other)
        assert allergy["patient"] == condition["subject"] == {"reference": "Patient/daughter"}
        assert allergy["recorder"] == allergy["asserter"] == condition["recorder"] == {"reference": "Patient/mother"}
        assert condition["asserter"] == {"reference": "Practitioner/doc"}
        assert condition["meta"] == {"source": "Patient/mother"}
        assert [row.source for row in await session.health.rows(daughter.pid, Kind.CONDITIONS)] == [Source.PROFESSIONAL]
        entry = await session.health.entry(own)
        assert (entry.profile, entry.recorded is None) == (daughter.pid, False)

    tell(tmp_path, story, more=[DOCTOR, SEEN])


def test_what_goes_together_still_refers_to_each_other_and_what_stays_is_named_in_words(tmp_path: Path) -> None:
    async def story(session: Session, family: list[Profile]) -> None:
        pid, into = (await add_zoe(session)).pid, family[1].pid
        asthma = await write(session, pid, make_condition(pid))
        pollen = await add_allergy(session, pid, "Pollen")
        photo = (await session.documents.add(pid, PHOTO, LABEL)).record_id
        said = [{"reference": f"urn:uuid:{each}", "display": "vu"} for each in (asthma, pollen, photo)]
        visit = await write(
            session,
            pid,
            {
                "resourceType": "Procedure",
                "status": "completed",
                "code": {"text": "Visite"},
                "subject": {"reference": f"urn:uuid:{pid}"},
                "reasonReference": [*said, {"reference": "Condition/unknown"}],
            },
        )
        there = (await session.health.rows(into, Kind.ALLERGIES))[0].id
        await join(session, pid, into, pollen, photo)
        reasons = (await read_resource(session, visit))["reasonReference"]
        assert reasons[0] == said[0]
        assert reasons[1] == {"reference": "AllergyIntolerance/q", "display": "vu"}
        assert reasons[2] == {"display": "vu", "identifier": {"value": f"urn:uuid:{photo}"}}
        assert reasons[3] == {"type": "Condition", "identifier": {"value": "Condition/unknown"}}
        pen = session.editing._pen
        due = await pen.database.read(list_due, into, pen.when().next_at + 1)
        assert [op.lid for op in due] == [asthma]  # the visit goes after what it refers to
        assert await list_titles(session, pid) == ["Pollen"]
        assert [row.id for row in await session.health.rows(into, Kind.ALLERGIES)] == [there]
        await join(session, pid, into)
        assert await list_titles(session, into) == ["Pollen", "Pollen"]  # it was chosen

    tell(tmp_path, story)


def test_a_document_keeps_its_content_title_folder_and_versions(tmp_path: Path) -> None:
    async def story(session: Session, family: list[Profile]) -> None:
        pid, into = (await add_zoe(session)).pid, family[1].pid
        photo = (await session.documents.add(pid, PHOTO, LABEL)).record_id
        await session.arranging.move([photo], "Naissance")
        await session.arranging.pin([photo], pinned=True)
        await session.documents.rename(photo, "Son premier jour")
        await session.keeping.keep(photo, kept=True)
        former = await write(session, pid, make_letter(pid, 1))
        newer = await write(session, pid, make_letter(pid, 2, former))
        await join(session, pid, into)
        assert await list_documents(session, pid) == []
        (row,) = await list_documents(session, into, "premier")
        assert (row.id, row.name, row.folder, row.pinned, row.kept) == (
            photo, "Son premier jour", "Naissance", True, True,
        )  # fmt: skip
        assert (await session.documents.content(photo)).data == PHOTO
        assert await session.arranging.folders(into) == [Folder("Naissance", 1)]
        assert [found.title for found in (await session.documents.versions(newer)).previous] == ["Lettre 1"]

    tell(tmp_path, story)


def test_a_copy_that_goes_all_the_same_stands_behind_the_one_that_is_there(tmp_path: Path) -> None:
    async def story(session: Session, family: list[Profile]) -> None:
        pid, into = (await add_zoe(session)).pid, family[1].pid
        (there,) = await list_documents(session, into)
        letter = await write(session, pid, make_letter(pid, 1))
        await session.editing._pen.database.write(_give_identifier, there.id, "urn:oid:1.2.3.1")
        await join(session, pid, into)
        assert len(await list_documents(session, into)) == 1
        assert len((await session.documents.versions(letter)).same) == 1

    tell(tmp_path, story, more=SAME)


def _give_identifier(con: Connection, record_id: str, name: str) -> None:
    con.execute("UPDATE res SET unique_id = ? WHERE lid = ?", (name, record_id))


def test_that_there_is_none_no_longer_holds_once_there_are_some(tmp_path: Path) -> None:
    async def story(session: Session, family: list[Profile]) -> None:
        into = family[1].pid
        pid = (await add_zoe(session)).pid
        await session.editing.declare_nothing(into, Kind.CONDITIONS)
        await write(session, pid, make_condition(pid))
        done = await join(session, pid, into)
        assert await session.health.rows(into, Kind.NOTHING_DECLARED) == []
        await session.editing.undo(done.edited)
        assert len(await session.health.rows(into, Kind.NOTHING_DECLARED)) == 1

    tell(tmp_path, story)


def test_ways_to_reach_and_what_was_set_fill_what_the_other_lacks_and_come_back(tmp_path: Path) -> None:
    async def story(session: Session, family: list[Profile]) -> None:
        pid, into = (await add_zoe(session)).pid, family[1].pid
        database = session.editing._pen.database
        details = await session.profiles.details(pid)
        assert details
        await session.editing.change(details.id, details.model_copy(update={"city": "Lyon"}))
        before = await session.profiles.details(into)
        one, other = (rule.id for rule in list_rules()[:2])
        await session.preventions.mark(pid, one, Choice.DONE, TODAY)
        await session.preventions.mark(into, other, Choice.NOT_FOR_ME, TODAY)
        set_before = await database.read(list_profile_preferences, into)
        await session.growths.choose_weeks(pid, 34)
        done = await join(session, pid, into)
        assert (done.taken, done.left) == (3, 0)
        filled = await session.profiles.details(into)
        assert filled
        assert filled.city == "Lyon"
        kept = await database.read(list_profile_preferences, into)
        assert ({*kept["prevention"]}, kept["weeks_at_birth"]) == ({one, other}, 34)
        await session.editing.undo(done.edited)
        assert await session.profiles.details(into) == before
        assert await database.read(list_profile_preferences, into) == set_before
        plan = await session.joining.preview(pid, into)
        assert DETAILS in {item.key for item in plan.items}

    tell(tmp_path, story)


def test_somebody_in_the_place_of_the_holder_signs_as_the_holder_does(tmp_path: Path) -> None:
    async def story(session: Session, family: list[Profile]) -> None:
        pid = (await add_zoe(session, ZOE.model_copy(update={"first_name": "Anaïs"}))).pid
        lid = await add_allergy(session, pid, "Kiwi")
        await join(session, pid, family[0].pid)
        allergy = await read_resource(session, lid)
        assert allergy["patient"] == allergy["recorder"] == {"reference": "Patient/mother"}
        found = await session.editing._pen.database.read(find_versions, lid)
        assert found
        assert [(op.op, op.state, op.rid) for op in found.ops] == [("C", "ready", None)]

    tell(tmp_path, story)


def test_whatever_a_person_writes_is_valid_and_of_nobody_else_once_it_has_joined(tmp_path: Path) -> None:
    async def story(session: Session, family: list[Profile]) -> None:
        here = await add_zoe(session)
        made = await fill_record(session, here.pid)
        done = await join(session, here.pid, family[1].pid)
        assert (done.taken, done.left) == (len(made), 0)
        bundle = json.loads((await session.unsent.export()).data)
        assert len(bundle["entry"]) == len(made)
        assert here.pid not in json.dumps(bundle)
        assert not any(fhirkit.validate(entry["resource"]) for entry in bundle["entry"])
        for record_id in made.values():
            assert (await session.health.entry(record_id)).profile == family[1].pid
            assert await session.editing.why_read_only(record_id) is None

    tell(tmp_path, story)
