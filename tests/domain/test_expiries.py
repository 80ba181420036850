from datetime import date

from mes_app.domain.documents import Category, Document
from mes_app.domain.expiries import list_expiries
from mes_app.domain.papers import PaperKind
from mes_app.domain.values import Coded, PartialDate

TODAY = date(2026, 11, 22)


def paper(title: str, expires: str, kind: PaperKind | None = None, *, superseded: bool = False) -> Document:
    return Document(
        title=title,
        type=Coded(text=""),
        category=Category.ADMINISTRATIVE,
        paper=kind,
        expires=PartialDate(text=expires) if expires else None,
        superseded=superseded,
    )


def told(*papers: Document) -> list[tuple[str, int]]:
    return [(expiry.paper.title, expiry.days_left) for expiry in list_expiries(papers, TODAY)]


def test_the_most_urgent_comes_first_and_what_is_far_is_not_told() -> None:
    papers = paper("Mutuelle", "2026-12-31"), paper("Identité", "2026-11-20"), paper("Autre", "2030"), paper("Rien", "")
    assert told(*papers) == [("Identité", -2), ("Mutuelle", 39)]


def test_a_card_that_was_renewed_is_no_longer_told() -> None:
    former, new = (paper("Carte", day, PaperKind.EUROPEAN) for day in ("2026-12-01", "2028-12-01"))
    assert told(former, new) == []
    assert told(former, paper("Mutuelle", "2028", PaperKind.COMPLEMENTARY)) == [("Carte", 9)]


def test_a_former_version_is_not_told() -> None:
    assert told(paper("Carte", "2026-12-01", superseded=True)) == []
