import asyncio
import io
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader

from mes_app.domain.content_types import JPEG
from mes_app.domain.documents import Category
from mes_app.domain.papers import PaperKind
from mes_app.domain.people import Profile
from mes_app.domain.record import ContentState
from mes_app.domain.values import PartialDate
from mes_app.errors import Reason, Rejected
from mes_app.formats.pictures import measure_picture
from mes_app.services.adding import LARGEST_READ, Prepared, bind_photos, prepare_file, show_photo
from mes_app.services.filing import LARGEST, Label
from mes_app.services.session import Session
from mes_app.services.undoing import join_edits
from tests.formats.hostile_files import KEPT, at_root, script
from tests.services.family import image, list_documents, pdf, tell

LABEL = Label(title="Ordonnance", category=Category.PRESCRIPTIONS, date=PartialDate(text="2026-11-02"))


def make_photo(number: int = 0, side: int = 900) -> bytes:
    """A photo of much detail, another one for each ``number``."""
    out = io.BytesIO()
    Image.effect_noise((side, side * 3 // 4), 40 + number).convert("RGB").save(out, "JPEG", quality=95)
    return out.getvalue()


def refusal(data: bytes) -> tuple[str, Reason]:
    with pytest.raises(Rejected) as refused:
        prepare_file(data)
    return refused.value.field, refused.value.reason


def test_z5_a_picture_above_the_limit_is_made_lighter_and_one_at_it_is_kept() -> None:
    out = io.BytesIO()
    Image.effect_noise((2000, 3000), 90).save(out, "PNG")
    assert len(out.getvalue()) > LARGEST
    prepared = prepare_file(out.getvalue())
    assert prepared.content_type == "image/jpeg"
    assert prepared.changes == {"lighter"}
    assert len(prepared.data) <= LARGEST
    small = image("PNG")
    assert prepare_file(small).data == small


def test_a_photo_to_be_looked_at_is_light() -> None:
    photo = Prepared(make_photo(side=2400), JPEG)
    assert len(show_photo(photo)) <= 1_000_000 < len(photo.data)


def test_z5_5_000_000_bytes_are_prepared_and_one_more_is_refused() -> None:
    assert len(prepare_file(b"a" * LARGEST).data) == 5_000_000
    assert refusal(b"a" * (LARGEST + 1)) == ("file", Reason.TOO_BIG)
    assert refusal(b"\xff\xd8\xff" + b"a" * LARGEST_READ) == ("file", Reason.TOO_BIG)


def test_z5_what_a_file_is_called_or_says_of_itself_is_not_believed() -> None:
    assert prepare_file(image("JPEG")).content_type == "image/jpeg"
    assert refusal(b"MZ\x90\0\x03" + b"\0" * 100) == ("file", Reason.ACTIVE_FILE)


def test_what_was_taken_out_is_told() -> None:
    assert prepare_file(KEPT["photo that says where"]).changes == {"hidden"}
    assert prepare_file(at_root("/OpenAction", script())).changes == {"actions"}


def test_twenty_photos_become_one_light_pdf_in_their_order_while_the_loop_goes_on() -> None:
    """The loop turns many times while the photos are made smaller: counted, not timed."""
    turns, told = 0, []

    async def count() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0.001)

    async def story() -> bytes:
        counting = asyncio.create_task(count())
        photos = [make_photo(number) for number in range(19)] + [image("PNG", (300, 100))]
        turns_before = turns
        bound = await bind_photos(photos, "Compte rendu", lambda done, total: told.append((done, total)))
        counting.cancel()
        assert turns - turns_before >= len(photos)
        return bound

    bound = asyncio.run(story())
    assert told == [(done, 20) for done in range(1, 21)]
    assert len(bound) <= LARGEST
    pages = PdfReader(io.BytesIO(bound)).pages
    assert len(pages) == 20
    assert pages[19].mediabox.width > pages[19].mediabox.height
    assert prepare_file(bound).data == bound


def test_photos_share_what_may_be_sent_and_stay_as_fine_as_there_is_room() -> None:
    one = asyncio.run(bind_photos([make_photo(side=2400)], "x", lambda *_: None))
    picture = PdfReader(io.BytesIO(one)).pages[0].images[0]
    assert measure_picture(picture.data) == (2400, 1800)


def test_a_cancelled_work_ends_with_the_photo_at_hand() -> None:
    told: list[int] = []

    async def story() -> None:
        begun = asyncio.Event()

        def report(done: int, _total: int) -> None:
            told.append(done)
            begun.set()

        work = asyncio.create_task(bind_photos([make_photo()] * 20, "x", report))
        await begun.wait()
        work.cancel()
        await asyncio.wait([work])
        assert work.cancelled()

    asyncio.run(story())
    assert len(told) < 20


def test_what_is_filed_is_clean_is_here_at_once_and_all_of_it_is_undone_together(tmp_path: Path) -> None:
    async def story(session: Session, family: list[Profile]) -> None:
        pid = family[1].pid
        acting = at_root("/OpenAction", script())
        edits = [await session.documents.add(pid, data, LABEL) for data in (acting, pdf("Deux"), image("PNG"))]
        rows = await list_documents(session, pid)
        assert {row.content for row in rows} == {ContentState.STORED}
        first = await session.documents.content(edits[0].record_id)
        assert b"/JavaScript" not in first.data
        assert (await session.documents.preview(first)).pages == 1
        await session.editing.undo(join_edits(edits))
        assert await list_documents(session, pid) == []

    tell(tmp_path, story)


def test_an_administrative_piece_says_what_it_is_and_until_when(tmp_path: Path) -> None:
    async def story(session: Session, family: list[Profile]) -> None:
        pid = family[1].pid
        told = {
            "category": Category.ADMINISTRATIVE,
            "paper": PaperKind.EUROPEAN,
            "expires": PartialDate(text="2027-03"),
        }
        await session.documents.add(pid, pdf("Carte"), LABEL.model_copy(update=told))
        await session.documents.add(pid, pdf("Autre"), LABEL)
        (paper,) = await session.documents.papers(pid)
        assert (paper.paper, paper.expires, paper.profile) == (PaperKind.EUROPEAN, PartialDate(text="2027-03"), pid)

    tell(tmp_path, story)
