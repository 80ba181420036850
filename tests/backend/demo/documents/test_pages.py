from collections.abc import Callable
from datetime import date
from io import BytesIO

from pypdf import PdfReader

from mes_backend.demo.documents.markups import make_story
from mes_backend.demo.documents.pages import make_pdf
from mes_backend.demo.documents.sheets import Sheet
from mes_backend.demo.people import Member
from mes_backend.demo.professionals import list_professionals

ACCENTS = "àâäçéèêëîïôöùûüÿ ÀÂÇÉÈÊËÎÏÔÙÛ œ Œ æ µ ≥ ≤ ± ² ° – ’ « » € …"


def test_every_french_letter_and_sign_is_printed(print_text: Callable[..., str]) -> None:
    text = print_text(list_professionals()["aubry"], lambda colour: make_story(ACCENTS, colour))
    assert ACCENTS in text


def test_the_same_sheet_is_the_same_file(members: dict[str, Member]) -> None:
    sheet = Sheet("Essai", members["leo"], list_professionals()["noel"], date(2026, 1, 2), lambda _: [])
    assert make_pdf(sheet) == make_pdf(sheet)


def test_pages_are_numbered_to_the_last(members: dict[str, Member]) -> None:
    text = "\n".join(f"Ligne {number}" for number in range(60))
    sheet = Sheet(
        "Essai", members["leo"], list_professionals()["noel"], date(2026, 1, 2), lambda colour: make_story(text, colour)
    )
    reader = PdfReader(BytesIO(make_pdf(sheet)))
    assert len(reader.pages) == 2
    assert "Page 2 / " in reader.pages[1].extract_text()
    assert reader.metadata is not None
    assert (reader.metadata.title, reader.metadata.author) == ("Essai", "Dr Béatrice Noël")


def test_every_sheet_says_it_is_fictional_and_is_signed(print_text: Callable[..., str]) -> None:
    text = print_text(list_professionals()["aubry"], lambda _: [])
    assert "Document fictif de démonstration" in text
    assert text.count("Dr Hélène Aubry") >= 2
