"""The PDF reader of the desktop. Phones have no pypdfium2: there the service has no reader and says so."""

import io
from threading import Lock
from typing import Any

from mes_app.errors import Reason, Unreadable

WRONG_PASSWORD = 4
"""PDFium's FPDF_ERR_PASSWORD."""
LONGEST = 30_000
"""Pixels of the height of a page: a sheet may claim to be as long as it likes."""


def choose_pdf_reader() -> "PdfiumReader | None":
    """The reader of this platform, None where there is none."""
    try:
        import pypdfium2  # noqa: PLC0415 - absent on phones
    except ImportError:
        return None
    return PdfiumReader(pypdfium2)


class PdfiumReader:
    """PDFium behind one lock: the library is not made for threads."""

    def __init__(self, pdfium: Any) -> None:
        self._pdfium = pdfium
        self._lock = Lock()

    def count_pages(self, data: bytes) -> int:
        """How many pages ``data`` has. Raises Unreadable(DAMAGED, PASSWORD_PROTECTED)."""
        with self._lock:
            document = self._open(data)
            try:
                return len(document)
            finally:
                document.close()

    def render_page(self, data: bytes, page: int, width: int) -> bytes:
        """Page ``page`` (from 0) as a PNG of ``width`` pixels. Raises Unreadable(DAMAGED, TOO_LARGE)."""
        with self._lock:
            document = self._open(data)
            try:
                return self._draw(document, page, width)
            finally:
                document.close()

    def _open(self, data: bytes) -> Any:
        try:
            return self._pdfium.PdfDocument(data)
        except self._pdfium.PdfiumError as error:
            locked = getattr(error, "err_code", 0) == WRONG_PASSWORD
            raise Unreadable(Reason.PASSWORD_PROTECTED if locked else Reason.DAMAGED) from error

    def _draw(self, document: Any, page: int, width: int) -> bytes:
        try:
            sheet = document[page]
            scale = width / max(sheet.get_width(), 1)
            if not sheet.get_height() * scale < LONGEST:
                raise Unreadable(Reason.TOO_LARGE)
            image = sheet.render(scale=scale).to_pil()
        except (self._pdfium.PdfiumError, IndexError) as error:
            raise Unreadable(Reason.DAMAGED) from error
        out = io.BytesIO()
        image.save(out, "PNG")
        return out.getvalue()
