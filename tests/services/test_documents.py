from pathlib import Path

import pytest

from mes_app.domain.documents import Category
from mes_app.domain.people import Profile
from mes_app.domain.record import ContentState, Row
from mes_app.domain.values import PartialDate
from mes_app.errors import NotAllowed, Reason, Rejected, Unreadable
from mes_app.services.filing import LONGEST_TITLE, Label, read_label
from mes_app.services.previews import PreviewKind
from mes_app.services.session import Session
from mes_app.services.unsent import Operation
from tests.services.family import list_documents, pdf, tell

PRINTED = pdf("Bilan")


async def find(session: Session, family: list[Profile], title: str) -> Row:
    return (await list_documents(session, family[0].pid, text=title))[0]


def test_the_newest_documents_come_first_and_filters_are_forgiving(tmp_path: Path) -> None:
    async def story(session: Session, family: list[Profile]) -> None:
        pid = family[0].pid
        titles = [row.title for row in await list_documents(session, pid)]
        assert titles == ["Archive", "Notes", "Radiographie du poignet", "Ordonnance de printemps"]
        assert [row.title for row in await list_documents(session, pid, text="BÉNALI radio")] == [titles[2]]
        assert await list_documents(session, pid, category=Category.LABORATORY) == []
        assert sum((await session.documents.counts(pid)).values()) == 4
        assert await list_documents(session, family[1].pid) == []

    tell(tmp_path, story)


def test_an_opened_document_is_no_longer_new(tmp_path: Path) -> None:
    async def story(session: Session, family: list[Profile]) -> None:
        row = await find(session, family, "ordonnance")
        document = await session.documents.open(row.id)
        assert (document.title, document.author) == ("Ordonnance de printemps", "Dr Karim Benali")
        assert row.id not in [new.id for new in await session.documents.unread(family[0].pid, limit=9)]

    tell(tmp_path, story)


def test_a_prescription_is_read_page_by_page_without_a_server(tmp_path: Path) -> None:
    async def story(session: Session, family: list[Profile]) -> None:
        assert await session.syncing.account() is None
        content = await session.documents.content((await find(session, family, "ordonnance")).id)
        preview = await session.documents.preview(content)
        assert (preview.kind, preview.pages) == (PreviewKind.PAGES, 2)
        assert (await session.documents.render_page(content, 1, 300)).startswith(b"\x89PNG")
        assert content.file_name == "document.pdf"

    tell(tmp_path, story)


def test_the_bytes_are_believed_rather_than_the_declared_type(tmp_path: Path) -> None:
    async def story(session: Session, family: list[Profile]) -> None:
        content = await session.documents.content((await find(session, family, "radio")).id)
        assert content.content_type == "image/jpeg"

    tell(tmp_path, story)


def test_a_type_that_cannot_be_shown_says_so_and_can_still_be_saved(tmp_path: Path) -> None:
    async def story(session: Session, family: list[Profile]) -> None:
        content = await session.documents.content((await find(session, family, "archive")).id)
        assert content.content_type == "application/zip"
        with pytest.raises(Unreadable) as refused:
            await session.documents.preview(content)
        assert refused.value.reason is Reason.NO_PREVIEW

    tell(tmp_path, story)


def test_a_document_of_ones_own_is_there_with_its_content_and_waits_to_be_sent(tmp_path: Path) -> None:
    async def story(session: Session, family: list[Profile]) -> None:
        label = Label(title="Bilan", category=Category.LABORATORY, date=PartialDate(text="2026-11-19"))
        filed = await session.documents.add(family[1].pid, PRINTED, label)
        assert (await session.documents.content(filed.record_id)).data == PRINTED
        document = await session.documents.open(filed.record_id)
        assert (document.title, document.category, document.content) == (
            "Bilan", Category.LABORATORY, ContentState.STORED,
        )  # fmt: skip
        (change,) = await session.unsent.list()
        assert (change.record_id, change.operation) == (filed.record_id, Operation.CREATED)
        assert await session.editing.why_read_only(filed.record_id) is None

        await session.editing.undo(filed)
        assert await session.unsent.list() == []
        assert await list_documents(session, family[1].pid) == []

    tell(tmp_path, story)


