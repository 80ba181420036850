from mes_app.domain.record import Kind
from mes_app.fhir.columns import make_overview


def test_columns_are_folded_and_dated_for_searching_and_sorting() -> None:
    overview = make_overview({}, Kind.ALLERGIES, title="Pénicilline", subtitle="Œdème", date="2019-05")
    assert overview.search == "penicilline oedeme"
    assert overview.date_text == "2019-05"
    assert overview.date_key == "2019-04-30T22:00:00Z"


def test_without_a_title_the_narrative_or_the_type_is_one() -> None:
    resource = {"resourceType": "Flag", "text": {"div": "<p>Allergie   au latex</p>"}}
    assert make_overview(resource, Kind.OTHER, title="").title == "Allergie au latex"
    assert make_overview({"resourceType": "Flag"}, Kind.OTHER, title="").title == "Flag"
