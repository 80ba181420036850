from hypothesis import given
from hypothesis import strategies as st

from mes_app.domain.record import Kind, Source
from mes_app.domain.sections.blood_group import BloodGroup
from mes_app.domain.values import Coded, PartialDate
from mes_app.fhir.bodies import write_body
from tests.fhir.encoding import CODED, DATES, QUICK, TEXTS, check_writing, written
from tests.fhir.reading import opened, sample, summary

ENTRIES = st.builds(
    BloodGroup, source=st.just(Source.SELF), group=CODED, date=st.none() | DATES, note=st.none() | TEXTS
)


def test_a_list_shows_the_group_and_who_found_it() -> None:
    overview = summary("blood_group")
    assert (overview.title, overview.subtitle, overview.code) == ("A Rh+", "Laboratoire des Brotteaux", "278149003")


def test_a_group_opens_from_a_code_or_from_text() -> None:
    coded = opened("blood_group")
    written = opened("blood_group", valueCodeableConcept=None, valueString="O-")
    assert isinstance(coded, BloodGroup)
    assert isinstance(written, BloodGroup)
    assert (coded.group.text, coded.date) == ("A Rh+", PartialDate(text="2016-11-09"))
    assert written.group == Coded(text="O-")


@QUICK
@given(ENTRIES, ENTRIES)
def test_what_is_typed_is_written_and_opens_again(first: BloodGroup, second: BloodGroup) -> None:
    check_writing(Kind.BLOOD_GROUP, first, second)


def test_a_group_takes_the_place_of_one_in_words() -> None:
    former = sample("blood_group", valueCodeableConcept=None, valueString="O-")
    group = Coded(text="O+", code="278147001", system="http://snomed.info/sct")
    changed = written(Kind.BLOOD_GROUP, opened("blood_group").model_copy(update={"group": group}), write_body(former))
    assert "valueString" not in changed
    assert changed["valueCodeableConcept"]["coding"] == [{"system": "http://snomed.info/sct", "code": "278147001"}]


def test_a_new_group_says_when_it_was_typed() -> None:
    dates = {"date": PartialDate(text="2016"), "recorded": PartialDate(text="2026-11-20T09:00:00Z")}
    made = written(Kind.BLOOD_GROUP, BloodGroup(source=Source.SELF, group=Coded(text="A+"), **dates))
    assert made["issued"] == "2026-11-20T09:00:00Z"
    assert made["code"]["coding"] == [{"system": "http://loinc.org", "code": "882-1"}]
