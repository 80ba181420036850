from hypothesis import given
from hypothesis import strategies as st

from mes_app.domain.record import Kind, Source
from mes_app.domain.sections.family_history import FamilyHistory
from mes_app.domain.values import Coded, PartialDate
from mes_app.fhir.bodies import read_body
from tests.fhir.encoding import CODED, DATES, LINES, QUICK, TEXTS, check_writing, written
from tests.fhir.reading import body, opened, summary


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


HISTORIES = st.builds(
    FamilyHistory,
    relation=CODED,
    conditions=st.lists(LINES, unique=True, min_size=1, max_size=3).map(tuple),
    onset=st.none() | LINES,
    deceased=st.booleans(),
    note=st.none() | TEXTS,
    recorded=st.none() | DATES,
    source=st.just(Source.SELF),
)


@QUICK
@given(HISTORIES, HISTORIES)
def test_a_family_history_is_written_as_it_reads(first: FamilyHistory, second: FamilyHistory) -> None:
    check_writing(Kind.FAMILY_HISTORY, first, second.model_copy(update={"recorded": first.recorded}))


def test_a_disease_that_is_still_named_keeps_its_onset_and_its_code() -> None:
    changed = opened("family_history").model_copy(update={"conditions": ("Asthme", "Cancer du sein")})
    conditions = written(Kind.FAMILY_HISTORY, changed, body("family_history"))["condition"]
    assert conditions == [{"code": {"text": "Asthme"}}, read_body(body("family_history"))["condition"][0]]


def test_another_onset_is_that_of_the_disease_that_had_one() -> None:
    changed = opened("family_history").model_copy(update={"onset": "50 ans"})
    conditions = written(Kind.FAMILY_HISTORY, changed, body("family_history"))["condition"]
    assert [condition.get("onsetString") for condition in conditions] == ["50 ans", None]
    assert "onsetAge" not in conditions[0]
