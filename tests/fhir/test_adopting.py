import json
from typing import Any

import fhirkit
import pytest

from mes_app.errors import Reason, Unreadable
from mes_app.fhir.adopting import MOST_CONTAINED, adopt, list_references, read_collection, tell_apart
from mes_app.fhir.elements import Json
from mes_app.fhir.references import find_nowhere

SHARED: dict[tuple[str, str], Json] = {
    ("PractitionerRole", "role"): {
        "resourceType": "PractitionerRole",
        "id": "role",
        "meta": {"versionId": "3"},
        "practitioner": {"reference": "Practitioner/doc"},
        "organization": {"reference": "Organization/gone"},
    },
    ("Practitioner", "doc"): {
        "resourceType": "Practitioner",
        "id": "doc",
        "name": [{"family": "Roux", "given": ["Awa"]}],
        "text": {"status": "generated", "div": "<div/>"},
    },
}
DOCUMENT: Json = {
    "resourceType": "DocumentReference",
    "id": "d1",
    "meta": {"versionId": "2", "lastUpdated": "2026-01-01T00:00:00Z", "source": "Patient/old#7", "profile": ["p"]},
    "subject": {"reference": "https://old.example/fhir/Patient/old", "display": "Anaïs"},
    "author": [{"reference": "PractitionerRole/role"}, {"reference": "RelatedPerson/gone", "display": "Alex"}],
    "content": [{"attachment": {"title": "Bilan", "url": "Binary/b1"}}],
    "extension": [{"url": "https://example.org/Binary", "valueString": "x"}],
}


def rename(text: str, _node: Json) -> Json | None:
    """Only the patient is known here."""
    return {"reference": "Patient/new"} if "Patient/old" in text else None


def find(resource_type: str, rid: str) -> Json | None:
    return SHARED.get((resource_type, rid))


def test_what_belongs_to_no_patient_comes_along_inside() -> None:
    adopted = adopt(DOCUMENT, rename, find)
    assert adopted["subject"] == {"reference": "Patient/new"}
    assert adopted["author"][0] == {"reference": "#role"}
    assert adopted["contained"] == [
        {
            "resourceType": "PractitionerRole",
            "id": "role",
            "practitioner": {"reference": "#doc"},
            "organization": {"type": "Organization", "identifier": {"value": "Organization/gone"}},
        },
        {"resourceType": "Practitioner", "id": "doc", "name": [{"family": "Roux", "given": ["Awa"]}]},
    ]


def test_what_is_nowhere_is_named_in_words() -> None:
    named = {"type": "RelatedPerson", "display": "Alex", "identifier": {"value": "RelatedPerson/gone"}}
    assert adopt(DOCUMENT, rename, find)["author"][1] == named


def test_nothing_is_left_of_what_only_the_other_server_said() -> None:
    adopted = adopt(DOCUMENT, rename, find)
    assert "id" not in adopted
    assert adopted["meta"] == {"source": "Patient/new", "profile": ["p"]}
    assert adopted["content"] == [{"attachment": {"title": "Bilan"}}]
    assert adopted["extension"] == DOCUMENT["extension"]
    assert DOCUMENT["meta"]["versionId"] == "2"


def test_who_says_so_stays_told_by_its_type_until_it_has_an_address() -> None:
    said: Json = {"meta": {"source": "RelatedPerson/r"}}
    assert adopt(said, lambda _text, _node: {"reference": "urn:uuid:1"}, find) == said
    assert adopt(said, lambda _text, _node: None, find) == said


def test_a_reference_to_nothing_stays_one() -> None:
    said: Json = {"a": {"reference": "", "display": "x"}}
    assert adopt(said, lambda _text, _node: {"reference": "Patient/new"}, find) == said


def test_what_was_adopted_is_valid_fhir() -> None:
    adopted = adopt(DOCUMENT | {"status": "current"}, rename, find)
    assert [str(issue) for issue in fhirkit.validate(adopted) if str(issue).startswith("error")] == []


