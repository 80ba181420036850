import pytest

from mes_app.domain.content_types import decode_text, file_extension, sniff_content_type


@pytest.mark.parametrize(
    ("data", "content_type"),
    [
        (b"%PDF-1.7\n", "application/pdf"),
        (b"\n\n%PDF-1.4", "application/pdf"),
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"\x89PNG\r\n\x1a\n", "image/png"),
        (b"II*\x00", "image/tiff"),
        (b"MM\x00*", "image/tiff"),
        (b"{\\rtf1", "application/rtf"),
        ("Résultat : négatif".encode(), "text/plain"),
        ("Résultat : négatif".encode("cp1252"), "text/plain"),
        (b"PK\x03\x04....", "application/zip"),
        (bytes(128) + b"DICM\x02\x00", "application/dicom"),
        (b'<?xml version="1.0"?><!-- <b> --><ClinicalDocument xmlns="urn:hl7-org:v3">', "text/xml"),
        (b'\xef\xbb\xbf\r\n<cda:ClinicalDocument xmlns:cda="urn:hl7-org:v3">', "text/xml"),
        ('<?xml version="1.0" encoding="utf-16"?><ClinicalDocument/>'.encode("utf-16"), "text/xml"),
        (b"<?xml version='1.0'?><Bundle/>", "text/plain"),
        (b"un <ClinicalDocument> dans une phrase", "text/plain"),
        (b"\x00\x01\x02", "application/octet-stream"),
        (b"", "application/octet-stream"),
    ],
)
def test_the_bytes_tell_the_type(data: bytes, content_type: str) -> None:
    assert sniff_content_type(data) == content_type


def test_text_of_old_software_keeps_its_accents() -> None:
    assert decode_text("Œdème évalué".encode("cp1252")) == "Œdème évalué"
    assert decode_text("\ufeffŒdème".encode()) == "Œdème"


def test_a_type_of_no_use_to_us_has_a_neutral_extension() -> None:
    assert (file_extension("application/pdf"), file_extension("x/y")) == ("pdf", "bin")
