"""What a document's bytes really are. The declared type is believed only when the bytes say nothing."""

PDF = "application/pdf"
JPEG = "image/jpeg"
PNG = "image/png"
TIFF = "image/tiff"
RTF = "application/rtf"
TEXT = "text/plain"
UNKNOWN = "application/octet-stream"

IMAGES = (JPEG, PNG, TIFF)

_SIGNATURES = (
    (b"\xff\xd8\xff", JPEG),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"II*\x00", TIFF),
    (b"MM\x00*", TIFF),
    (b"{\\rtf", RTF),
)
_EXTENSIONS = {PDF: "pdf", JPEG: "jpg", PNG: "png", TIFF: "tiff", RTF: "rtf", TEXT: "txt"}


def sniff_content_type(data: bytes) -> str:
    """The type found in the bytes; ``application/octet-stream`` when they say nothing."""
    if b"%PDF-" in data[:1024]:
        return PDF
    for signature, content_type in _SIGNATURES:
        if data.startswith(signature):
            return content_type
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


def _reads_as_text(data: bytes) -> bool:
    controls = set(range(32)) - {9, 10, 12, 13}
    return bool(data) and not controls.intersection(data[:4096])
