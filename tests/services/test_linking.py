"""Links between the records of one person: made, seen from both ends, taken back, sent, and merged."""

import json
from pathlib import Path

import fhirkit
import pytest

from mes_app.domain.documents import Category, Document
from mes_app.domain.links import list_linkable
from mes_app.domain.record import Kind
from mes_app.domain.sections.conditions import Condition
from mes_app.domain.sections.procedures import Procedure
from mes_app.domain.sections.treatments import Treatment
from mes_app.domain.sections.vaccines import Vaccine
from mes_app.domain.values import Coded, PartialDate
from mes_app.errors import NotAllowed, Reason, Rejected
from mes_app.fhir.bundles import parse_resource
from mes_app.services.conflicts import Conflicts, Side
from mes_app.services.decoding import decode_record
from mes_app.services.editing import Editing
from mes_app.services.encoding import encode_new
from mes_app.services.linking import Linking
from mes_app.store.edits import create_record, delete_record
from mes_app.store.outbox import list_due
from mes_app.store.pages import save_page
from mes_app.store.records import get_record
from mes_app.sync.conflicts import merge_versions
from mes_app.sync.pages import make_incoming
from tests.services.pens import Desk, at_desk
from tests.services.test_editing import receive, send_all
from tests.store.samples import CHILD, PARENT

THYROID = Condition(condition=Coded(text="Hypothyroïdie"), since=PartialDate(text="2019"))
PILL = Treatment(medicine=Coded(text="Lévothyroxine"))
INJECTION = Vaccine(vaccine=Coded(text="Grippe"))
PRESCRIBED: dict[str, object] = {
    "resourceType": "MedicationRequest",
    "id": "m1",
    "meta": {"versionId": "1", "lastUpdated": "2026-01-01T00:00:00Z"},
    "subject": {"reference": "Patient/p1"},
    "medicationCodeableConcept": {"text": "Amoxicilline"},
    "requester": {"reference": "Practitioner/7"},
    "reasonReference": [{"reference": "Condition/c1"}],
}
DIAGNOSED: dict[str, object] = {
    "resourceType": "Condition",
    "id": "c1",
    "meta": {"versionId": "1", "lastUpdated": "2026-01-01T00:00:00Z"},
    "subject": {"reference": "Patient/p1"},
    "code": {"text": "Angine"},
    "recorder": {"reference": "Practitioner/7"},
}


async def add_document(desk: Desk, title: str, day: str = "2026-11-01") -> str:
    paper = Document(
        title=title,
        type=Coded(text=title),
        category=Category.PRESCRIPTIONS,
        date=PartialDate(text=day),
        unique_id=title,
    )
    written = await desk.database.read(encode_new, PARENT.pid, Kind.DOCUMENTS, paper, desk.pen.when())
    return await desk.database.write(create_record, PARENT.pid, written, desk.pen.when())


async def add(desk: Desk, kind: Kind, entry: Condition | Treatment | Vaccine, pid: str = PARENT.pid) -> str:
    return (await Editing(desk.pen).add(pid, entry, kind)).record_id


async def list_linked(desk: Desk, record_id: str) -> list[tuple[str, bool]]:
    return [(one.row.title, one.mine) for one in await Linking(desk.pen).list(record_id)]


async def read(desk: Desk, record_id: str) -> dict[str, object]:
    return dict(json.loads((await desk.database.read(get_record, record_id)).body))


