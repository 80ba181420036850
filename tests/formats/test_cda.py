import pytest

from mes_app.errors import Reason, Unreadable
from mes_app.formats.cda import read_cda, read_results
from tests.formats.clinical_documents import carrier, letter, report


def test_a_document_says_who_wrote_it_of_whom_and_when() -> None:
    found = read_cda(report())
    assert (found.title, found.unique_id) == ("CR d'examens biologiques", "1.2.250.1.999^7")
    assert (found.author, found.organization) == ("Dr Paul LENOIR", "Laboratoire du Port")
    assert (found.patient, found.born and found.born.text) == ("Camille MARTIN", "1988-04-12")
    assert found.date
    assert found.date.text == "2026-11-03T10:15:00+01:00"
    assert (len(found.sections), len(found.analytes), found.pictures, found.carried) == (1, 1, 1, None)


def test_a_document_may_carry_a_file_in_place_of_its_narrative() -> None:
    found = read_cda(carrier(b"%PDF-1.4 " + bytes(range(256))))
    assert found.carried == b"%PDF-1.4 " + bytes(range(256))
    assert found.sections == ()


@pytest.mark.parametrize(
    "data",
    [
        b"<ClinicalDocument",
        b"<Bundle/>",
        carrier(b"x").replace(b"eA==", b"e!=="),
        report().replace(b'encoding="UTF-8"', b'encoding="x-unknown"'),
        b"\xff" * 100,
    ],
)
def test_what_is_no_clinical_document_is_said_to_be_damaged(data: bytes) -> None:
    with pytest.raises(Unreadable) as refused:
        read_cda(data)
    assert refused.value.reason is Reason.DAMAGED


def test_a_document_with_nothing_in_it_is_empty_and_no_error() -> None:
    found = read_cda(b'<c:ClinicalDocument xmlns:c="urn:hl7-org:v3"/>')
    assert (found.title, found.sections, found.analytes, found.date) == ("", (), (), None)


def test_nothing_of_a_document_that_acts_is_kept() -> None:
    shown = repr(read_cda(letter('<paragraph onclick="x()">Texte<script>alert(1)</script></paragraph>')))
    assert "onclick" not in shown
    assert "feuille.xsl" not in shown


def test_results_are_those_of_a_clinical_document_and_of_nothing_else() -> None:
    assert [found.name for found in read_results(report())] == ["Glycémie à jeun"]
    assert read_results(letter("<paragraph>Bonjour</paragraph>")) == read_results(b"Bonjour") == ()
