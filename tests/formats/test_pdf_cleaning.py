import io

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DictionaryObject, NameObject

from mes_app.errors import Reason, Rejected
from mes_app.formats.pdf_cleaning import MAX_NODES, Removed, clean_pdf
from tests.formats.hostile_files import GOOD, PAGE, ROOT, action, at_root, pages_of, raw_pdf, with_note


def test_a_cleaned_pdf_still_says_what_it_said() -> None:
    cleaned, removed = clean_pdf(at_root("/OpenAction", action("/JavaScript")))
    assert removed == {Removed.ACTIONS}
    assert "Bilan" in PdfReader(io.BytesIO(cleaned)).pages[0].extract_text()


def test_a_link_and_the_page_to_open_at_stay() -> None:
    for harmless in (with_note(A=action("/URI")), at_root("/OpenAction", action("/GoTo"))):
        assert clean_pdf(harmless) == (harmless, frozenset())


def test_what_an_author_called_like_an_action_is_not_one() -> None:
    fonts = DictionaryObject({NameObject("/AA"): DictionaryObject(), NameObject("/JS"): DictionaryObject()})
    named = at_root("/Resources", DictionaryObject({NameObject("/Font"): fonts}))
    assert clean_pdf(named) == (named, frozenset())


def test_a_pdf_that_a_password_protects_is_left_closed() -> None:
    writer = PdfWriter(clone_from=io.BytesIO(GOOD))
    writer.encrypt("secret", algorithm="AES-256")
    out = io.BytesIO()
    writer.write(out)
    assert clean_pdf(out.getvalue()) == (out.getvalue(), frozenset())


def test_more_nodes_than_a_document_has_are_too_many() -> None:
    crowd = b"[" + (b"[" + b"[]" * 1_000 + b"]") * (MAX_NODES // 1_000 + 1) + b"]"
    with pytest.raises(Rejected) as refused:
        clean_pdf(raw_pdf(ROOT[:-2] + b"/Crowd 4 0 R>>", pages_of(b"3 0 R"), PAGE, crowd))
    assert refused.value.reason is Reason.TOO_COMPLEX
