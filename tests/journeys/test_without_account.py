"""A vault that no server knows, from its first day on: everything works, nothing waits, and nothing leaves unasked."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import fhirkit
import pytest

from mes_app.bootstrap import make_carnets
from mes_app.config import Config
from mes_app.domain.checks import concerns
from mes_app.domain.documents import Category
from mes_app.domain.forms import build_entry
from mes_app.domain.imports import choose_items
from mes_app.domain.inputs import ADDABLE
from mes_app.domain.newcomers import Newcomer, read_newcomer
from mes_app.domain.record import Kind, Row, Source
from mes_app.domain.sync_status import Idle
from mes_app.domain.values import PartialDate
from mes_app.errors import NotAllowed, Reason
from mes_app.fhir.references import find_references
from mes_app.services.carnets import Carnets
from mes_app.services.emergency_cards import SHOWABLE
from mes_app.services.filing import Label
from mes_app.services.importing import Picked
from mes_app.services.session import Session
from mes_app.services.unsent import ChangeState
from mes_app.views.state import read_today
from tests.cli.phone import plain_server
from tests.domain.whole_forms import fill_whole
from tests.services.export_stories import Archive, ignore
from tests.services.family import FONTS, list_documents, pdf

T = TypeVar("T")
PASSPHRASE = "une phrase assez longue"
CAMILLE = {"first_name": "Camille", "family_name": "Martin", "birth": "1988-07-12", "sex": "female"}
ZOE = {"first_name": "Zoé", "family_name": "Martin", "birth": "2026-11-20"}
MEASLES = pdf("Rougeole")
LABEL = Label(title="Carnet de vaccination", category=Category.OTHER, date=PartialDate(text="2026-11-21"))


def tell(folder: Path, story: Callable[[Carnets], Awaitable[T]]) -> T:
    """Run ``story`` on the app of ``folder`` as it starts on a device without key store."""

    async def run() -> T:
        assets = FONTS.parent
        carnets = make_carnets(Config(data=folder / "data", assets=assets, least_cost=True), brief=True)
        try:
            return await story(carnets)
        finally:
            await carnets.vault.lock()

    with pytest.MonkeyPatch.context() as system:
        system.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={folder / 'no-bus'}")
        return asyncio.run(run())


def newcomer(values: dict[str, str]) -> Newcomer:
    return read_newcomer(values, read_today())


async def begin(carnets: Carnets) -> tuple[Session, str]:
    session = await carnets.vault.create(PASSPHRASE)
    return session, (await session.profiles.add(newcomer(CAMILLE))).pid


async def fill_record(session: Session, pid: str) -> dict[Kind, str]:
    """One record of every kind that is written of somebody of that age, and a document; our ids of them."""
    made = {}
    (profile,) = [one for one in await session.profiles.list() if one.pid == pid]
    for kind in sorted(kind for kind in ADDABLE if concerns(kind, profile, read_today())):
        made[kind] = (await session.editing.add(pid, build_entry(kind, fill_whole(kind)), kind)).record_id
    made[Kind.DOCUMENTS] = (await session.documents.add(pid, MEASLES, LABEL)).record_id
    return made


def test_a_record_begins_with_a_name_and_is_the_holders(tmp_path: Path) -> None:
    async def story(carnets: Carnets) -> None:
        session, _ = await begin(carnets)
        zoe = await session.profiles.add(newcomer(ZOE))
        family = await session.profiles.list()
        assert [(one.name, one.holder, one.is_local) for one in family] == [
            ("Camille Martin", True, True),
            ("Zoé Martin", False, True),
        ]
        assert family[0].colour != family[1].colour
        assert family[0].birth == PartialDate(text="1988-07-12")
        await session.profiles.correct(zoe.pid, newcomer(ZOE | {"first_name": "Zoë"}))
        assert (await session.profiles.recall(zoe.pid)).first_name == "Zoë"
        person = await session.profiles.person(zoe.pid)
        assert person
        assert (person.name, person.first_names) == ("Zoë Martin", "")

    tell(tmp_path, story)


def test_everything_that_a_person_writes_is_written_changed_deleted_and_taken_back(tmp_path: Path) -> None:
    async def story(carnets: Carnets) -> None:
        session, pid = await begin(carnets)
        child = (await session.profiles.add(newcomer(ZOE))).pid
        made = await fill_record(session, child)
        for kind, record_id in [(kind, made[kind]) for kind in made if kind is not Kind.DOCUMENTS]:
            former = await session.health.entry(record_id)
            assert former.source in (Source.RELATIVE, Source.SELF), kind
            assert await session.editing.why_read_only(record_id) is None, kind
            await session.editing.change(record_id, build_entry(kind, fill_whole(kind), former))
            await session.editing.undo(await session.editing.delete(record_id))
            (row,) = await session.health.rows(child, kind)
            again = await session.health.entry(row.id)
            assert again.model_copy(update={"id": record_id, "updated": former.updated}) == former
        own = await session.editing.add(pid, build_entry(Kind.HABITS, fill_whole(Kind.HABITS)), Kind.HABITS)
        assert (await session.health.entry(own.record_id)).source is Source.SELF
        await session.editing.delete((await session.health.rows(child, Kind.ALLERGIES))[0].id)
        assert await session.health.rows(child, Kind.ALLERGIES) == []
        await session.editing.declare_nothing(child, Kind.ALLERGIES)
        details = await session.profiles.details(pid)
        assert details
        await session.editing.change(details.id, details.model_copy(update={"city": "Lyon"}))
        assert (await session.profiles.details(pid)) == details.model_copy(update={"city": "Lyon"})

    tell(tmp_path, story)


def test_documents_agenda_synthesis_and_emergency_know_the_person(tmp_path: Path) -> None:
    async def story(carnets: Carnets) -> None:
        session, pid = await begin(carnets)
        made = await fill_record(session, pid)
        assert [row.title for row in await list_documents(session, pid, "vaccination")] == [LABEL.title]
        assert (await session.documents.content(made[Kind.DOCUMENTS])).data == MEASLES
        assert [row.id for row in await session.agenda.past(pid)] == [made[Kind.APPOINTMENTS]]
        made_pdf = await session.synthesis.make(pid)
        assert made_pdf.data.startswith(b"%PDF")
        card = await session.emergency.preview(pid, frozenset(SHOWABLE))
        assert card.profile.name == "Camille Martin"
        assert {section.kind for section in card.sections} >= {Kind.ALLERGIES, Kind.BLOOD_GROUP}
        storage = await session.keeping.measure()
        assert (storage.people[0][1].here, storage.freeable.count) == (1, 0)

    tell(tmp_path, story)


def test_nothing_waits_for_a_server_and_none_is_an_error(tmp_path: Path) -> None:
    async def story(carnets: Carnets) -> None:
        session, pid = await begin(carnets)
        await fill_record(session, pid)
        session.schedule.start()
        assert await session.unsent.list() == []
        status = await session.status.read()
        assert (status.server, status.last_success) == ("", None)
        assert [(one.unsent, one.refused, one.conflicts) for one in status.profiles] == [(0, 0, 0)]
        with pytest.raises(NotAllowed) as alone:
            await session.syncing.run()
        assert alone.value.reason is Reason.NO_SERVER
        only_here = await session.unsent.list(local=True)
        assert len(only_here) == len(ADDABLE) + 2  # a document, and who the person is
        bundle = json.loads((await session.unsent.export(local=True)).data)
        names = {entry["fullUrl"] for entry in bundle["entry"]}
        assert all(_list_urns(entry["resource"]) <= names for entry in bundle["entry"])
        issues = {entry["fullUrl"]: fhirkit.validate(entry["resource"]) for entry in bundle["entry"]}
        assert not any(issues.values()), issues
        await carnets.vault.lock()
        assert carnets.vault.count_lost() == len(only_here)

    tell(tmp_path, story)


def _list_urns(resource: Any) -> set[str]:
    assert find_references(resource) == set()
    text = json.dumps(resource)
    return {f"urn:uuid:{part[:36]}" for part in text.split('"reference": "urn:uuid:')[1:]}


def test_a_backup_and_an_archive_hold_all_of_it(tmp_path: Path) -> None:
    async def story(carnets: Carnets) -> list[Row]:
        session, pid = await begin(carnets)
        await fill_record(session, pid)
        await session.exporting.write(tmp_path / "out.zip", [pid], ignore)
        await session.backups.write(tmp_path / "all.backup", PASSPHRASE, ignore)
        return await list_all(session, pid)

    rows = tell(tmp_path / "first", story)
    folder = "Camille Martin"
    assert {one["resourceType"] for one in Archive(tmp_path / "out.zip").list_resources(folder)} >= {"Patient"}

    async def restore(carnets: Carnets) -> None:
        session = await carnets.vault.restore(tmp_path / "all.backup", PASSPHRASE, PASSPHRASE, ignore)
        (camille,) = await session.profiles.list()
        assert camille.is_local
        assert await list_all(session, camille.pid) == rows

    tell(tmp_path / "second", restore)

    async def bring(carnets: Carnets) -> None:
        session, pid = await begin(carnets)
        picked = [Picked(name="out.zip", path=tmp_path / "out.zip")]
        plan = await session.importing.preview(pid, picked, ignore)
        assert not [item.person for item in plan.items if item.person]
        imported = await session.importing.run(plan, choose_items(plan.items), ignore)
        assert (imported.added, imported.failed) == (len(rows), ())
        brought = await list_all(session, pid)
        assert [replace_ids(row) for row in brought] == [replace_ids(row) for row in rows]
        for row in brought:
            if row.kind in ADDABLE:
                assert await session.editing.why_read_only(row.id) is None
        assert all(
            pid in json.dumps(one) for one in json.loads((await session.unsent.export(local=True)).data)["entry"]
        )

    tell(tmp_path / "third", bring)


async def list_all(session: Session, pid: str) -> list[Row]:
    found = [row for kind in sorted(ADDABLE) for row in await session.health.rows(pid, kind)]
    return found + await list_documents(session, pid)


def replace_ids(row: Row) -> Row:
    return replace(row, id="", profile="", unread=False)


def test_connecting_later_leaves_what_is_here_on_this_device(tmp_path: Path) -> None:
    async def story(carnets: Carnets, base: str) -> None:
        session, pid = await begin(carnets)
        await fill_record(session, pid)
        here = await session.unsent.list(local=True)
        await session.syncing.connect(await carnets.login.connect_plain(base, ["mother"], None))
        assert isinstance(await session.syncing.run(), Idle)
        family = await session.profiles.list()
        assert [(one.name, one.holder, one.is_local) for one in family] == [
            ("Anaïs Martin", True, False),
            ("Camille Martin", False, True),
        ]
        assert await session.unsent.list(local=True) == here
        assert {change.state for change in here} == {ChangeState.WAITING}
        assert await session.unsent.list() == []
        child = (await session.profiles.add(newcomer(ZOE))).pid
        await session.editing.add(child, build_entry(Kind.ALLERGIES, fill_whole(Kind.ALLERGIES)), Kind.ALLERGIES)
        await session.editing.add(family[0].pid, build_entry(Kind.HABITS, fill_whole(Kind.HABITS)), Kind.HABITS)
        (waiting,) = await session.unsent.list()
        assert waiting.profile == family[0].pid
        assert pid.encode() not in (await session.unsent.export()).data

    with plain_server(tmp_path) as base:
        tell(tmp_path, lambda carnets: story(carnets, base))
