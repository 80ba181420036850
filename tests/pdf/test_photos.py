import io

from pypdf import PdfReader

from mes_app.pdf.photos import bind_photos
from tests.services.family import image


def test_each_photo_is_a_page_that_lies_as_it_does_in_the_order_given() -> None:
    upright, lying = image("JPEG", (300, 400)), image("JPEG", (400, 300))
    pages = PdfReader(io.BytesIO(bind_photos([lying, upright, lying], "Ordonnance"))).pages
    assert [page.mediabox.width > page.mediabox.height for page in pages] == [True, False, True]


def test_the_bytes_of_a_photo_are_kept_as_they_are() -> None:
    picture = image("JPEG", (300, 400))
    bound = bind_photos([picture], "Ordonnance")
    assert picture in bound
    assert PdfReader(io.BytesIO(bound)).metadata["/Title"] == "Ordonnance"  # type: ignore[index]
