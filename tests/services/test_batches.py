import asyncio
from pathlib import Path

import pytest

from mes_app.domain.documents import Category
from mes_app.domain.people import Profile
from mes_app.domain.values import PartialDate
from mes_app.errors import Rejected
from mes_app.services.adding import Prepared, prepare_file
from mes_app.services.batches import Batch, add_batch
from mes_app.services.filing import Label
from mes_app.services.session import Session
from mes_app.services.undoing import join_edits
from tests.services.family import image, list_documents, pdf, tell

LABEL = Label(title="Compte rendu", category=Category.REPORTS, date=PartialDate(text="2026-11-02"))
FILES = [prepare_file(data) for data in (pdf("Un"), image("JPEG"), b"Deux", image("PNG"))]


def report(_done: int, _total: int) -> None:
    """Nobody listens."""


async def titles(session: Session, pid: str) -> list[str]:
    return sorted(row.title for row in await list_documents(session, pid))


def test_photos_are_the_pages_of_one_document_in_the_place_of_the_first(tmp_path: Path) -> None:
    async def story(session: Session, family: list[Profile]) -> None:
        pid = family[1].pid
        edits = await add_batch(session, pid, Batch(FILES, LABEL, bound=True), report)
        contents = [await session.documents.content(edited.record_id) for edited in edits]
        assert [content.content_type for content in contents] == ["application/pdf", "application/pdf", "text/plain"]
        assert (await session.documents.preview(contents[1])).pages == 2
        assert await titles(session, pid) == [f"Compte rendu ({number})" for number in (1, 2, 3)]
        await session.editing.undo(join_edits(edits))
        assert await titles(session, pid) == []

    tell(tmp_path, story)


def test_one_document_has_no_number_and_photos_apart_are_one_each(tmp_path: Path) -> None:
    async def story(session: Session, family: list[Profile]) -> None:
        pid = family[1].pid
        await add_batch(session, pid, Batch(FILES[:1], LABEL, bound=True), report)
        assert await titles(session, pid) == ["Compte rendu"]
        assert len(await add_batch(session, pid, Batch(FILES, LABEL), report)) == 4

    tell(tmp_path, story)


def test_where_one_cannot_be_added_none_is(tmp_path: Path) -> None:
    async def story(session: Session, family: list[Profile]) -> None:
        broken = [*FILES, Prepared(b"#!/bin/sh", "text/plain")]
        with pytest.raises(Rejected):
            await add_batch(session, family[1].pid, Batch(broken, LABEL), report)
        assert await titles(session, family[1].pid) == []

    tell(tmp_path, story)


def test_work_that_is_stopped_adds_nothing(tmp_path: Path) -> None:
    async def story(session: Session, family: list[Profile]) -> None:
        pid = family[1].pid
        photos = [prepare_file(image("JPEG"))] * 20
        begun = asyncio.Event()
        work = asyncio.create_task(
            add_batch(session, pid, Batch(photos, LABEL, bound=True), lambda _done, _total: begun.set())
        )
        await begun.wait()
        work.cancel()
        await asyncio.wait([work])
        assert work.cancelled()
        assert await titles(session, pid) == []

    tell(tmp_path, story)
