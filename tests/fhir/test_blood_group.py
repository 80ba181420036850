from mes_app.domain.sections.blood_group import BloodGroup
from mes_app.domain.values import Coded, PartialDate
from tests.fhir.reading import opened, summary


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
