from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from mes_app.domain.documents import Category
from mes_app.domain.imports import ItemState, choose_items
from mes_app.domain.people import Profile
from mes_app.domain.record import Source
from mes_app.errors import Reason, Rejected
from mes_app.services.import_files import Picked
from mes_app.services.session import Session
from mes_app.services.unsent import Operation
from mes_app.store.outbox import find_next_due, list_due
from tests.formats.hostile_archives import pack
from tests.formats.xdm_archives import xdm
from tests.services.export_stories import ignore
from tests.services.family import patient, pdf, tell
from tests.services.import_stories import MORE, bring, build_empty, describe, furnish
from tests.services.test_import_sources import DOCUMENT, ours

NEW = pdf("Nouveau")
OTHER = pdf("Autre")


@pytest.fixture(scope="module")
def taken_out(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Any]:
    """The archive of a family, and what their vault said."""
    folder = tmp_path_factory.mktemp("source")

    async def story(session: Session, family: list[Profile]) -> object:
        await furnish(session, family)
        await session.exporting.write(folder / "out.zip", [one.pid for one in family], ignore)
        return await describe(session, family)

    return folder / "out.zip", tell(folder, story, more=MORE)


def test_an_archive_of_ours_gives_an_identical_dossier_in_an_empty_vault(
    tmp_path: Path, taken_out: tuple[Path, Any]
) -> None:
    archive, before = taken_out

    async def story(session: Session, family: list[Profile]) -> None:
        for person in family:
            plan, done = await bring(session, person.pid, Picked("out.zip", archive))
            assert [item for item in plan.items if item.state is ItemState.FAULTY] == []
            assert (done.failed, done.left, done.ended) == ((), 0, None)
        assert await describe(session, family) == before
        for person in family:
            again = await session.importing.preview(person.pid, [Picked("out.zip", archive)], ignore)
            theirs = {item.state for item in again.items if not item.person}
            assert theirs == {ItemState.DUPLICATE}

    tell(tmp_path, story, resources=build_empty())


def test_one_undo_takes_back_all_that_was_brought_and_nothing_else(tmp_path: Path, taken_out: tuple[Path, Any]) -> None:
    async def story(session: Session, family: list[Profile]) -> None:
        before = await describe(session, family)
        _, done = await bring(session, family[0].pid, Picked("out.zip", taken_out[0]))
        assert done.added > 15
        await session.editing.undo(done.edited)
        assert await describe(session, family) == before
        assert await session.unsent.list() == []

    tell(tmp_path, story, resources=build_empty())


def test_what_was_brought_waits_until_all_is_here_then_goes_after_what_it_refers_to(
    tmp_path: Path, taken_out: tuple[Path, Any]
) -> None:
    async def story(session: Session, family: list[Profile]) -> None:
        database, pid = session.editing._pen.database, family[0].pid
        plan = await session.importing.preview(pid, [Picked("out.zip", taken_out[0])], ignore)
        await session.importing.run(plan, choose_items(plan.items), ignore)
        when = session.editing._pen.when()
        found = await database.read(find_next_due)
        assert found is not None
        assert abs(found - when.next_at) < 60
        first = {op.type for op in await database.read(list_due, pid, when.next_at + 60)}
        assert "DiagnosticReport" not in first
        assert "Observation" in first
        changes = await session.unsent.list()
        assert {change.operation for change in changes} == {Operation.CREATED}

    tell(tmp_path, story, resources=build_empty())


def test_z1_what_a_professional_wrote_stays_theirs_and_what_comes_alone_is_one_s_own(
    tmp_path: Path, taken_out: tuple[Path, Any]
) -> None:
    async def story(session: Session, family: list[Profile]) -> None:
        pid = family[0].pid
        await bring(session, pid, Picked("out.zip", taken_out[0]), Picked("x.zip", data=xdm({"DOC1.PDF": NEW})))
        rows = {found.row.title: found.row for found in await session.search.find(pid, "")}
        letter = await session.documents.open(rows["Lettre corrigée"].id)
        assert (letter.author, letter.source) == ("Dr Awa Roux", Source.PROFESSIONAL)
        row = rows["Bilan de DOC1.PDF"]
        brought = await session.documents.open(row.id)
        assert (brought.source, brought.description) == (Source.SELF, "Dr Paul LENOIR, Laboratoire du Port")
        assert (brought.category, brought.type.code, brought.date and brought.date.text[:10]) == (
            Category.LABORATORY, "11502-2", "2026-11-03",
        )  # fmt: skip
        assert brought.unique_id == f"1.2.3.{len(NEW)}"
        assert (await session.documents.content(row.id)).data == NEW
        await session.editing.delete(row.id)

    tell(tmp_path, story, resources=build_empty())


