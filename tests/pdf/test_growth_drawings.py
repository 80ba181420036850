import io

import pytest
from pypdf import PdfReader
from reportlab.lib.colors import HexColor

from mes_app.domain.growth import CURVES
from mes_app.domain.growth_curves import GrowthCurve
from mes_app.i18n import t
from mes_app.pdf import layout
from mes_app.pdf.growth_drawings import draw_curves
from tests.pdf.booklets import CHILD, FONTS, make_booklet


@pytest.fixture(scope="module")
def page() -> str:
    layout.register_fonts(FONTS)
    front = layout.Front("Titre", "Auteur", "fr-FR", "au pied", "#0B6E69")
    curves = tuple(draw_curves(make_booklet().booklet.curves, CHILD, HexColor("#0B6E69")))
    reader = PdfReader(io.BytesIO(layout.build_document(front, curves)))
    assert len(reader.pages) == 1
    assert not reader.pages[0].images
    return reader.pages[0].extract_text()


def test_four_curves_stand_on_one_page_drawn_as_lines_and_told_in_words(page: str) -> None:
    for measure in CURVES:
        assert t(f"growth.name_{measure}") in page
    assert page.count(t("booklet.pdf.curve_until_2")) == 4


def test_ages_and_the_names_of_lines_are_on_each(page: str) -> None:
    lines = page.splitlines()
    assert lines.count("18 mois") == 4
    assert lines.count("97") == 4


def test_a_curve_without_values_is_drawn_as_well() -> None:
    empty = tuple(GrowthCurve(measure) for measure in CURVES)
    assert len(list(draw_curves(empty, CHILD, HexColor("#0B6E69")))) == 2
