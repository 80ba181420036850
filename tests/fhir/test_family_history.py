from mes_app.domain.record import Kind
from mes_app.domain.sections.family_history import FamilyHistory
from mes_app.domain.values import Coded, PartialDate
from tests.fhir.reading import opened, summary


def test_a_list_shows_the_diseases_and_the_relative() -> None:
    overview = summary("family_history")
    assert (overview.kind, overview.title, overview.subtitle, overview.code) == (
        Kind.FAMILY_HISTORY,
        "Cancer du sein, Diabète de type 2",
        "Mère",
        "MTH",
    )


def test_the_history_of_a_relative_opens() -> None:
    assert opened("family_history") == FamilyHistory(
        relation=Coded(text="Mère", code="MTH", system="http://terminology.hl7.org/CodeSystem/v3-RoleCode"),
        conditions=("Cancer du sein", "Diabète de type 2"),
        onset="52 ans",
        recorded=PartialDate(text="2026-01-12"),
    )


def test_a_relative_is_dead_as_soon_as_a_death_is_told() -> None:
    for changes in ({"deceasedBoolean": True}, {"deceasedAge": {"value": 60}}, {"deceasedString": "jeune"}):
        relative = opened("family_history", **{"deceasedBoolean": None, **changes})
        assert isinstance(relative, FamilyHistory)
        assert relative.deceased


def test_a_relative_without_a_relation_is_called_by_name() -> None:
    relative = opened("family_history", relationship=None, name="Monique", condition=[{"onsetString": "enfance"}])
    assert isinstance(relative, FamilyHistory)
    assert (relative.relation, relative.onset) == (Coded(text="Monique"), "enfance")
    assert summary("family_history", relationship=None, name="Monique", condition=None).title == "Monique"
