import asyncio

import pytest

from mes_app.device.pdf_readers import choose_pdf_reader
from mes_app.domain.documents import Content
from mes_app.errors import Reason, Rejected, Unreadable
from mes_app.formats.pictures import MAX_PIXELS
from mes_app.services.previews import Preview, PreviewKind, Previews
from tests.formats.clinical_documents import carrier, report
from tests.formats.locked_files import locked
from tests.formats.scans import jpeg_scan
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


def test_rtf_is_shown_as_text() -> None:
    assert preview(rb"{\rtf1 R\'e9sultat}", "application/rtf").text == "Résultat"


def test_a_clinical_document_is_shown_as_its_narrative_or_the_file_it_carries() -> None:
    told = preview(report(), "text/xml")
    assert (told.kind, told.narrative and told.narrative.sections[0].title) == (PreviewKind.NARRATIVE, "Biochimie")
    carried = preview(carrier(pdf("Bonjour", 2)), "text/xml")
    assert (carried.kind, carried.pages) == (PreviewKind.PAGES, 2)
    assert carried.source
    assert asyncio.run(Previews(choose_pdf_reader()).render_page(carried.source, 1, 100)).startswith(b"\x89PNG")
    assert refusal(carrier(report()), "text/xml") is Reason.NO_PREVIEW


def test_the_frames_of_a_medical_image_are_drawn_one_by_one() -> None:
    data = jpeg_scan(frames=3)
    shown = preview(data, "application/dicom", with_pdf=False)
    assert shown.scan
    assert (shown.kind, shown.scan.frames) == (PreviewKind.SCAN, 3)
    drawn = Previews(None).render_frame(content(data, "application/dicom"), 2, shown.scan.presets[0])
    assert asyncio.run(drawn).startswith(b"\x89PNG")


def test_a_pdf_with_a_password_asks_for_it_and_opens_with_it() -> None:
    data = locked(pdf("Bonjour", 2), "été")
    assert refusal(data, "application/pdf") is Reason.PASSWORD_PROTECTED
    previews = Previews(choose_pdf_reader())
    with pytest.raises(Rejected):
        asyncio.run(previews.preview(content(data, "application/pdf"), "ete"))
    opened = asyncio.run(previews.preview(content(data, "application/pdf"), "été"))
    assert (opened.pages, opened.source and opened.source.data.count(b"/Encrypt")) == (2, 0)
    inside = carrier(data)
    assert asyncio.run(previews.preview(content(inside, "text/xml"), "été")).pages == 2


def test_every_page_of_a_tiff_is_drawn() -> None:
    scans = content(image("TIFF", pages=3), "image/tiff")
    for page in range(3):
        assert asyncio.run(Previews(None).render_page(scans, page, 30)).startswith(b"\x89PNG")
