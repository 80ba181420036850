"""The sheet to print: the code in its groups, how to use it, and nobody's name."""

import io
from datetime import UTC, datetime
from pathlib import Path

from pypdf import PdfReader

from mes_app.pdf.recovery_sheets import render_recovery_sheet

FONTS = Path(__file__).parents[2] / "assets" / "fonts"
GROUPS = ("7K2M", "0QX9", "B4TD", "WZ81", "H5NC", "3RVE", "P6SA")
MADE = datetime(2026, 11, 21, 13, 5, tzinfo=UTC)


def read() -> PdfReader:
    return PdfReader(io.BytesIO(render_recovery_sheet(GROUPS, MADE, FONTS)))


def words(reader: PdfReader) -> str:
    return " ".join(" ".join(page.extract_text().split()) for page in reader.pages)


def test_it_is_one_page_with_every_group_under_its_number() -> None:
    reader = read()
    said = words(reader)
    assert len(reader.pages) == 1
    assert [f"{place} {group}" in said for place, group in enumerate(GROUPS, start=1)] == [True] * len(GROUPS)


def test_it_says_when_it_was_made_where_to_keep_it_and_how_to_use_it() -> None:
    said = words(read())
    assert "Faite le sam. 21 nov. 2026" in said
    assert "Où garder cette fiche" in said
    assert "Comment s’en servir" in said
    assert "Un nouveau code remplace celui-ci" in said


def test_c4_its_metadata_name_the_app_and_nothing_else() -> None:
    reader = read()
    assert reader.metadata
    assert reader.metadata.title == "Fiche de récupération"
    assert reader.metadata.author == "Mes carnets"
    assert not any(group in str(reader.metadata) for group in GROUPS)
    raw = render_recovery_sheet(GROUPS, MADE, FONTS)
    assert b"/JavaScript" not in raw
    assert b"/URI" not in raw
