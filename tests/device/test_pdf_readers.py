import pytest

from mes_app.device.pdf_readers import choose_pdf_reader
from mes_app.errors import Reason, Unreadable
from tests.formats.hostile_files import boxed
from tests.services.family import pdf


def test_a_desktop_counts_and_draws_pages() -> None:
    reader = choose_pdf_reader()
    assert reader
    data = pdf("Bonjour", 2)
    assert reader.count_pages(data) == 2
    drawn = reader.render_page(data, 1, 320)
    assert int.from_bytes(drawn[16:20], "big") == 320


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"<html>"])
def test_what_is_no_pdf_is_said_to_be_damaged(data: bytes) -> None:
    reader = choose_pdf_reader()
    assert reader
    with pytest.raises(Unreadable) as refused:
        reader.count_pages(data)
    assert refused.value.reason is Reason.DAMAGED


def test_a_sheet_that_claims_to_be_endless_is_not_drawn() -> None:
    reader = choose_pdf_reader()
    assert reader is not None
    with pytest.raises(Unreadable) as refused:
        reader.render_page(boxed(b"0 0 1 100000000"), 0, 100)
    assert refused.value.reason is Reason.TOO_LARGE
