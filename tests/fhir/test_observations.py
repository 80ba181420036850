import pytest

from mes_app.domain.record import Kind
from mes_app.fhir.observations import observation_kind, summarise_observation
from tests.fhir.reading import sample


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("blood_pressure", Kind.MEASURES),
        ("weight", Kind.MEASURES),
        ("bmi", Kind.MEASURES),
        ("tobacco", Kind.HABITS),
        ("handicap", Kind.HANDICAP),
        ("blood_group", Kind.BLOOD_GROUP),
        ("laboratory", Kind.RESULTS),
    ],
)
def test_each_observation_finds_its_kind(name: str, kind: Kind) -> None:
    assert summarise_observation(sample(name)).kind is kind


def test_the_code_decides_before_the_category() -> None:
    assert observation_kind(sample("blood_group")) is Kind.BLOOD_GROUP
    assert observation_kind(sample("weight", category=[{"coding": [{"code": "laboratory"}]}])) is Kind.MEASURES
    assert observation_kind(sample("weight", code={"coding": [{"code": "inconnu"}]})) is Kind.MEASURES


def test_an_observation_that_says_nothing_of_itself_is_a_result() -> None:
    assert observation_kind({}) is Kind.RESULTS
    assert observation_kind({"code": "poids", "category": "vital-signs"}) is Kind.RESULTS
