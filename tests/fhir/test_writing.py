from typing import Any

import pytest

from mes_app.domain.sections.allergies import Allergy
from mes_app.domain.values import Coded, PartialDate
from mes_app.fhir.dates import date_text, read_end, read_start
from mes_app.fhir.elements import Json
from mes_app.fhir.writing import (
    date_element,
    put,
    put_choice,
    put_concepts,
    put_date,
    put_end,
    put_note,
    put_period,
    put_status,
    write_code,
    write_concept,
)

MAY, JUNE = PartialDate(text="2019-05"), PartialDate(text="2019-06")


@pytest.mark.parametrize("nothing", [None, "", [], {}])
def test_an_empty_value_removes_the_element_and_what_is_said_of_it(nothing: Any) -> None:
    node = {"lotNumber": "A1", "_lotNumber": {"id": "1"}, "status": "completed"}
    put(node, "lotNumber", nothing)
    assert node == {"status": "completed"}


def test_a_value_that_is_the_same_keeps_what_is_said_of_it() -> None:
    node = {"lotNumber": "A1", "_lotNumber": {"id": "1"}}
    put(node, "lotNumber", "A1")
    assert node == {"lotNumber": "A1", "_lotNumber": {"id": "1"}}
    put(node, "lotNumber", "A2")
    assert node == {"lotNumber": "A2"}


def test_false_is_a_value() -> None:
    node: Json = {}
    put(node, "primarySource", value=False)
    assert node == {"primarySource": False}


def test_an_element_has_one_form_and_its_namesakes_are_left_alone() -> None:
    node = {"onsetAge": {}, "_onsetDateTime": {}, "onsetting": 1, "performer": []}
    put_choice(node, "onset", "String", "enfance")
    put_choice(node, "perform", "String", None)
    assert node == {"onsetting": 1, "performer": [], "onsetString": "enfance"}


@pytest.mark.parametrize(
    ("node", "date", "expected"),
    [
        ({}, MAY, {"onsetDateTime": "2019-05"}),
        ({"onsetString": "enfance"}, MAY, {"onsetDateTime": "2019-05"}),
        ({"onsetPeriod": {"end": "2020"}}, MAY, {"onsetPeriod": {"end": "2020", "start": "2019-05"}}),
        ({"onsetPeriod": {"start": "2019"}}, None, {}),
    ],
)
def test_a_date_starts_the_period_that_is_there(node: Json, date: PartialDate | None, expected: Json) -> None:
    put_date(node, "onset", date)
    assert node == expected


def test_an_end_closes_the_period_that_is_there() -> None:
    node: Json = {"abatementPeriod": {"start": "2019", "end": "2020"}}
    put_end(node, "abatement", MAY)
    assert node == {"abatementPeriod": {"start": "2019", "end": "2019-05"}}
    put_end(node, "abatement", None)
    assert node == {}


@pytest.mark.parametrize(
    ("node", "start", "end", "expected"),
    [
        ({}, MAY, None, {"effectiveDateTime": "2019-05"}),
        ({"effectiveDateTime": "2018"}, MAY, JUNE, {"effectivePeriod": {"start": "2019-05", "end": "2019-06"}}),
        ({"effectivePeriod": {"start": "2018", "end": "2019"}}, MAY, None, {"effectivePeriod": {"start": "2019-05"}}),
        ({"effectivePeriod": {"start": "2018"}}, None, None, {}),
    ],
)
def test_two_dates_make_a_period(node: Json, start: PartialDate, end: PartialDate, expected: Json) -> None:
    put_period(node, "effective", start, end)
    assert node == expected


def test_a_note_takes_the_place_of_every_comment() -> None:
    resource: Json = {"note": [{"text": "a", "authorString": "Camille"}, {"text": "b"}], "comment": "c"}
    allergy = Allergy(substance=Coded(text="Noix"), note="d")
    put_note(resource, allergy)
    assert resource == {"note": [{"text": "d", "authorString": "Camille"}]}
    put_note(resource, allergy.model_copy(update={"note": None}))
    assert resource == {}