def test_a_treatment_is_linked_to_its_prescription_and_seen_from_both_until_it_is_undone(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        linking = Linking(desk.pen)
        pill, paper = await add(desk, Kind.TREATMENTS, PILL), await add_document(desk, "Ordonnance")
        edited = await linking.link(paper, pill)
        assert await read(desk, pill) | {"derivedFrom": [{"reference": f"urn:uuid:{paper}"}]} == await read(desk, pill)
        assert await list_linked(desk, pill) == [("Ordonnance", True)]
        assert await list_linked(desk, paper) == [("Lévothyroxine", True)]
        await linking.link(pill, paper)
        assert await list_linked(desk, pill) == [("Ordonnance", True)]
        await Editing(desk.pen).undo(edited)
        assert await list_linked(desk, pill) == await list_linked(desk, paper) == []
        await linking.link(pill, paper)
        await linking.unlink(paper, pill)
        assert "derivedFrom" not in await read(desk, pill)
        with pytest.raises(Rejected, match=Reason.NOT_A_CHOICE):
            await linking.unlink(paper, pill)

    at_desk(tmp_path, story)


def test_a_link_waits_for_what_it_names_and_then_has_the_name_of_the_server(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        linking = Linking(desk.pen)
        pill, illness = await add(desk, Kind.TREATMENTS, PILL), await add(desk, Kind.CONDITIONS, THYROID)
        await linking.link(pill, illness)
        due = await desk.database.read(list_due, PARENT.pid, desk.now.timestamp() + 3600)
        assert [op.lid for op in due] == [illness]
        await desk.database.write(send_all, "c7")
        assert (await read(desk, pill))["reasonReference"] == [{"reference": "Condition/c7"}]
        assert await list_linked(desk, pill) == [("Hypothyroïdie", True)]
        assert await list_linked(desk, illness) == [("Lévothyroxine", True)]
        await desk.database.write(send_all, "t7")
        assert await list_linked(desk, illness) == [("Lévothyroxine", True)]
        await linking.unlink(illness, pill)
        assert await list_linked(desk, illness) == []

    at_desk(tmp_path, story)


def test_what_is_linked_and_deleted_is_not_shown_and_is_again_once_that_is_undone(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        linking, editing = Linking(desk.pen), Editing(desk.pen)
        pill, illness = await add(desk, Kind.TREATMENTS, PILL), await add(desk, Kind.CONDITIONS, THYROID)
        await linking.link(pill, illness)
        deleted = await editing.delete(illness)
        assert await list_linked(desk, pill) == []
        assert (await read(desk, pill))["reasonReference"] == [{"reference": f"urn:uuid:{illness}"}]
        await editing.undo(deleted)
        assert await list_linked(desk, pill) == [("Hypothyroïdie", True)]
        due = await desk.database.read(list_due, PARENT.pid, desk.now.timestamp() + 3600)
        assert pill not in [op.lid for op in due]

    at_desk(tmp_path, story)


def test_what_a_professional_linked_is_shown_and_is_not_the_person_s_to_change(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        linking = Linking(desk.pen)
        prescribed = await desk.database.write(receive, PRESCRIBED)
        diagnosed = await desk.database.write(receive, DIAGNOSED)
        assert await list_linked(desk, diagnosed.id) == [("Amoxicilline", False)]
        assert await list_linked(desk, prescribed.id) == [("Angine", False)]
        with pytest.raises(NotAllowed, match=Reason.NOT_YOURS):
            await linking.unlink(diagnosed.id, prescribed.id)
        paper = await add_document(desk, "Ordonnance")
        for record in (prescribed, diagnosed):
            with pytest.raises(NotAllowed, match=Reason.NOT_YOURS):
                await linking.link(record.id, paper)
        assert await linking.candidates(prescribed.id) == []
        pill = await add(desk, Kind.TREATMENTS, PILL)
        assert [row.title for row in await linking.candidates(diagnosed.id)] == ["Lévothyroxine"]
        await linking.link(diagnosed.id, pill)
        assert (await read(desk, pill))["reasonReference"] == [{"reference": "Condition/c1"}]

    at_desk(tmp_path, story)


def test_a_vaccine_is_linked_by_its_document_which_alone_has_a_place_for_it(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        injection, paper = await add(desk, Kind.VACCINES, INJECTION), await add_document(desk, "Carnet")
        await Linking(desk.pen).link(injection, paper)
        context = (await read(desk, paper))["context"]
        assert isinstance(context, dict)
        assert context["related"] == [{"reference": f"urn:uuid:{injection}"}]
        assert await list_linked(desk, injection) == [("Carnet", True)]

    at_desk(tmp_path, story)


def test_what_may_be_linked_is_proposed_the_newest_first_by_the_words_typed(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        linking = Linking(desk.pen)
        old = await add_document(desk, "Ordonnance d’été", "2025-07-01")
        await add_document(desk, "Ordonnance d’hiver", "2026-01-05")
        pill, illness = await add(desk, Kind.TREATMENTS, PILL), await add(desk, Kind.CONDITIONS, THYROID)
        await add(desk, Kind.VACCINES, INJECTION)
        theirs = await add(desk, Kind.CONDITIONS, THYROID, CHILD.pid)
        titles = [row.title for row in await linking.candidates(pill)]
        assert titles == ["Ordonnance d’hiver", "Ordonnance d’été", "Hypothyroïdie"]
        assert [row.id for row in await linking.candidates(pill, "ÉTÉ ordo")] == [old]
        await linking.link(pill, old)
        assert await linking.candidates(pill, "ete") == []
        assert [row.id for row in await linking.candidates(pill)][1:] == [illness]
        for other in (theirs, pill):
            with pytest.raises(Rejected, match=Reason.NOT_A_CHOICE):
                await linking.link(pill, other)

    at_desk(tmp_path, story)


def test_what_is_proposed_for_an_entry_is_what_it_may_be_linked_to_once_it_is_saved(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        linking = Linking(desk.pen)
        await desk.database.write(receive, DIAGNOSED)
        received = DIAGNOSED | {"resourceType": "DocumentReference", "id": "d1", "description": "Courrier"}
        await desk.database.write(receive, {**received, "author": [{"reference": "Practitioner/7"}]})
        paper = await add_document(desk, "Ordonnance d’hiver")
        await add_document(desk, "Bilan")
        for kind, entry in ((Kind.TREATMENTS, PILL), (Kind.VACCINES, INJECTION), (Kind.CONDITIONS, THYROID)):
            proposed = await linking.proposals(PARENT.pid, kind)
            saved = await add(desk, kind, entry)
            assert proposed == await linking.candidates(saved)
            assert list_linkable(kind) == await linking.kinds(saved)
            await desk.database.write(delete_record, saved, desk.pen.when())
        assert [row.id for row in await linking.proposals(PARENT.pid, Kind.VACCINES, "hiver")] == [paper]
        assert await linking.proposals(PARENT.pid, Kind.VACCINES, "hiver", [paper]) == []
        assert await linking.proposals(PARENT.pid, Kind.HABITS) == []

    at_desk(tmp_path, story)


def test_what_was_chosen_is_read_in_its_order_less_what_is_gone(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        papers = [await add_document(desk, title) for title in ("Un", "Deux", "Trois")]
        await Editing(desk.pen).delete(papers[1])
        rows = await Linking(desk.pen).rows(PARENT.pid, [papers[2], papers[1], papers[0]])
        assert [row.title for row in rows] == ["Trois", "Un"]

    at_desk(tmp_path, story)


def test_a_choice_between_two_versions_keeps_what_either_linked(tmp_path: Path) -> None:
    def make(version: int, code: str, *papers: str) -> dict[str, object]:
        return DIAGNOSED | {
            "meta": {"versionId": str(version), "lastUpdated": f"2026-11-20T12:0{version}:00Z"},
            "recorder": {"reference": "Patient/p1"},
            "code": {"text": code},
            "evidence": [{"detail": [{"reference": f"DocumentReference/{paper}"}]} for paper in papers],
        }

    async def story(desk: Desk) -> None:
        record = await desk.database.write(receive, make(1, "Angine", "a"))
        entry = await desk.database.read(decode_record, record.id)
        assert isinstance(entry, Condition)
        await Editing(desk.pen).change(record.id, entry.model_copy(update={"condition": Coded(text="Angine virale")}))
        await Linking(desk.pen).link(record.id, paper := await add_document(desk, "Compte rendu"))
        item = make_incoming(parse_resource(json.dumps(make(2, "Angine blanche", "a", "b")).encode()), holder=True)
        await desk.database.write(save_page, PARENT.pid, [item], merge=merge_versions)
        await Conflicts(desk.pen).resolve(record.id, {"condition": Side.MINE})
        said = json.dumps(await read(desk, record.id))
        assert [one in said for one in ("Angine virale", "/a", "/b", paper)] == [True] * 4

    at_desk(tmp_path, story)


def test_what_says_a_link_is_valid_fhir(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        linking = Linking(desk.pen)
        paper, pill = await add_document(desk, "Papier"), await add(desk, Kind.TREATMENTS, PILL)
        illness, injection = await add(desk, Kind.CONDITIONS, THYROID), await add(desk, Kind.VACCINES, INJECTION)
        stay = (
            await Editing(desk.pen).add(PARENT.pid, Procedure(procedure=Coded(text="Biopsie")), Kind.PROCEDURES)
        ).record_id
        for one, other in ((pill, paper), (pill, illness), (illness, paper), (stay, paper), (stay, illness)):
            await linking.link(one, other)
        await linking.link(paper, injection)
        bodies = [(await desk.database.read(get_record, one)).body for one in (paper, pill, illness, stay)]
        assert [str(issue) for body in bodies for issue in fhirkit.validate(json.loads(body))] == []

    at_desk(tmp_path, story)