def test_a_document_deleted_before_it_was_sent_comes_back_with_its_content(tmp_path: Path) -> None:
    async def story(session: Session, family: list[Profile]) -> None:
        label = Label(title="Bilan", category=Category.LABORATORY, date=PartialDate(text="2026-11-19"))
        filed = await session.documents.add(family[0].pid, PRINTED, label)
        deleted = await session.editing.delete(filed.record_id)
        assert (await list_documents(session, family[0].pid, text="bilan")) == []
        await session.editing.undo(deleted)
        row = await find(session, family, "bilan")
        assert (await session.documents.content(row.id)).data == PRINTED

    tell(tmp_path, story)


def test_a_new_document_is_hidden_where_the_person_chose_so_for_all_or_for_it(tmp_path: Path) -> None:
    async def story(session: Session, family: list[Profile]) -> None:
        pid = family[1].pid
        label = Label(title="Bilan", category=Category.LABORATORY, date=PartialDate(text="2026-11-19"))

        async def is_hidden(label: Label) -> bool:
            return (await session.documents.open((await session.documents.add(pid, PRINTED, label)).record_id)).hidden

        assert not await is_hidden(label)
        assert await is_hidden(label.model_copy(update={"hidden": True}))
        await session.visibility.choose_new(pid, hidden=True)
        assert await is_hidden(label)
        assert not await is_hidden(label.model_copy(update={"hidden": False}))

    tell(tmp_path, story)


def test_a_document_of_ones_own_is_said_to_be_something_else_and_undone_and_no_other_is(tmp_path: Path) -> None:
    async def story(session: Session, family: list[Profile]) -> None:
        label = Label(title="Bilan", category=Category.LABORATORY, date=PartialDate(text="2026-11-19"))
        filed = await session.documents.add(family[0].pid, PRINTED, label)
        other = Label(title="Radio", category=Category.IMAGING, date=PartialDate(text="2026-11-18"))
        edited = await session.documents.relabel(filed.record_id, other)
        assert (await find(session, family, "radio")).category == Category.IMAGING
        document = await session.documents.open(filed.record_id)
        assert (document.title, document.date) == ("Radio", PartialDate(text="2026-11-18"))
        assert (await session.documents.content(filed.record_id)).data == PRINTED
        assert [change.operation for change in await session.unsent.list()] == [Operation.CREATED]
        await session.editing.undo(edited)
        assert read_label(await session.documents.open(filed.record_id)) == label.model_copy(update={"hidden": False})
        with pytest.raises(NotAllowed) as refused:
            await session.documents.relabel((await find(session, family, "ordonnance")).id, other)
        assert refused.value.reason is Reason.NOT_YOURS

    tell(tmp_path, story)


def test_a_document_called_by_a_title_of_ones_own_is_undone_and_nothing_of_it_waits_to_be_sent(tmp_path: Path) -> None:
    async def story(session: Session, people: list[Profile]) -> None:
        (row,) = await list_documents(session, people[0].pid, text="printemps")
        edited = await session.documents.rename(row.id, "  Pour   mes yeux ")
        opened = await session.documents.open(row.id)
        assert (opened.title, opened.own_title, opened.name) == (row.title, "Pour mes yeux", "Pour mes yeux")
        assert [found.id for found in await list_documents(session, people[0].pid, text="yeux")] == [row.id]
        assert await session.unsent.list() == []
        await session.editing.undo(edited)
        assert (await session.documents.open(row.id)).name == row.title
        with pytest.raises(Rejected) as refused:
            await session.documents.rename(row.id, "x" * (LONGEST_TITLE + 1))
        assert (refused.value.field, refused.value.reason) == ("title", Reason.TOO_LONG)

    tell(tmp_path, story)
