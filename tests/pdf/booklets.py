"""Booklets for the tests of this folder: of a girl of 14 months, with as much in them as a test asks for."""

import io
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from PIL import Image
from pypdf import PdfReader

from mes_app.domain.booklets import Booklet, Photo, PrintedBooklet, arrange_pages
from mes_app.domain.growth import CURVES, Child
from mes_app.domain.growth_curves import make_curves
from mes_app.domain.measure_types import MeasureType
from mes_app.domain.people import Profile, Sex
from mes_app.domain.prevention import Evidence, list_prevention
from mes_app.domain.record import Kind, Row
from mes_app.domain.sections.pages import Page
from mes_app.domain.sections.teeth import Tooth
from mes_app.domain.values import PartialDate
from mes_app.domain.vocabularies import make_coded
from mes_app.pdf.booklets import render_booklet

FONTS = Path(__file__).parents[2] / "assets" / "fonts"
BIRTH = date(2025, 9, 8)
TODAY = date(2026, 11, 22)
CHILD = Child(BIRTH, Sex.FEMALE)
PROFILE = Profile(pid="p", name="Jeanne <Œuvrard>", birth=PartialDate(text=BIRTH.isoformat()), sex=Sex.FEMALE)
PAGE = "urn:uuid:page"


def draw_picture(width: int = 60, height: int = 40) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), (11, 110, 105)).save(out, "JPEG")
    return out.getvalue()


def make_rows(measure: MeasureType, start: float, count: int) -> list[Row]:
    days = [BIRTH + timedelta(days=7 * rank) for rank in range(count)]
    return [
        Row(
            id=f"{measure}-{rank}",
            profile="p",
            kind=Kind.MEASURES,
            title=str(measure),
            category=measure,
            date_text=day.isoformat(),
            value=start * (1 + rank / 100),
            unit=CURVES[measure],
        )
        for rank, day in enumerate(days)
    ]


def make_tooth(number: str, since: str = "", until: str = "") -> Tooth:
    days = {name: PartialDate(text=text) for name, text in (("since", since), ("until", until)) if text}
    return Tooth(tooth=make_coded(Kind.TEETH, "tooth", number), **days)


def make_booklet(
    *, notes: tuple[Page, ...] = (), photos: int = 0, measured: int = 3, teeth: tuple[Tooth, ...] = ()
) -> PrintedBooklet:
    """``photos`` of which the last one is not on the device; ``measured``: weights and heights, a week apart."""
    rows = {
        MeasureType.WEIGHT: make_rows(MeasureType.WEIGHT, 3.2, measured),
        MeasureType.HEIGHT: make_rows(MeasureType.HEIGHT, 49, measured),
    }
    taken = [Photo(id=str(number), page=PAGE, title="Photo") for number in range(photos)]
    items = list_prevention(BIRTH, Sex.FEMALE, Evidence(), {}, TODAY)
    pages = arrange_pages(notes, taken, [row for each in rows.values() for row in each], items)
    booklet = Booklet(PROFILE, CHILD, make_curves(CHILD, rows), tuple(items), teeth, pages)
    pictures = {photo.id: draw_picture(60, 40 + number) for number, photo in enumerate(taken[:-1])}
    return PrintedBooklet(booklet, datetime(2026, 11, 22, 9, 30, tzinfo=UTC), "Camille Œuvrard", pictures)


def read(printed: PrintedBooklet) -> PdfReader:
    return PdfReader(io.BytesIO(render_booklet(printed, FONTS)))


def words(reader: PdfReader) -> str:
    return " ".join(" ".join(page.extract_text().split()) for page in reader.pages)