def test_what_an_archive_says_of_folders_and_titles_is_kept_as_long_as_it_may_be(tmp_path: Path) -> None:
    data = ours(DOCUMENT | {"status": "current"}, patient("x", "Anaïs", "1988-07-12", "female"), local="a" * 200)

    async def story(session: Session, family: list[Profile]) -> None:
        _, done = await bring(session, family[0].pid, Picked("x.zip", data=data))
        assert (done.added, done.failed) == (1, ())
        assert [(folder.name, folder.count) for folder in await session.arranging.folders(family[0].pid)] == [
            ("a" * 50, 1)
        ]

    tell(tmp_path, story, resources=build_empty())


def test_nothing_is_added_but_what_is_chosen(tmp_path: Path) -> None:
    async def story(session: Session, family: list[Profile]) -> None:
        pid = family[0].pid
        files = [Picked("a.pdf", data=NEW), Picked("b.pdf", data=OTHER), Picked("c.exe", data=b"MZ\0" * 40)]
        plan = await session.importing.preview(pid, [*files, files[0]], ignore)
        assert await titles(session, pid) == set()
        assert [item.state for item in plan.items] == [
            ItemState.NEW, ItemState.NEW, ItemState.FAULTY, ItemState.DUPLICATE,
        ]  # fmt: skip
        done = await session.importing.run(plan, {1, 2, 3}, ignore)
        assert (done.added, await titles(session, pid)) == (1, {"b"})

    tell(tmp_path, story, resources=build_empty())


def test_a_stopped_import_keeps_whole_items_and_tells_how_many_are_left(tmp_path: Path) -> None:
    async def story(session: Session, family: list[Profile]) -> None:
        pid, heard = family[0].pid, list[tuple[int, int]]()

        def hear(done: int, total: int) -> None:
            heard.append((done, total))
            if done == 1:
                session.importing.stop()

        plan = await session.importing.preview(pid, [Picked(name, data=pdf(name)) for name in "abc"], ignore)
        done = await session.importing.run(plan, choose_items(plan.items), hear)
        assert (done.added, done.left, heard[-1]) == (1, 2, (1, 3))
        assert await titles(session, pid) == {"a"}
        await session.editing.undo(done.edited)
        assert await titles(session, pid) == set()
        assert (await session.importing.run(plan, {2}, ignore)).added == 1

    tell(tmp_path, story, resources=build_empty())


def test_a_file_that_went_or_changed_meanwhile_is_told_beside_those_that_were_added(tmp_path: Path) -> None:
    archive = tmp_path / "x.zip"
    archive.write_bytes(pack(("a.pdf", NEW), ("b.pdf", OTHER)))

    async def story(session: Session, family: list[Profile]) -> None:
        pid = family[0].pid
        picked = [Picked("x.zip", archive), Picked("c.txt", data=b"Bonjour")]
        plan = await session.importing.preview(pid, picked, ignore)
        archive.write_bytes(pack(("a.pdf", NEW)))
        done = await session.importing.run(plan, choose_items(plan.items), ignore)
        assert await titles(session, pid) == {"a", "c"}
        assert [(item.title, item.fault and item.fault.reason) for item in done.failed] == [("b", Reason.DAMAGED_FILE)]

    tell(tmp_path, story, resources=build_empty())


def test_who_is_not_here_gets_nothing(tmp_path: Path) -> None:
    async def story(session: Session, family: Sequence[Profile]) -> None:
        with pytest.raises(Rejected) as refused:
            await session.importing.preview("nobody", [], ignore)
        assert refused.value.reason is Reason.UNKNOWN_RECORD

    tell(tmp_path, story, resources=build_empty())


async def titles(session: Session, pid: str) -> set[str]:
    return {found.row.title for found in await session.search.find(pid, "")}
