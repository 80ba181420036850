"""What a document's bytes really are. The declared type is believed only when the bytes say nothing."""

import re

PDF = "application/pdf"
JPEG = "image/jpeg"
PNG = "image/png"
TIFF = "image/tiff"
RTF = "application/rtf"
CDA = "text/xml"
DICOM = "application/dicom"
ZIP = "application/zip"
TEXT = "text/plain"
UNKNOWN = "application/octet-stream"

IMAGES = (JPEG, PNG, TIFF)

_SIGNATURES = (
    (b"\xff\xd8\xff", JPEG),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"II*\x00", TIFF),
    (b"MM\x00*", TIFF),
    (b"{\\rtf", RTF),
    (b"PK\x03\x04", ZIP),
    (b"PK\x05\x06", ZIP),
)
_EXTENSIONS = {
    PDF: "pdf",
    JPEG: "jpg",
    PNG: "png",
    TIFF: "tiff",
    RTF: "rtf",
    CDA: "xml",
    DICOM: "dcm",
    ZIP: "zip",
    TEXT: "txt",
}
_HEAD = 4096
_DICOM_MARK, _DICOM_MARK_AT = b"DICM", 128
_ROOT = re.compile(r"<(?![?!])(?:[\w.-]+:)?([\w.-]+)")
"""The first element of an XML text, past its declaration and its comments."""


def sniff_content_type(data: bytes) -> str:
    """The type found in the bytes; ``application/octet-stream`` when they say nothing."""
    if b"%PDF-" in data[:1024]:
        return PDF
    for signature, content_type in _SIGNATURES:
        if data.startswith(signature):
            return content_type
    if data[_DICOM_MARK_AT:].startswith(_DICOM_MARK):
        return DICOM
    if _is_clinical_document(data):
        return CDA
    return TEXT if _reads_as_text(data) else UNKNOWN


def file_extension(content_type: str) -> str:
    """The usual extension without dot, ``bin`` for a type of no use to us."""
    return _EXTENSIONS.get(content_type, "bin")


def decode_text(data: bytes) -> str:
    """Text in UTF-8, else in the Windows page of old French software."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _is_clinical_document(data: bytes) -> bool:
    """XML whose root is that of HL7 CDA, in any of the encodings of XML."""
    head = data[:_HEAD]
    wide = head.startswith((b"\xff\xfe", b"\xfe\xff"))
    text = head.decode("utf-16" if wide else "utf-8-sig", errors="replace").lstrip()
    root = _ROOT.search(re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL)) if text.startswith("<") else None
    return root is not None and root[1] == "ClinicalDocument"


def _reads_as_text(data: bytes) -> bool:
    controls = set(range(32)) - {9, 10, 12, 13}
    return bool(data) and not controls.intersection(data[:_HEAD])
