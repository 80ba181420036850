from mes_app.domain.record import Kind
from mes_app.domain.sections.habits import Habit
from mes_app.domain.values import Coded, PartialDate
from mes_app.fhir.answers import answer_date, answer_text, put_answer_date, summarise_answer
from tests.fhir.reading import sample


def test_a_question_is_shown_with_its_answer() -> None:
    overview = summarise_answer(sample("handicap"), Kind.HANDICAP)
    assert (overview.kind, overview.title, overview.subtitle) == (
        Kind.HANDICAP,
        "Handicap auditif",
        "Appareillage bilatéral, taux 50-79 %",
    )


def test_an_answer_is_words_a_quantity_or_a_line_for_each_part() -> None:
    parts = [
        {"code": {"text": "Aspect"}, "valueString": "clair"},
        {"code": {"text": "pH"}, "valueQuantity": {"value": 6}},
        {"code": {"text": "Vide"}},
    ]
    assert answer_text({"valueQuantity": {"value": 3, "unit": "verres"}}) == "3 verres"
    assert answer_text({"component": parts}) == "Aspect : clair\npH : 6"
    assert answer_text({}) == ""


def test_it_holds_at_its_effective_moment_else_when_it_was_issued() -> None:
    assert answer_date(sample("tobacco")) == PartialDate(text="2026-01")
    assert answer_date({"issued": "2026-01-02T10:00:00Z"}) == PartialDate(text="2026-01-02T10:00:00Z")


def test_without_its_date_it_is_not_dated_by_when_it_was_issued() -> None:
    resource = sample("tobacco") | {"issued": "2026-01-02T10:00:00Z"}
    put_answer_date(resource, Habit(topic=Coded(text="Tabac")))
    assert answer_date(resource) is None
