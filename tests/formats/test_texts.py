"""Words out of contents of every kind, and what hostile ones are answered."""

import base64
import io
import zlib

import pytest
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, NameObject
from reportlab.pdfgen.canvas import Canvas

from mes_app.errors import Locked, Reason, Unreadable
from mes_app.formats import texts
from mes_app.formats.rtf import LARGEST_RTF
from mes_app.formats.texts import extract_text

CDA = """<?xml version="1.0" encoding="UTF-8"?>
<ClinicalDocument xmlns="urn:hl7-org:v3"><title>Compte rendu</title><id root="1.2.3"/>
<recordTarget><patient><name>Camille</name></patient></recordTarget>
<component><structuredBody><component><section><title>Conclusion</title>
<text><paragraph>Fonction <content>thyro</content>ïdienne</paragraph><table><tr><td>TSH</td><td>2,1</td></tr></table>
</text></section></component></structuredBody></component></ClinicalDocument>"""


def make_pdf(*pages: str) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out)
    for page in pages:
        canvas.drawString(50, 700, page)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def test_the_text_of_every_page_of_a_pdf_is_read() -> None:
    assert extract_text(make_pdf("Échographie du genou", "Conclusion normale")) == (
        "Échographie du genou Conclusion normale"
    )


def test_plain_text_of_today_and_of_old_french_software_is_read() -> None:
    assert extract_text("\ufeffœdème\r\n\tdu  genou".encode()) == "œdème du genou"
    assert extract_text("Créatinine".encode("cp1252")) == "Créatinine"


def test_accents_written_apart_are_joined_to_their_letter() -> None:
    assert extract_text("me\u0301decin".encode()) == "médecin"


def test_what_is_no_letter_nor_sign_is_left_out() -> None:
    assert extract_text("\x7f Radio du genou\x0c\x85normale".encode()) == "Radio du genou normale"


def test_rtf_is_read_without_its_commands() -> None:
    rtf = rb"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}}\b Ordonnance\b0\par m\'e9tformine \u8364? 500}"
    assert extract_text(rtf) == "Ordonnance métformine € 500"


def test_the_narrative_of_a_clinical_document_is_read_and_not_its_header() -> None:
    assert extract_text(CDA.encode()) == "Compte rendu Conclusion Fonction thyroïdienne TSH 2,1"


def test_the_file_that_a_clinical_document_carries_is_read_and_nothing_deeper() -> None:
    def carry(data: bytes) -> bytes:
        inside = base64.b64encode(data).decode()
        body = f'<component><nonXMLBody><text representation="B64">{inside}</text></nonXMLBody></component>'
        return f'<ClinicalDocument xmlns="urn:hl7-org:v3"><title>Lettre</title>{body}</ClinicalDocument>'.encode()

    assert extract_text(carry(make_pdf("Genou"))) == "Lettre Genou"
    assert extract_text(carry(carry(b"Genou"))) == "Lettre"


def test_a_picture_or_an_unknown_file_has_no_words() -> None:
    assert extract_text(b"\x89PNG\r\n\x1a\n...") == ""
    assert extract_text(b"\0\1\2") == ""


def test_a_pdf_that_asks_for_a_password_has_no_words() -> None:
    writer = PdfWriter(io.BytesIO(make_pdf("Secret")))
    writer.encrypt("secret", algorithm="AES-256")
    out = io.BytesIO()
    writer.write(out)
    assert extract_text(out.getvalue()) == ""


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.7\n",
        b"%PDF-1.7\ntrailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF",
        make_pdf("Coupé")[:700],
        b'<?xml version="1.0"?><ClinicalDocument xmlns="urn:hl7-org:v3"><title>',
        b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><ClinicalDocument><title>&b;</title></ClinicalDocument>',
    ],
    ids=["empty pdf", "no pages", "cut pdf", "cut xml", "entity"],
)
def test_a_broken_file_is_unreadable(data: bytes) -> None:
    with pytest.raises(Unreadable) as refused:
        extract_text(data)
    assert refused.value.reason is Reason.DAMAGED


def test_a_pdf_that_repeats_itself_without_end_is_given_up() -> None:
    writer = PdfWriter(io.BytesIO(make_pdf("Encore")))
    drawing = DecodedStreamObject()
    drawing.set_data(b"q Q " * (texts.STEPS // 2 + 1))
    writer.pages[0][NameObject("/Contents")] = writer._add_object(drawing)
    out = io.BytesIO()
    writer.write(out)
    with pytest.raises(Unreadable) as refused:
        extract_text(out.getvalue())
    assert refused.value.reason is Reason.TOO_LARGE


def test_what_is_too_large_to_read_is_refused() -> None:
    for data in (b" " * (texts.LARGEST + 1), rb"{\rtf1 " + b"a" * LARGEST_RTF):
        with pytest.raises(Unreadable) as refused:
            extract_text(data)
        assert refused.value.reason is Reason.TOO_LARGE


def test_a_long_text_is_kept_to_a_bound() -> None:
    assert len(extract_text(b"long" * 400_000)) == texts.LONGEST


def test_pages_beyond_the_bound_are_not_read() -> None:
    assert extract_text(make_pdf(*["p"] * (texts.PAGES + 2))).split() == ["p"] * texts.PAGES


def test_reading_ends_between_two_pages_when_it_is_told_to() -> None:
    looks = 0

    def look() -> None:
        nonlocal looks
        looks += 1
        if looks == 2:
            raise Locked

    with pytest.raises(Locked):
        extract_text(make_pdf("Un", "Deux", "Trois"), look)
    assert looks == 2


def test_a_stream_that_unpacks_without_end_is_unreadable() -> None:
    packed = zlib.compress(b"\0" * 120_000_000, 9)
    plain = make_pdf("a")
    start = plain.index(b"stream\n") + 7
    head = plain[:start].replace(b"/ASCII85Decode /FlateDecode", b"/FlateDecode")
    with pytest.raises(Unreadable):
        extract_text(head + packed + plain[plain.index(b"endstream") :])
