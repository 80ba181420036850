"""Links said by resources: where each type says them, and what becomes of all the rest."""

import json
from typing import Any

import pytest

from mes_app.fhir.links import can_link, drop_links, list_holders, list_targets, merge_links, put_link, summarise_links
from mes_app.fhir.overviews import summarise

URN = "urn:uuid:00000000-0000-7000-8000-000000000001"
TREATMENT: dict[str, Any] = {
    "resourceType": "MedicationStatement",
    "status": "active",
    "dosage": [{"doseAndRate": [{"doseQuantity": {"value": 1.50}}]}],
    "unknown": {"kept": True},
}


def write(resource: dict[str, Any]) -> bytes:
    return json.dumps(resource).encode()


def read(body: bytes) -> dict[str, Any]:
    return dict(json.loads(body))


@pytest.mark.parametrize(
    ("holder", "target", "path"),
    [
        ("MedicationStatement", "DocumentReference", ["derivedFrom"]),
        ("MedicationStatement", "Condition", ["reasonReference"]),
        ("Condition", "DocumentReference", ["evidence", "detail"]),
        ("Procedure", "DocumentReference", ["report"]),
        ("Procedure", "Condition", ["reasonReference"]),
        ("Observation", "DocumentReference", ["derivedFrom"]),
        ("DocumentReference", "AllergyIntolerance", ["context", "related"]),
        ("DocumentReference", "Immunization", ["context", "related"]),
    ],
)
def test_a_link_is_put_where_r4_has_a_place_for_it_and_leaves_nothing_when_it_goes(
    holder: str, target: str, path: list[str]
) -> None:
    assert can_link(holder, target)
    assert target in list_targets(holder)
    assert holder in list_holders(target)
    bare = write({"resourceType": holder})
    linked = put_link(bare, target, f"{target}/7")
    assert list(read(linked)) == ["resourceType", path[0]]
    assert f'"{path[-1]}"' in linked.decode()
    assert summarise_links(read(linked)) == f'["{target}/7"]'
    assert read(drop_links(linked, [f"{target}/7"])) == read(bare)


def test_what_a_resource_says_besides_stays_as_it_was_written() -> None:
    other = {"display": "Ordonnance de 2019"}
    former = write({**TREATMENT, "derivedFrom": [other]}).replace(b"1.5", b"1.50")
    linked = put_link(former, "DocumentReference", URN)
    assert read(linked)["derivedFrom"] == [other, {"reference": URN}]
    assert b"1.50" in linked
    assert read(drop_links(linked, [URN])) == read(former)


def test_the_period_of_a_document_and_the_code_of_an_evidence_stay() -> None:
    document = {"resourceType": "DocumentReference", "context": {"period": {"start": "2020"}}}
    assert read(drop_links(put_link(write(document), "Immunization", URN), [URN])) == document
    evidence = {"code": [{"text": "Fièvre"}], "detail": [{"reference": "DocumentReference/1"}]}
    condition = {"resourceType": "Condition", "evidence": [evidence]}
    assert read(drop_links(write(condition), ["DocumentReference/1"]))["evidence"] == [{"code": [{"text": "Fièvre"}]}]


def test_addresses_are_those_that_records_have_here_however_a_server_writes_them() -> None:
    references = ["https://example.org/fhir/Condition/1/_history/3", "Condition/1", "#inside", URN, "Condition?x=y"]
    said = {**TREATMENT, "reasonReference": [{"reference": text} for text in references]}
    assert json.loads(summarise_links(said)) == ["Condition/1", URN]
    assert [one["reference"] for one in read(drop_links(write(said), ["Condition/1"]))["reasonReference"]] == [
        "#inside",
        URN,
        "Condition?x=y",
    ]


@pytest.mark.parametrize("odd", [1, "Condition/1", [1, "x", None], {"reference": 3}, [[{"reference": "Condition/1"}]]])
def test_an_odd_shape_says_no_link_and_stays(odd: object) -> None:
    resource = {"resourceType": "MedicationStatement", "reasonReference": odd}
    assert summarise_links(resource) == ""
    assert read(drop_links(write(resource), ["Condition/1"])) == resource


def test_an_overview_tells_the_links_unless_its_record_may_not_be_seen() -> None:
    label = {"coding": [{"code": "INVISIBLE_PATIENT"}]}
    document = {"resourceType": "DocumentReference", "context": {"related": [{"reference": "Immunization/1"}]}}
    assert summarise(document, holder=True).linked == '["Immunization/1"]'
    assert summarise({**document, "securityLabel": [label]}, holder=True).linked == ""
    assert summarise(TREATMENT, holder=True).linked == ""


def test_of_two_versions_what_either_linked_is_linked_and_what_mine_took_back_is_not() -> None:
    def make(*names: str) -> bytes:
        return write({**TREATMENT, "derivedFrom": [{"reference": f"DocumentReference/{name}"} for name in names]})

    merged = merge_links(make("a", "b"), make("b", "mine"), make("a", "b", "theirs"))
    assert json.loads(summarise_links(read(merged))) == [f"DocumentReference/{one}" for one in ("b", "theirs", "mine")]
    assert merge_links(None, make("a"), make("a")) == make("a")
