"""Several photographs as one document: a PDF, one picture a page, in the order given."""

import io
from collections.abc import Sequence

from reportlab import rl_config
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

MARGIN = 18.0
rl_config.useA85 = 0  # the only place to say it: a picture is written as its bytes, and not a quarter longer as letters


def bind_photos(pictures: Sequence[bytes], title: str) -> bytes:
    """A PDF of upright JPEG ``pictures``, kept as they are: each fills an A4 page, which lies where it does."""
    out = io.BytesIO()
    canvas = Canvas(out, pageCompression=1, invariant=True)
    canvas.setTitle(title)
    for picture in pictures:
        _draw_page(canvas, ImageReader(io.BytesIO(picture)))
    canvas.save()
    return out.getvalue()


def _draw_page(canvas: Canvas, picture: ImageReader) -> None:
    width, height = picture.getSize()
    sheet = (A4[1], A4[0]) if width > height else A4
    scale = min((sheet[0] - 2 * MARGIN) / width, (sheet[1] - 2 * MARGIN) / height)
    drawn = width * scale, height * scale
    canvas.setPageSize(sheet)
    canvas.drawImage(picture, (sheet[0] - drawn[0]) / 2, (sheet[1] - drawn[1]) / 2, *drawn)
    canvas.showPage()
