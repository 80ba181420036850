from mes_app.domain.record import Kind
from mes_app.domain.results import Result
from tests.fhir.reading import opened, summary


def test_a_number_of_the_laboratory_keeps_its_digits_its_range_and_its_interpretation() -> None:
    overview = summary("laboratory")
    assert (overview.kind, overview.title, overview.value, overview.unit) == (Kind.RESULTS, "TSH", 2.31, "m[IU]/L")
    result = opened("laboratory")
    assert isinstance(result, Result)
    assert result.value is not None
    assert (str(result.value.value), result.reference, result.interpretation) == (
        "2.310",
        "0.40 mUI/L – 4.00 mUI/L",
        "Normal",
    )


def test_a_report_shows_its_conclusion() -> None:
    overview = summary("report")
    assert (overview.title, overview.subtitle) == ("Bilan thyroïdien", "Euthyroïdie sous traitement.")
    report = opened("report")
    assert isinstance(report, Result)
    assert (report.text, report.author) == ("Euthyroïdie sous traitement.", "Laboratoire des Brotteaux")


def test_an_answer_in_words_is_the_text_of_a_result() -> None:
    result = opened("laboratory", valueQuantity=None, valueCodeableConcept={"text": "Négatif"})
    assert isinstance(result, Result)
    assert (result.value, result.text) == (None, "Négatif")
