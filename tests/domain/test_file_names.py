import pytest
from hypothesis import given
from hypothesis import strategies as st

from mes_app.domain.file_names import LONGEST, FileNames, name_file

NIR = "288077512345622"


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Compte rendu d’hôpital", "Compte rendu d’hôpital.pdf"),
        ("../../etc/passwd", "etc-passwd.pdf"),
        ('a<b>c:d"e|f?g*h\\i', "a-b-c-d-e-f-g-h-i.pdf"),
        ("Bilan\x00\x1b[31m\n\u202erouge\u200b", "Bilan[31m rouge.pdf"),
        (".cache", "cache.pdf"),
        ("Fin. . .", "Fin.pdf"),
        ("con", "_con.pdf"),
        ("LPT1.txt", "_LPT1.txt.pdf"),
        ("COM¹", "_COM1.pdf"),
        ("Conseil", "Conseil.pdf"),
        ("", "document.pdf"),
        ("///", "document.pdf"),
    ],
)
def test_a_title_becomes_a_name_that_every_system_takes(words: str, name: str) -> None:
    assert name_file(words, "pdf") == name


@pytest.mark.parametrize(
    "words",
    [
        f"Synthèse {NIR}",
        f"Synthèse de{NIR}.",
        "Synthèse 2 88 07 75 123 456 22",
        "Synthèse 2\u00a088\u202f07\u200b75 123 456 22",
        "Synthèse 2.88.07.2A.123.456",
        "Synthèse 2/88/07/75/123/456/22",
        "Synthèse ２８８０７７５１２３４５６２２",
        "Synthèse 01890000-0000-7000-8000-000000000001",
        "Synthèse 1.2.250.1.213.1.4.8",
        "Synthèse IPP8001234567",
        "Synthèse N° 10003456789",
    ],
)
def test_z12_no_health_number_nor_other_identifier_is_in_a_file_name(words: str) -> None:
    left = name_file(words)
    assert left.startswith("Synthèse")
    assert not any(letter.isdigit() for letter in left)


def test_what_a_reader_needs_of_numbers_stays() -> None:
    assert name_file("2026-11-03 Vitamine B12, 2 x 500 mg (3/4)") == "2026-11-03 Vitamine B12, 2 x 500 mg (3-4)"


def test_two_files_never_have_the_same_place_whatever_the_system_compares() -> None:
    names = FileNames()
    given_names = [names.take("Léa", words, "pdf") for words in ("Bilan", "BILAN", "bilan (2)", "Bilan", "Bilàn")]
    assert given_names == [
        "Léa/Bilan.pdf",
        "Léa/BILAN (2).pdf",
        "Léa/bilan (2) (2).pdf",
        "Léa/Bilan (3).pdf",
        "Léa/Bilàn (4).pdf",
    ]
    assert names.take("Zoé", "Bilan", "pdf") == "Zoé/Bilan.pdf"
    assert names.take("", "Léa") == "Léa"


@given(st.lists(st.text(max_size=300), max_size=4))
def test_any_title_has_a_short_name_without_anything_unseen(titles: list[str]) -> None:
    names = FileNames()
    for title in titles * 2:
        name = names.take("", title, "pdf")
        assert len(name) <= LONGEST
        assert len(name.encode()) <= 255
        assert name.isprintable()
        assert not set(name) & set('<>:"/\\|?*')
        assert name.endswith(".pdf")
        assert name[0] not in " .-~"
