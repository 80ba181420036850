"""Show a document inside the app: pages of a PDF and pictures become images, text stays text.

Only the port to the platform's PDF reader is known here; where there is none, « Ouvrir avec » remains.
"""

import asyncio
import io
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from PIL import ImageOps

from mes_app.domain import content_types
from mes_app.domain.documents import Content
from mes_app.errors import Reason, Unreadable
from mes_app.formats.pictures import open_picture

MAX_TEXT = 200_000


class PdfReader(Protocol):
    """The platform's way to see a PDF. Both raise Unreadable(DAMAGED)."""

    def count_pages(self, data: bytes) -> int:
        """How many pages ``data`` has."""

    def render_page(self, data: bytes, page: int, width: int) -> bytes:
        """Page ``page`` (from 0) as a PNG of ``width`` pixels."""


class PreviewKind(StrEnum):
    """How a document is shown."""

    PAGES = "pages"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Preview:
    """``pages`` images to ask for one by one, or ``text``."""

    kind: PreviewKind
    pages: int = 0
    text: str = ""


class Previews:
    """Makes previews off the event loop. ``pdf_reader`` is None where the platform has none."""

    def __init__(self, pdf_reader: PdfReader | None) -> None:
        self._pdf_reader = pdf_reader

    async def preview(self, content: Content) -> Preview:
        """What to show. Raises Unreadable(NO_PREVIEW) for other types, Unreadable(DAMAGED) for broken files."""
        if content.content_type == content_types.TEXT:
            return Preview(PreviewKind.TEXT, text=content_types.decode_text(content.data)[:MAX_TEXT])
        return Preview(PreviewKind.PAGES, pages=await asyncio.to_thread(self._count_pages, content))

    async def render_page(self, content: Content, page: int, width: int) -> bytes:
        """Page ``page`` (from 0) as a PNG at most ``width`` pixels wide. Raises as ``preview``."""
        if content.content_type == content_types.PDF:
            return await asyncio.to_thread(self._pdf().render_page, content.data, page, width)
        return await asyncio.to_thread(_render_image, content.data, page, width)

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
