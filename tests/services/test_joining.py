from dataclasses import replace
from pathlib import Path

import pytest

from mes_app.domain.joining import choose_joined
from mes_app.domain.people import Profile
from mes_app.domain.record import Kind
from mes_app.errors import Rejected
from mes_app.services.encoding import describe_body
from mes_app.services.session import Session
from mes_app.services.unsent import Operation
from mes_app.store.database import Connection
from mes_app.store.journal import list_acts
from mes_app.store.outbox import acknowledge, find_next_due, list_due, mark_inflight
from mes_app.store.rebases import Merged
from mes_app.store.rows import Incoming
from tests.services.family import list_documents, tell
from tests.services.join_stories import LABEL, PHOTO, add_allergy, add_zoe, list_titles


def test_what_is_chosen_goes_and_waits_to_be_sent_and_the_rest_stays(tmp_path: Path) -> None:
    async def story(session: Session, family: list[Profile]) -> None:
        pid, into = (await add_zoe(session)).pid, family[1].pid
        for substance in ("Kiwi", "Noix", "Pollen"):
            await add_allergy(session, pid, substance)
        plan = await session.joining.preview(pid, into)
        assert {item.title for item in plan.items if item.key in choose_joined(plan.items)} == {"Kiwi", "Noix"}
        (kiwi,) = [item.key for item in plan.items if item.title == "Kiwi"]
        done = await session.joining.run(plan, {kiwi})
        assert (done.taken, done.left) == (1, 2)
        assert await list_titles(session, into) == ["Kiwi", "Pollen"]
        assert await list_titles(session, pid) == ["Noix", "Pollen"]
        (waiting,) = await session.unsent.list()
        assert (waiting.record_id, waiting.operation, waiting.profile) == (kiwi, Operation.CREATED, into)
        database = session.editing._pen.database
        assert await database.read(find_next_due) is not None
        assert [act.act for act in await database.read(list_acts, into)] == ["join", "create"]

    tell(tmp_path, story)


def test_one_undo_brings_all_of_it_back_as_it_was(tmp_path: Path) -> None:
    async def story(session: Session, family: list[Profile]) -> None:
        pid, into = (await add_zoe(session)).pid, family[1].pid
        await add_allergy(session, pid, "Kiwi")
        photo = (await session.documents.add(pid, PHOTO, LABEL)).record_id
        await session.arranging.move([photo], "Naissance")
        here = await session.unsent.export(local=True)
        before = await session.health.rows(into, Kind.ALLERGIES), await list_documents(session, pid)
        plan = await session.joining.preview(pid, into)
        done = await session.joining.run(plan, choose_joined(plan.items))
        await session.editing.undo(done.edited)
        assert (await session.unsent.export(local=True)).data == here.data
        assert await session.unsent.list() == []
        assert (await session.health.rows(into, Kind.ALLERGIES), await list_documents(session, pid)) == before
        assert await session.arranging.folders(into) == []
        assert (await session.documents.content(photo)).data == PHOTO

    tell(tmp_path, story)


def _send_all(con: Connection, pid: str, now: float) -> None:
    """As to a server that takes everything as it is."""

    def never(*_: object) -> Merged:
        raise AssertionError

    for op in list_due(con, pid, now):
        assert mark_inflight(con, op)
        assert op.body
        theirs = Incoming(
            op.type, op.lid, "1", "2026-11-20T12:00:00Z", op.body, describe_body(con, pid, op.body).overview
        )
        acknowledge(con, replace(op, state="inflight", sent=True), theirs, never)


def test_undone_after_it_was_sent_it_goes_from_the_service_and_is_here_anew(tmp_path: Path) -> None:
    async def story(session: Session, family: list[Profile]) -> None:
        pid, into = (await add_zoe(session)).pid, family[1].pid
        await add_allergy(session, pid, "Kiwi")
        photo = (await session.documents.add(pid, PHOTO, LABEL)).record_id
        await session.arranging.move([photo], "Naissance")
        await session.documents.rename(photo, "La mienne")
        plan = await session.joining.preview(pid, into)
        done = await session.joining.run(plan, choose_joined(plan.items))
        pen = session.editing._pen
        await pen.database.write(_send_all, into, pen.when().next_at + 1)
        assert await session.unsent.list() == []
        await session.editing.undo(done.edited)
        assert {(change.operation, change.profile) for change in await session.unsent.list()} == {
            (Operation.DELETED, into)
        }
        assert await list_titles(session, into) == ["Pollen"]
        assert await list_titles(session, pid) == ["Kiwi"]
        (again,) = await list_documents(session, pid)
        assert (again.name, again.folder) == ("La mienne", "Naissance")
        assert (await session.documents.content(again.id)).data == PHOTO

    tell(tmp_path, story)


def test_it_cannot_be_undone_once_the_record_of_here_was_removed(tmp_path: Path) -> None:
    async def story(session: Session, family: list[Profile]) -> None:
        pid, into = (await add_zoe(session)).pid, family[1].pid
        await add_allergy(session, pid, "Kiwi")
        plan = await session.joining.preview(pid, into)
        done = await session.joining.run(plan, choose_joined(plan.items))
        await session.profiles.remove(pid)
        with pytest.raises(Rejected):
            await session.editing.undo(done.edited)
        assert await list_titles(session, into) == ["Kiwi", "Pollen"]

    tell(tmp_path, story)


def test_what_went_since_it_was_shown_is_passed_over(tmp_path: Path) -> None:
    async def story(session: Session, family: list[Profile]) -> None:
        pid, into = (await add_zoe(session)).pid, family[1].pid
        kiwi, noix = await add_allergy(session, pid, "Kiwi"), await add_allergy(session, pid, "Noix")
        plan = await session.joining.preview(pid, into)
        await session.editing.delete(kiwi)
        assert (await session.joining.run(plan, {kiwi, noix})).taken == 1
        assert await list_titles(session, into) == ["Noix", "Pollen"]

    tell(tmp_path, story)
