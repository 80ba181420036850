from datetime import date

from mes_backend.demo.documents.sheets import Author, Sheet, load_fonts, style, write_hex
from mes_backend.demo.people import Member
from mes_backend.demo.professionals import list_organizations, list_professionals


def test_the_paper_is_that_of_the_author(members: dict[str, Member]) -> None:
    authors: list[Author] = [list_professionals()["garnier"], list_organizations()["caisse"], members["camille"]]
    sheets = [Sheet("Essai", members["camille"], author, date(2026, 1, 1), lambda _: []) for author in authors]
    assert [sheet.kind for sheet in sheets] == ["laboratory", "administration", "personal"]


def test_a_style_is_made_once_with_its_colour() -> None:
    load_fonts()
    assert style(9, colour="#0f5c63") is style(9, colour="#0f5c63")
    assert write_hex(style(9, colour="#0f5c63").textColor) == "#0f5c63"
