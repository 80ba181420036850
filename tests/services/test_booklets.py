"""The booklet of a child, from the record to its pages and its print."""

import io
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader

from mes_app.domain.booklets import Booklet, BookletPage
from mes_app.domain.documents import Category
from mes_app.domain.forms import build_entry
from mes_app.domain.people import Profile
from mes_app.domain.prevention import State
from mes_app.domain.record import Kind
from mes_app.domain.sections.pages import Page
from mes_app.domain.values import PartialDate
from mes_app.errors import Reason, Rejected
from mes_app.i18n import t
from mes_app.services.session import Session
from tests.services.family import image, list_documents, pdf, tell
from tests.services.test_growth import BOOKLET

TODAY = date(2026, 11, 22)
NOTE = {"page": "6e mois", "date": "2017-08-28", "text": "Premier sourire."}


async def read(session: Session, pid: str, about: str = "exam-07") -> BookletPage:
    page = (await session.booklets.read(pid, TODAY)).find_page(about)
    assert page is not None
    return page


async def note(session: Session, pid: str, **changes: str) -> str:
    entry = build_entry(Kind.PAGES, NOTE | changes)
    return (await session.editing.add(pid, entry, Kind.PAGES)).record_id


def test_a_booklet_gathers_curves_examinations_teeth_and_the_measures_of_the_day_of_a_page(tmp_path: Path) -> None:
    async def story(session: Session, family: list[Profile]) -> Booklet:
        pid = family[1].pid
        await session.editing.add(pid, build_entry(Kind.TEETH, {"tooth": "71", "since": "2017-09"}), Kind.TEETH)
        await note(session, pid)
        return await session.booklets.read(pid, TODAY)

    booklet = tell(tmp_path, story, more=BOOKLET)
    assert booklet.child is not None
    assert any(curve.points for curve in booklet.curves)
    assert len([item for item in booklet.prevention if item.id.startswith("exam-")]) == 20
    assert [tooth.tooth.text for tooth in booklet.teeth] == ["Incisive centrale inférieure gauche (71)"]
    page = booklet.find_page("exam-07")
    assert page is not None
    assert [(each.text, bool(each.unique_id)) for each in page.notes] == [("Premier sourire.", True)]
    assert [(row.category, row.value) for row in page.measures] == [("weight", 7.0)]


def test_photos_are_documents_that_know_their_page_and_are_taken_back_together(tmp_path: Path) -> None:
    async def story(session: Session, family: list[Profile]) -> None:
        pid = family[1].pid
        done = await session.booklets.add_photos(pid, "exam-07", [image("JPEG"), image("PNG", (30, 60))])
        page = await read(session, pid)
        assert [photo.title for photo in page.photos] == ["6e mois", "6e mois"]
        assert page.is_filled
        assert page.exam is not None
        assert page.exam.state is State.OVER  # a photo of an age does not say that a doctor saw the child
        assert [each.text for each in page.notes] == [None]
        assert len(await list_documents(session, pid, category=Category.PREVENTION)) == 2
        assert (await session.booklets.sketch(page.photos[0].id)).startswith(b"\x89PNG")
        await session.editing.undo(done)
        assert await read(session, pid) == BookletPage("exam-07", "6e mois", exam=page.exam)
        assert await list_documents(session, pid) == []

    tell(tmp_path, story)


def test_a_photo_joins_the_page_that_is_there_whatever_becomes_of_its_words(tmp_path: Path) -> None:
    async def story(session: Session, family: list[Profile]) -> None:
        pid = family[1].pid
        record = await note(session, pid)
        await session.booklets.add_photos(pid, record, [image("JPEG")])
        written = await session.health.entry(record)
        assert isinstance(written, Page)
        changed = written.model_copy(update={"page": "Vacances", "text": "À la mer."})
        await session.editing.change(record, changed)
        page = await read(session, pid, record)
        assert (page.id, page.name, len(page.photos)) == (record, "Vacances", 1)
        opened = await session.documents.open(page.photos[0].id)
        assert (opened.page, opened.date) == (written.unique_id, PartialDate(text="2017-08-28"))

    tell(tmp_path, story)


def test_photos_stay_documents_of_their_own_once_their_page_is_deleted(tmp_path: Path) -> None:
    async def story(session: Session, family: list[Profile]) -> None:
        pid = family[1].pid
        record = await note(session, pid)
        await session.booklets.add_photos(pid, record, [image("JPEG")])
        deleted = await session.editing.delete(record)
        assert not (await read(session, pid)).photos
        assert len(await list_documents(session, pid)) == 1
        await session.editing.undo(deleted)
        assert len((await read(session, pid)).photos) == 1

    tell(tmp_path, story)


def test_where_one_is_no_photo_nothing_is_added(tmp_path: Path) -> None:
    async def story(session: Session, family: list[Profile]) -> None:
        pid = family[1].pid
        for wrong in (pdf("Bilan"), b"#!/bin/sh\n", b"\xff\xd8\xff\xe0 not a picture"):
            with pytest.raises(Rejected) as caught:
                await session.booklets.add_photos(pid, "birth", [image("JPEG"), wrong])
            assert caught.value.field == "file"
        assert await session.health.rows(pid, Kind.PAGES) == []
        assert await list_documents(session, pid) == []
        with pytest.raises(Rejected) as missing:
            await session.booklets.add_photos(pid, "nowhere", [image("JPEG")])
        assert missing.value.reason is Reason.UNKNOWN_RECORD

    tell(tmp_path, story)


def test_a_photo_is_hidden_where_what_is_new_is(tmp_path: Path) -> None:
    async def story(session: Session, family: list[Profile]) -> None:
        pid = family[1].pid
        await session.visibility.choose_new(pid, hidden=True)
        await session.booklets.add_photos(pid, "birth", [image("JPEG")])
        assert [row.hidden for row in await list_documents(session, pid)] == [True]

    tell(tmp_path, story)


def test_it_is_printed_with_its_photos_for_the_parent_who_asks(tmp_path: Path) -> None:
    async def story(session: Session, family: list[Profile]) -> PdfReader:
        pid = family[1].pid
        await note(session, pid)
        await session.booklets.add_photos(pid, "exam-07", [image("JPEG"), image("PNG", (30, 60))])
        content = await session.booklets.print(pid)
        assert content.content_type == "application/pdf"
        with pytest.raises(Rejected):
            await session.booklets.print("nobody")
        return PdfReader(io.BytesIO(content.data))

    reader = tell(tmp_path, story, more=BOOKLET)
    words = " ".join(page.extract_text() for page in reader.pages)
    assert "Zoé" in words
    assert "Premier sourire." in words
    assert sum(len(page.images) for page in reader.pages) == 2


def test_a_photo_that_is_gone_from_this_device_does_not_keep_the_rest_from_being_printed(tmp_path: Path) -> None:
    async def story(session: Session, family: list[Profile]) -> str:
        pid = family[1].pid
        await session.booklets.add_photos(pid, "birth", [image("JPEG")])
        for kept in (tmp_path / "data").rglob("documents/*"):
            kept.unlink()
        content = await session.booklets.print(pid)
        return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(content.data)).pages)

    assert t("booklet.pdf.photo_absent") in tell(tmp_path, story)
