"""One page of the booklet of a child on paper: its examination, what was measured and noted, and small photos."""

import io
from collections.abc import Iterator, Mapping, Sequence
from xml.sax.saxutils import escape

from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.platypus import Flowable, Image, KeepTogether, Paragraph, Spacer, Table

from mes_app import i18n
from mes_app.domain.booklets import BookletPage, Photo
from mes_app.domain.sections.pages import Page
from mes_app.i18n import t
from mes_app.i18n.prevention import prevention_state
from mes_app.pdf import layout

PHOTOS_BESIDE = 3
_SIDE = 54 * mm
_NAME = layout.style("page", fontName=layout.SEMIBOLD, fontSize=11.5, leading=15, spaceBefore=8)


def draw_page(page: BookletPage, pictures: Mapping[str, bytes]) -> Iterator[Flowable]:
    """What is on ``page``; ``pictures`` are JPEG by the id of their photo. Its name never stands alone at a foot."""
    told = [*_tell_facts(page), Spacer(1, 3), *(words for note in page.notes for words in _tell_note(note))]
    yield KeepTogether([Paragraph(escape(page.name), _NAME), *told[:4]])
    yield from told[4:]
    for start in range(0, len(page.photos), PHOTOS_BESIDE):
        yield Spacer(1, 6)
        yield _draw_photos(page.photos[start : start + PHOTOS_BESIDE], pictures)
    yield Spacer(1, 6)


def _tell_facts(page: BookletPage) -> Iterator[Flowable]:
    if page.exam:
        state = prevention_state(page.exam.state, page.exam.due, page.exam.done)
        yield Paragraph(escape(t("booklet.exam_state", state=state)), layout.SMALL)
    measured = [f"{row.title} : {i18n.quantity(row.value, row.unit)}" for row in page.measures if row.value is not None]
    if measured:
        yield Paragraph(escape(" · ".join(measured)), layout.SMALL)


def _tell_note(note: Page) -> Iterator[Flowable]:
    """The words as they were typed, then who wrote them and of which day they are."""
    if not note.text:
        return
    for words in note.text.splitlines():
        if words.strip():
            yield Paragraph(escape(words), layout.BODY)
    day = [i18n.partial(note.date.text)] if note.date else []
    yield Paragraph(escape(" · ".join([*day, *([note.author] if note.author else [])])), layout.SMALL)


def _draw_photos(photos: Sequence[Photo], pictures: Mapping[str, bytes]) -> Table:
    cells = [_draw_photo(pictures.get(photo.id)) for photo in photos]
    table = Table([cells], colWidths=[_SIDE + 2 * mm] * len(cells), hAlign="LEFT")
    table.setStyle(layout.BARE)
    return table


def _draw_photo(picture: bytes | None) -> Flowable:
    """The whole of it, within a square."""
    if picture is None:
        return Paragraph(t("booklet.pdf.photo_absent"), layout.SMALL)
    width, height = ImageReader(io.BytesIO(picture)).getSize()
    scale = _SIDE / max(width, height)
    return Image(io.BytesIO(picture), width * scale, height * scale)