def test_other_words_for_the_same_code_keep_what_is_known_of_it() -> None:
    former = {"coding": [{"code": "MTH", "display": "mother"}, {"code": "2"}], "text": "Mère"}
    assert write_concept(Coded(text="Maman", code="MTH"), former) == former | {"text": "Maman"}
    assert write_concept(Coded(text="Père", code="FTH", system="urn:x"), former) == {
        "coding": [{"system": "urn:x", "code": "FTH"}],
        "text": "Père",
    }
    assert write_concept(Coded(text="Parrain"), former) == {"text": "Parrain"}


def test_concepts_stay_in_their_node_and_new_ones_join_the_first() -> None:
    urticaria = {"coding": [{"code": "1"}], "text": "Urticaire"}
    nodes: list[Json] = [{"manifestation": [urticaria]}, {"manifestation": [{"text": "Toux"}, {"text": "Fièvre"}]}]
    put_concepts(nodes, "manifestation", ["Nausée", "Urticaire", "Toux"])
    assert nodes == [{"manifestation": [{"text": "Nausée"}, urticaria]}, {"manifestation": [{"text": "Toux"}]}]
    put_concepts(nodes, "manifestation", [])
    assert nodes == [{}, {}]


def test_a_status_is_written_where_it_differs_and_can_be_said() -> None:
    stated = write_code("condition-clinical", "active") | {"text": "en cours"}
    resource: Json = {"clinicalStatus": stated}
    put_status(resource, "condition-clinical", "active")
    put_status(resource, "condition-clinical", "unknown")
    assert resource == {"clinicalStatus": stated}
    put_status(resource, "condition-clinical", "resolved")
    assert resource == {"clinicalStatus": write_code("condition-clinical", "resolved")}


def test_a_code_of_hl7_names_its_table() -> None:
    assert write_code("condition-clinical", "active") == {
        "coding": [{"system": "http://terminology.hl7.org/CodeSystem/condition-clinical", "code": "active"}]
    }


def test_an_unknown_date_is_no_element() -> None:
    assert date_element("recordedDate", MAY) == {"recordedDate": "2019-05"}
    assert date_element("recordedDate", None) == {}


YEAR, DAY = PartialDate(text="2019"), PartialDate(text="2019-05-03")


@pytest.mark.parametrize(
    ("start", "end", "stated"),
    [
        (MAY, YEAR, "2019"),
        (YEAR, MAY, "2019"),
        (DAY, MAY, "2019-05"),
        (PartialDate(text="2019-05-03T10:30"), DAY, None),
    ],
)
def test_bounds_that_fhir_cannot_compare_are_written_alike_and_read_as_typed(
    start: PartialDate, end: PartialDate, stated: str | None
) -> None:
    node: Json = {}
    put_period(node, "performed", start, end)
    period = node["performedPeriod"]
    assert period["start"] == period["end"] == (stated or "2019-05-03")
    assert (read_start(node, "performedPeriod"), read_end(node, "performedPeriod")) == (start, end)
    assert date_text(node, "performedPeriod") == start.text
    put_period(node, "performed", YEAR, YEAR)
    assert node == {"performedPeriod": {"start": "2019", "end": "2019"}}


def test_what_somebody_says_of_a_bound_stays_beside_what_is_known_more_exactly() -> None:
    other = {"url": "urn:example:kept", "valueString": "environ"}
    node: Json = {"performedPeriod": {"start": "2019", "_start": {"extension": [other]}}}
    put_period(node, "performed", MAY, YEAR)
    assert other in node["performedPeriod"]["_start"]["extension"]
    put_period(node, "performed", YEAR, None)
    assert node == {"performedPeriod": {"start": "2019", "_start": {"extension": [other]}}}
