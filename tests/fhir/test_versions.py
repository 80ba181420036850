import json

import pytest

from mes_app.fhir.elements import Json
from mes_app.fhir.versions import read_replaced, read_stay, read_unique_id


@pytest.mark.parametrize(
    ("target", "name"),
    [
        ({"reference": "DocumentReference/d1"}, "DocumentReference/d1"),
        ({"reference": "https://x.example/fhir/DocumentReference/d1/_history/2"}, "DocumentReference/d1"),
        ({"identifier": {"value": "urn:oid:1.2.3"}}, "urn:oid:1.2.3"),
    ],
)
def test_a_document_names_the_one_it_replaces(target: Json, name: str) -> None:
    assert read_replaced({"relatesTo": [{"code": "replaces", "target": target}]}) == json.dumps([name])


@pytest.mark.parametrize("tie", [{}, {"code": "appends", "target": {"reference": "DocumentReference/d1"}}, 7])
def test_what_is_no_replacement_names_nothing(tie: object) -> None:
    assert read_replaced({"relatesTo": [tie]}) == ""
    assert read_replaced({"relatesTo": tie}) == ""


def test_the_unique_identifier_is_empty_where_there_is_none() -> None:
    assert read_unique_id({"masterIdentifier": {"value": "urn:oid:1.2"}}) == "urn:oid:1.2"
    assert read_unique_id({"masterIdentifier": 5}) == ""


def test_a_stay_is_named_by_its_encounter_or_what_is_related() -> None:
    assert read_stay({"context": {"encounter": [{"reference": "Encounter/e1"}]}}) == "Encounter/e1"
    assert (
        read_stay({"context": {"related": [{"reference": "Task/t"}, {"reference": "EpisodeOfCare/c"}]}})
        == "EpisodeOfCare/c"
    )
    assert read_stay({"context": {"encounter": "e1"}}) == ""
    assert read_stay({}) == ""
