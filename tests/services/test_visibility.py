"""Hiding documents: what waits to be sent, what is undone, and when it is said to hold."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from mes_app.domain.record import Kind
from mes_app.domain.servers import ServerAccount, SignIn
from mes_app.domain.visibility import Standing, VisibilitySummary
from mes_app.errors import NotAllowed, Reason, Rejected
from mes_app.fhir.bundles import parse_resource
from mes_app.services.conflicts import Conflicts, Side
from mes_app.services.editing import Editing
from mes_app.services.pens import UNDO_SECONDS, Pen
from mes_app.services.visibility import VisibilityChoices
from mes_app.store.database import Connection, Database
from mes_app.store.outbox import list_due, list_pending
from mes_app.store.pages import save_page
from mes_app.store.preferences import put_preference
from mes_app.store.profiles import save_profile
from mes_app.store.records import get_record, list_rows
from mes_app.sync.conflicts import merge_versions
from mes_app.sync.pages import make_incoming
from tests.store.samples import CHILD, PARENT
from tests.sync.vaults import opened_syncing

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
BASE = "https://sante.example/fhir"


@dataclass
class Desk:
    """``ids`` are those of three documents of a doctor, the last of them hidden."""

    database: Database
    pen: Pen
    choices: VisibilityChoices
    ids: list[str]

    async def hidden(self) -> list[bool]:
        return [(await self.database.read(get_record, lid)).row.hidden for lid in self.ids]

    async def waiting(self) -> list[str]:
        return [pending.op for pending in await self.database.read(list_pending)]


def make_document(number: int, *labels: str) -> dict[str, object]:
    return {
        "resourceType": "DocumentReference",
        "id": f"d{number}",
        "meta": {"versionId": "1", "lastUpdated": "2026-01-01T00:00:00Z"},
        "status": "current",
        "author": [{"reference": "Practitioner/7"}],
        "date": f"2026-01-0{number}",
        "securityLabel": [{"coding": [{"code": label}]} for label in ("N", "R", *labels)],
        "content": [{"attachment": {"title": f"Bilan {number}", "url": f"Binary/b{number}"}}],
    }


def receive(con: Connection, *resources: dict[str, object], profile: str = PARENT.pid) -> list[str]:
    """Records of the server; our ids of them."""
    page = [make_incoming(parse_resource(json.dumps(resource).encode()), holder=True) for resource in resources]
    save_page(con, profile, page, merge=merge_versions)
    return [row.id for row in list_rows(con, profile, Kind.DOCUMENTS, oldest_first=True)]


def at_desk(folder: Path, story: Callable[[Desk], Awaitable[None]]) -> None:
    async def run() -> None:
        async with opened_syncing(folder) as (syncing, database):
            for profile in (PARENT, CHILD):
                await database.write(save_profile, profile)
            await syncing.connect(ServerAccount(fhir_base=BASE, sign_in=SignIn.PLAIN, patients=("p1",)))
            papers = (make_document(1), make_document(2), make_document(3, "MASQUE_PS"))
            ids = await database.write(receive, *papers)
            pen = Pen(database, lambda: NOON, UNDO_SECONDS, lambda: None)
            await story(Desk(database, pen, VisibilityChoices(pen, syncing), ids))

    asyncio.run(run())


async def say_enforced(desk: Desk, base: str = BASE) -> None:
    promises = {"types": [], "update_create": [], "conditional_create": [], "transaction": False}
    told = promises | {"enforces_access_control": True}
    await desk.database.write(put_preference, "server_capabilities", {"base": base, "at": "", "told": told})


def test_a_document_of_a_doctor_is_hidden_and_its_other_labels_stay(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        await desk.choices.choose(desk.ids[:1], hidden=True)
        assert await desk.hidden() == [True, False, True]
        (op,) = await desk.database.read(list_due, PARENT.pid, NOON.timestamp() + UNDO_SECONDS)
        sent, was = json.loads(op.body or b""), make_document(1)
        labels = [label["coding"][0]["code"] for label in sent.pop("securityLabel")]
        assert labels == ["N", "R", "MASQUE_PS"]
        assert sent == {name: value for name, value in was.items() if name != "securityLabel"}

    at_desk(tmp_path, story)


def test_some_documents_are_hidden_at_once_and_only_what_changed_is_undone(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        edited = await desk.choices.choose(desk.ids, hidden=True)
        assert await desk.hidden() == [True, True, True]
        assert await desk.waiting() == ["U", "U"]
        await Editing(desk.pen).undo(edited)
        assert await desk.hidden() == [False, False, True]
        assert await desk.waiting() == []

    at_desk(tmp_path, story)


def test_all_documents_of_one_person_are_hidden_or_shown_and_of_no_other(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        (theirs,) = await desk.database.write(receive, make_document(1), profile=CHILD.pid)
        await desk.choices.choose_all(PARENT.pid, hidden=True)
        assert await desk.hidden() == [True, True, True]
        edited = await desk.choices.choose_all(PARENT.pid, hidden=False)
        assert await desk.hidden() == [False, False, False]
        await Editing(desk.pen).undo(edited)
        assert await desk.hidden() == [True, True, True]
        assert not (await desk.database.read(get_record, theirs)).row.hidden

    at_desk(tmp_path, story)


def test_an_undo_leaves_alone_what_was_deleted_or_changed_back_meanwhile(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        edited = await desk.choices.choose(desk.ids[:2], hidden=True)
        await desk.choices.choose(desk.ids[:1], hidden=False)
        gone = make_document(2, "INVISIBLE_PATIENT") | {"meta": {"versionId": "2"}}
        await desk.database.write(receive, gone)
        await Editing(desk.pen).undo(edited)
        assert await desk.waiting() == []

    at_desk(tmp_path, story)


def test_nothing_is_hidden_where_one_of_them_is_no_document(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        with pytest.raises(Rejected) as refused:
            await desk.choices.choose([desk.ids[0], "unknown"], hidden=True)
        assert refused.value.reason is Reason.UNKNOWN_RECORD
        assert await desk.hidden() == [False, False, True]

    at_desk(tmp_path, story)


def test_only_a_server_that_keeps_to_it_makes_what_is_hidden_applied(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        hidden = desk.ids[2]
        assert (await desk.choices.tell(hidden)).standing is Standing.UNENFORCED
        await say_enforced(desk, "https://autre.example/fhir")
        assert (await desk.choices.tell(hidden)).standing is Standing.UNENFORCED
        await say_enforced(desk)
        assert (await desk.choices.tell(hidden)).standing is Standing.APPLIED
        await desk.choices.choose([hidden], hidden=False)
        told = await desk.choices.tell(hidden)
        assert (told.hidden, told.standing) == (False, Standing.REQUESTED)

    at_desk(tmp_path, story)


def test_the_documents_of_a_person_are_summed_up(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        await say_enforced(desk)
        await desk.choices.choose(desk.ids[:1], hidden=True)
        await desk.choices.choose_new(PARENT.pid, hidden=True)
        told = VisibilitySummary(total=3, hidden=2, waiting=1, enforced=True, hides_new=True)
        assert await desk.choices.summarise(PARENT.pid) == told
        nothing = VisibilitySummary(total=0, hidden=0, waiting=0, enforced=True, hides_new=False)
        assert await desk.choices.summarise(CHILD.pid) == nothing

    at_desk(tmp_path, story)


@pytest.mark.parametrize("author", ["Practitioner/7", "PractitionerRole/7", "Organization/7", "Device/7"])
def test_z1_what_another_wrote_is_not_deleted_and_may_be_hidden(author: str, tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        theirs = make_document(4) | {"author": [{"reference": author}]}
        record_id = (await desk.database.write(receive, theirs))[-1]
        with pytest.raises(NotAllowed) as refused:
            await Editing(desk.pen).delete(record_id)
        assert refused.value.reason is Reason.NOT_YOURS
        await desk.choices.choose([record_id], hidden=True)
        assert (await desk.database.read(get_record, record_id)).row.hidden

    at_desk(tmp_path, story)


@pytest.mark.parametrize("author", ["Patient/p1", "RelatedPerson/7"])
def test_z1_what_the_patient_or_a_relative_added_is_deleted_and_comes_back(author: str, tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        own = make_document(4) | {"author": [{"reference": author}]}
        record_id = (await desk.database.write(receive, own))[-1]
        edited = await Editing(desk.pen).delete(record_id)
        assert await desk.waiting() == ["D"]
        await Editing(desk.pen).undo(edited)
        assert (await desk.database.read(get_record, record_id)).row.title == "Bilan 4"
        assert await desk.waiting() == []

    at_desk(tmp_path, story)


@pytest.mark.parametrize(("side", "hidden", "sent"), [(Side.MINE, False, ["U"]), (Side.THEIRS, True, [])])
def test_who_reads_a_document_changed_on_both_sides_is_asked(
    side: Side, hidden: bool, sent: list[str], tmp_path: Path
) -> None:
    async def story(desk: Desk) -> None:
        record_id, conflicts = desk.ids[2], Conflicts(desk.pen)
        await desk.choices.choose([record_id], hidden=False)
        renamed = make_document(3, "MASQUE_PS") | {"description": "Relu", "meta": {"versionId": "2"}}
        await desk.database.write(receive, renamed)
        told = await desk.choices.tell(record_id)
        assert (told.hidden, told.standing) == (True, Standing.UNDECIDED)
        asked = [field.name for field in (await conflicts.open(record_id)).fields if field.clash]
        assert asked == ["hidden"]
        await conflicts.resolve(record_id, {"hidden": side})
        assert (await desk.database.read(get_record, record_id)).row.hidden is hidden
        assert await desk.waiting() == sent

    at_desk(tmp_path, story)
