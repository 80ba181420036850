"""A declared pregnancy, as the IPS tells of one."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mes_app.domain.record import Kind, Source
from mes_app.domain.sections.pregnancies import Basis, Pregnancy, PregnancyStatus
from mes_app.domain.values import PartialDate
from mes_app.fhir.bodies import write_body
from mes_app.fhir.elements import Json
from mes_app.fhir.observations import observation_kind
from tests.fhir.encoding import DAYS, QUICK, TEXTS, check_writing, written
from tests.fhir.reading import opened, sample, summary

GIVEN = st.dates().map(lambda day: PartialDate(text=day.replace(year=2000 + day.year % 100).isoformat()))
OVER = (PregnancyStatus.BIRTH, PregnancyStatus.ENDED)
FACTS = {"source": st.just(Source.SELF), "basis": st.sampled_from(Basis), "day": GIVEN, "note": st.none() | TEXTS}
ENTRIES = st.builds(Pregnancy, **FACTS) | st.builds(
    Pregnancy, status=st.sampled_from(OVER), until=st.none() | DAYS, **FACTS
)
NEW = Pregnancy(source=Source.SELF, day=PartialDate(text="2026-03-24"))


@QUICK
@given(ENTRIES, ENTRIES)
def test_what_is_declared_is_written_and_opens_again(first: Pregnancy, second: Pregnancy) -> None:
    check_writing(Kind.PREGNANCIES, first, second)


def test_the_status_has_the_expected_day_as_its_member_as_the_ips_wants_it() -> None:
    made = written(Kind.PREGNANCIES, NEW)
    assert made["code"]["coding"] == [{"system": "http://loinc.org", "code": "82810-3"}]
    assert made["valueCodeableConcept"]["coding"] == [{"system": "http://loinc.org", "code": "LA15173-0"}]
    assert made["effectiveDateTime"] == "2026-03-24"
    assert made["hasMember"] == [{"reference": "#term"}]
    (term,) = made["contained"]
    assert term["code"]["coding"] == [{"system": "http://loinc.org", "code": "11780-4"}]
    assert (term["valueDateTime"], term["subject"]) == ("2026-12-22", made["subject"])
    assert "component" not in made


def test_one_that_is_over_says_not_pregnant_to_whoever_reads_no_further() -> None:
    over = NEW.model_copy(update={"status": PregnancyStatus.ENDED, "until": PartialDate(text="2026-05")})
    made = written(Kind.PREGNANCIES, over)
    assert made["valueCodeableConcept"]["coding"][0]["code"] == "LA26683-5"
    assert made["effectiveDateTime"] == "2026-05"


def test_that_somebody_was_not_pregnant_is_no_pregnancy() -> None:
    said = {"coding": [{"system": "http://loinc.org", "code": "LA26683-5"}], "text": "Non enceinte"}
    assert observation_kind(sample("pregnancy", valueCodeableConcept=said)) is Kind.HABITS


def test_a_list_shows_where_it_stands_and_who_says_so() -> None:
    told = summary("pregnancy")
    assert (told.title, told.category, told.source) == ("Pregnant", PregnancyStatus.CURRENT, Source.PROFESSIONAL)


@pytest.mark.parametrize(("counted", "basis"), [("2025-10-01", Basis.LAST_PERIOD), ("2025-10-08", Basis.EXPECTED)])
def test_how_the_day_was_found_is_believed_where_it_comes_to_the_same(counted: str, basis: Basis) -> None:
    term: Json = sample("pregnancy")["contained"][0] | {"effectiveDateTime": counted}
    found = opened("pregnancy", contained=[term])
    assert isinstance(found, Pregnancy)
    assert found.basis is basis
    assert found.day == PartialDate(text=counted if basis is Basis.LAST_PERIOD else "2026-07-15")
    assert found.expected is not None
    assert found.expected.isoformat() == "2026-07-15"


def test_another_day_leaves_what_else_belongs_to_it() -> None:
    former = sample("pregnancy", performer=[{"reference": "Patient/camille"}], hasMember=[
        {"reference": "Observation/scan"}, {"reference": "#term"}])  # fmt: skip
    entry = opened("pregnancy", performer=former["performer"])
    assert isinstance(entry, Pregnancy)
    assert entry.day
    assert entry.day.day
    later = PartialDate(text=(entry.day.day + timedelta(days=2)).isoformat())
    changed = written(Kind.PREGNANCIES, entry.model_copy(update={"day": later}), write_body(former))
    assert changed["hasMember"] == [{"reference": "#term"}, {"reference": "Observation/scan"}]
    assert [one["id"] for one in changed["contained"]] == ["term"]
