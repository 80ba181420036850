"""Judge a file before it becomes a document: what it really is, and whether it only shows, or also acts.

What acts is taken out where the rest stays whole, else the file is refused. What a file is called and what it says of
itself count for nothing.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from mes_app.domain.content_types import CDA, JPEG, PDF, PNG, RTF, TEXT, TIFF, UNKNOWN, ZIP, sniff_content_type
from mes_app.errors import Reason, Rejected, Unreadable
from mes_app.formats.pdf_cleaning import Removed, clean_pdf
from mes_app.formats.pictures import check_picture, clean_picture, hides_more

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PARTS = (b"[Content_Types].xml", b"mimetypeapplication/vnd.oasis")
"""Near the start of the ZIP archives that word processors and spreadsheets write."""
_PROGRAMS = (b"\x7fELF", b"\xfe\xed\xfa", b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe", b"#!", b"L\x00\x00\x00\x01")
_SCRIPT = re.compile(
    rb"<\s*(script|html|svg|iframe|object|embed|hta)\b|<!doctype\s+html|<\?php|<%@|javascript:|"
    rb"^\s*@echo\s+off|^\s*(powershell|cmd\.exe|wscript)\b|\bnew\s+ActiveXObject\b|^MIME-Version:",
    re.IGNORECASE | re.MULTILINE,
)
_RTF_ACTING = re.compile(
    rb"\\(object|objdata|objocx|objlink|objemb|objautlink|ddeauto)\b|\\fldinst\b[^}]{0,200}\bDDE(AUTO)?\b",
    re.IGNORECASE,
)

Cleaned = tuple[bytes, frozenset[Removed]]


@dataclass(frozen=True, slots=True)
class Judged:
    """A file that only shows: ``data`` as it may be kept, and what was ``removed`` from it."""

    data: bytes
    content_type: str
    removed: frozenset[Removed] = frozenset()


def judge_file(data: bytes) -> Judged:
    """``data`` as it may be kept.

    Raises Rejected("file"): MISSING when empty, FORMAT_NOT_ACCEPTED, OFFICE_FILE, ACTIVE_FILE, DAMAGED_FILE,
    TOO_COMPLEX for what would fill the memory of whoever opens it.
    """
    if not data:
        raise Rejected("file", Reason.MISSING)
    if data.startswith(_OLE) or (data.startswith(b"PK") and any(part in data for part in _PARTS)):
        raise Rejected("file", Reason.OFFICE_FILE)
    if data.startswith(_PROGRAMS) or (data.startswith(b"MZ") and b"\0" in data[:64]):
        raise Rejected("file", Reason.ACTIVE_FILE)
    content_type = sniff_content_type(data)
    if content_type in (UNKNOWN, ZIP):
        raise Rejected("file", Reason.FORMAT_NOT_ACCEPTED)
    check = _CHECKS.get(content_type)
    cleaned, removed = check(data, content_type) if check else (data, frozenset[Removed]())
    return Judged(cleaned, content_type, removed)


def _judge_pdf(data: bytes, _content_type: str) -> Cleaned:
    return clean_pdf(data)


def _judge_picture(data: bytes, content_type: str) -> Cleaned:
    try:
        check_picture(data)
        if hides_more(data, content_type):
            return clean_picture(data), frozenset({Removed.HIDDEN})
    except Unreadable as error:
        reason = Reason.TOO_COMPLEX if error.reason is Reason.TOO_LARGE else Reason.DAMAGED_FILE
        raise Rejected("file", reason) from error
    return data, frozenset()


def _judge_text(data: bytes, _content_type: str) -> Cleaned:
    if _SCRIPT.search(data):
        raise Rejected("file", Reason.ACTIVE_FILE)
    return data, frozenset()


def _judge_rtf(data: bytes, _content_type: str) -> Cleaned:
    if _RTF_ACTING.search(data):
        raise Rejected("file", Reason.ACTIVE_FILE)
    return data, frozenset()


_CHECKS: dict[str, Callable[[bytes, str], Cleaned]] = {
    PDF: _judge_pdf,
    JPEG: _judge_picture,
    PNG: _judge_picture,
    TIFF: _judge_picture,
    RTF: _judge_rtf,
    TEXT: _judge_text,
    CDA: _judge_text,
}
