"""Show a document inside the app: pages of a PDF and pictures become images, text and narratives stay text.

Only the port to the platform's PDF reader is known here; where there is none, « Ouvrir avec » remains.
"""

import asyncio
import io
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from PIL import ImageOps

from mes_app.domain import content_types
from mes_app.domain.clinical_documents import ClinicalDocument
from mes_app.domain.documents import Content
from mes_app.domain.scans import Scan, Window
from mes_app.errors import Reason, Unreadable
from mes_app.formats.cda import read_cda
from mes_app.formats.dicom import read_scan, render_frame
from mes_app.formats.pdf import unlock_pdf
from mes_app.formats.pictures import open_picture
from mes_app.formats.rtf import read_rtf

MAX_TEXT = 200_000


class PdfReader(Protocol):
    """The platform's way to see a PDF. Both raise Unreadable(DAMAGED, PASSWORD_PROTECTED)."""

    def count_pages(self, data: bytes) -> int:
        """How many pages ``data`` has."""

    def render_page(self, data: bytes, page: int, width: int) -> bytes:
        """Page ``page`` (from 0) as a PNG of ``width`` pixels."""


class PreviewKind(StrEnum):
    """How a document is shown."""

    PAGES = "pages"
    TEXT = "text"
    NARRATIVE = "narrative"
    SCAN = "scan"


@dataclass(frozen=True, slots=True)
class Preview:
    """``pages`` images to ask for one by one, ``text``, a ``narrative``, or the frames of a ``scan``.

    ``source``: what the images are drawn from where it is not the content itself: a file inside it, or one unlocked.
    """

    kind: PreviewKind
    pages: int = 0
    text: str = ""
    narrative: ClinicalDocument | None = None
    scan: Scan | None = None
    source: Content | None = None


class Previews:
    """Makes previews off the event loop. ``pdf_reader`` is None where the platform has none."""

    def __init__(self, pdf_reader: PdfReader | None) -> None:
        self._pdf_reader = pdf_reader

    async def preview(self, content: Content, password: str = "") -> Preview:
        """What to show.

        Raises Unreadable: NO_PREVIEW for other types, DAMAGED, TOO_LARGE or TOO_DEEP for broken files, and
        PASSWORD_PROTECTED; Rejected("password", WRONG_PASSWORD). The password is not kept.
        """
        return await asyncio.to_thread(self._preview, content, password)

    async def render_page(self, content: Content, page: int, width: int) -> bytes:
        """Page ``page`` (from 0) as a PNG at most ``width`` pixels wide. Raises as ``preview``."""
        if content.content_type == content_types.PDF:
            return await asyncio.to_thread(self._pdf().render_page, content.data, page, width)
        return await asyncio.to_thread(_render_image, content.data, page, width)

    async def render_frame(self, content: Content, frame: int, window: Window | None) -> bytes:
        """Frame ``frame`` (from 0) of a scan as a PNG. Raises as ``preview``."""
        return await asyncio.to_thread(render_frame, content.data, frame, window)

    def _preview(self, content: Content, password: str) -> Preview:
        found = read_cda(content.data) if content.content_type == content_types.CDA else None
        if found and found.carried is None:
            return Preview(PreviewKind.NARRATIVE, narrative=found)
        return self._preview_file(_take_out(found.carried) if found and found.carried else content, password)

    def _preview_file(self, content: Content, password: str) -> Preview:
        match content.content_type:
            case content_types.TEXT:
                return Preview(PreviewKind.TEXT, text=content_types.decode_text(content.data)[:MAX_TEXT])
            case content_types.RTF:
                return Preview(PreviewKind.TEXT, text=read_rtf(content.data)[:MAX_TEXT])
            case content_types.DICOM:
                return Preview(PreviewKind.SCAN, scan=read_scan(content.data), source=content)
            case content_types.PDF if password:
                content = content.model_copy(update={"data": unlock_pdf(content.data, password)})
        return Preview(PreviewKind.PAGES, pages=self._count_pages(content), source=content)

    def _count_pages(self, content: Content) -> int:
        if content.content_type == content_types.PDF:
            return self._pdf().count_pages(content.data)
        if content.content_type in content_types.IMAGES:
            with open_picture(content.data) as image:
                return int(getattr(image, "n_frames", 1))
        raise Unreadable(Reason.NO_PREVIEW)

    def _pdf(self) -> PdfReader:
        if self._pdf_reader is None:
            raise Unreadable(Reason.NO_PREVIEW)
        return self._pdf_reader


def _take_out(data: bytes) -> Content:
    """The file that a clinical document carries."""
    content_type = content_types.sniff_content_type(data)
    return Content(
        data=data, content_type=content_type, file_name=f"document.{content_types.file_extension(content_type)}"
    )


def _render_image(data: bytes, page: int, width: int) -> bytes:
    with open_picture(data) as image:
        try:
            image.seek(page)
            upright = ImageOps.exif_transpose(image).convert("RGB")
        except (EOFError, OSError, ValueError, SyntaxError) as error:
            raise Unreadable(Reason.DAMAGED) from error
    upright.thumbnail((width, upright.height * width // max(upright.width, 1) or 1))
    out = io.BytesIO()
    upright.save(out, "PNG")
    return out.getvalue()
