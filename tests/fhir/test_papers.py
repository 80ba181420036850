from mes_app.domain.documents import Category, Document
from mes_app.domain.papers import PaperKind
from mes_app.domain.values import Coded, PartialDate
from mes_app.fhir.papers import put_paper, read_paper

CARD = Document(
    title="Carte européenne",
    type=Coded(text=""),
    category=Category.ADMINISTRATIVE,
    paper=PaperKind.EUROPEAN,
    expires=PartialDate(text="2026-12"),
)
TOLD = {"text": "Consultation"}


def test_what_else_the_context_says_stays() -> None:
    resource = {"context": {"event": [TOLD], "period": {"start": "2024-12-01"}, "related": [{"display": "x"}]}}
    put_paper(resource, CARD)
    assert read_paper(resource, Category.ADMINISTRATIVE) == (CARD.paper, CARD.expires)
    assert resource["context"]["event"][0] == TOLD  # type: ignore[index]
    put_paper(resource, CARD.model_copy(update={"paper": None, "expires": None}))
    assert resource == {"context": {"event": [TOLD], "period": {"start": "2024-12-01"}, "related": [{"display": "x"}]}}


def test_the_end_of_a_stay_is_not_taken_for_the_end_of_a_card() -> None:
    stay = {"context": {"period": {"start": "2026-01-01", "end": "2026-01-04"}}}
    assert read_paper(stay, Category.REPORTS) == (None, None)


def test_a_piece_that_says_nothing_is_read_all_the_same() -> None:
    assert read_paper({}, Category.ADMINISTRATIVE) == (None, None)
    assert read_paper({"context": {"event": "?", "period": 4}}, Category.ADMINISTRATIVE) == (None, None)
