import io
from pathlib import Path

import pytest
from pypdf import PdfReader
from reportlab.platypus import PageBreak, Paragraph

from mes_app.pdf import layout

FONTS = Path(__file__).parents[2] / "assets" / "fonts"


def test_each_page_says_its_number_and_how_many_there_are() -> None:
    layout.register_fonts(FONTS)
    front = layout.Front("Titre", "Auteur", "fr-FR", "au pied", "#0B6E69")
    story = [Paragraph("un", layout.BODY), PageBreak(), Paragraph("deux", layout.BODY)]
    pages = PdfReader(io.BytesIO(layout.build_document(front, story))).pages
    assert ["page 1/2" in pages[0].extract_text(), "page 2/2" in pages[1].extract_text()] == [True, True]
    assert "au pied" in pages[1].extract_text()


def test_a_missing_font_is_found_at_once(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        layout.register_fonts(tmp_path)
