import io

import pytest
from pypdf import PdfReader

from mes_app.errors import Reason, Rejected, Unreadable
from mes_app.formats.pdf import unlock_pdf
from tests.formats.locked_files import locked
from tests.services.family import pdf

PASSWORD = "été2026"


@pytest.mark.parametrize("cipher", ["RC4-128", "AES-128", "AES-256"])
def test_a_password_opens_its_pdf_whatever_the_cipher(cipher: str) -> None:
    opened = PdfReader(io.BytesIO(unlock_pdf(locked(pdf("Bonjour", 2), PASSWORD, cipher), PASSWORD)))
    assert not opened.is_encrypted
    assert (len(opened.pages), opened.pages[1].extract_text().strip()) == (2, "Bonjour")


def test_a_wrong_password_is_refused_with_its_reason() -> None:
    with pytest.raises(Rejected) as refused:
        unlock_pdf(locked(pdf("Bonjour"), PASSWORD), "ete2026")
    assert (refused.value.field, refused.value.reason) == ("password", Reason.WRONG_PASSWORD)


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7 and nothing more", locked(pdf("Bonjour"), PASSWORD)[:600]])
def test_a_broken_pdf_is_said_to_be_damaged(data: bytes) -> None:
    with pytest.raises(Unreadable) as refused:
        unlock_pdf(data, PASSWORD)
    assert refused.value.reason is Reason.DAMAGED