def test_what_is_inside_already_keeps_its_name() -> None:
    own: Json = {"resourceType": "Practitioner", "id": "doc", "name": [{"text": "Autre"}]}
    adopted = adopt(
        {"contained": [own], "a": {"reference": "#doc"}, "b": {"reference": "Practitioner/doc"}}, rename, find
    )
    assert adopted["a"] == {"reference": "#doc"}
    assert [adopted["b"]["reference"], len({one["id"] for one in adopted["contained"]})] == ["#Practitioner-0", 2]


def test_no_more_than_so_many_come_along() -> None:
    many = [{"reference": f"Organization/{number}"} for number in range(MOST_CONTAINED + 1)]
    adopted = adopt({"a": many}, rename, lambda kind, rid: {"resourceType": kind, "id": rid})
    assert len(adopted["contained"]) == MOST_CONTAINED
    assert adopted["a"][-1]["identifier"] == {"value": f"Organization/{MOST_CONTAINED}"}


def test_shared_resources_that_name_each_other_come_once() -> None:
    ring = {name: {"resourceType": "Organization", "partOf": {"reference": f"Organization/{name}"}} for name in "ab"}
    ring["a"]["partOf"] = {"reference": "Organization/b"}
    ring["b"]["partOf"] = {"reference": "Organization/a"}
    adopted = adopt({"a": {"reference": "Organization/a"}}, rename, lambda _kind, rid: ring.get(rid))
    assert [one["partOf"]["reference"] for one in adopted["contained"]] == ["#b", "#a"]


def test_a_resource_says_the_same_before_and_after() -> None:
    adopted = adopt(DOCUMENT, rename, find)
    assert tell_apart(adopted, find_nowhere) == tell_apart(DOCUMENT, find)
    sent = adopted | {"id": "x", "identifier": [{"system": "urn:ietf:rfc:3986", "value": "urn:uuid:1"}]}
    assert tell_apart(sent, find_nowhere) == tell_apart(DOCUMENT, find)
    assert tell_apart(DOCUMENT | {"description": "Autre"}, find) != tell_apart(DOCUMENT, find)


def test_references_are_found_at_any_depth() -> None:
    assert set(list_references(DOCUMENT)) == {
        "https://old.example/fhir/Patient/old", "PractitionerRole/role", "RelatedPerson/gone", "Patient/old#7",
    }  # fmt: skip


def test_a_collection_is_read_with_the_names_of_its_entries() -> None:
    entries: list[Any] = [{"fullUrl": "urn:uuid:1", "resource": DOCUMENT}, {"resource": {"resourceType": "Flag"}}]
    found = read_collection(json.dumps({"resourceType": "Bundle", "entry": entries}).encode())
    assert [(each.url, each.type, each.id) for each in found] == [
        ("urn:uuid:1", "DocumentReference", "d1"), ("", "Flag", ""),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b'{"resourceType":"Patient"}', Reason.NOT_FHIR),
        (b'{"resourceType":"Bundle","entry":[{"resource":{', Reason.TRUNCATED),
        (b'{"resourceType":"Bundle","entry":[{"resource":%b}]}' % (b'{"a":' * 70 + b"1" + b"}" * 70), Reason.TOO_DEEP),
        (b"[]", Reason.NOT_FHIR),
        (b'{"resourceType":"Bundle","entry":[{}]}', Reason.TRUNCATED),
    ],
)
def test_a_collection_that_cannot_be_read_is_refused(data: bytes, reason: Reason) -> None:
    with pytest.raises(Unreadable) as refused:
        read_collection(data)
    assert refused.value.reason is reason


def test_all_that_is_inside_comes_along_however_much() -> None:
    inside = [{"resourceType": "Basic", "id": f"b{number}"} for number in range(150)]
    assert adopt({"resourceType": "Observation", "contained": inside}, rename, find)["contained"] == inside
