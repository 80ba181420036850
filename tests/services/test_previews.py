import asyncio

import pytest

from mes_app.device.pdf_readers import choose_pdf_reader
from mes_app.domain.documents import Content
from mes_app.errors import Reason, Unreadable
from mes_app.formats.pictures import MAX_PIXELS
from mes_app.services.previews import Preview, PreviewKind, Previews
from tests.services.family import image, pdf


def content(data: bytes, content_type: str) -> Content:
    return Content(data=data, content_type=content_type, file_name="document")


def preview(data: bytes, content_type: str, *, with_pdf: bool = True) -> Preview:
    return asyncio.run(Previews(choose_pdf_reader() if with_pdf else None).preview(content(data, content_type)))


def refusal(data: bytes, content_type: str, *, with_pdf: bool = True) -> Reason:
    with pytest.raises(Unreadable) as refused:
        preview(data, content_type, with_pdf=with_pdf)
    return refused.value.reason


def test_every_page_of_a_pdf_and_of_a_tiff_can_be_seen() -> None:
    assert preview(pdf("Bonjour", 3), "application/pdf").pages == 3
    assert preview(image("TIFF", pages=2), "image/tiff").pages == 2
    assert preview(image("PNG"), "image/png").pages == 1


def test_a_page_is_drawn_at_the_width_of_the_screen() -> None:
    wide = content(image("JPEG", (800, 600)), "image/jpeg")
    drawn = asyncio.run(Previews(None).render_page(wide, 0, 200))
    assert drawn.startswith(b"\x89PNG")
    assert int.from_bytes(drawn[16:20], "big") == 200


def test_text_is_shown_as_text() -> None:
    shown = preview("L’été".encode(), "text/plain")
    assert (shown.kind, shown.text) == (PreviewKind.TEXT, "L’été")


def test_without_a_pdf_reader_the_file_can_only_be_opened_elsewhere() -> None:
    assert refusal(pdf("Bonjour"), "application/pdf", with_pdf=False) is Reason.NO_PREVIEW
    assert refusal(b"PK", "application/zip") is Reason.NO_PREVIEW


def test_broken_files_are_said_to_be_damaged() -> None:
    assert refusal(b"%PDF-1.4 and nothing more", "application/pdf") is Reason.DAMAGED
    assert refusal(b"\xff\xd8\xff nothing more", "image/jpeg") is Reason.DAMAGED


def test_a_page_that_is_not_there_is_a_damage_and_not_a_crash() -> None:
    for found in (content(image("PNG"), "image/png"), content(pdf("Une"), "application/pdf")):
        with pytest.raises(Unreadable):
            asyncio.run(Previews(choose_pdf_reader()).render_page(found, 7, 100))


def test_a_picture_that_would_fill_the_memory_is_refused() -> None:
    side = int(MAX_PIXELS**0.5) + 10
    header = image("PNG", (1, 1))
    bomb = header[:16] + side.to_bytes(4, "big") * 2 + header[24:]
    assert refusal(bomb, "image/png") in (Reason.TOO_LARGE, Reason.DAMAGED)
