from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import fhirkit
import pytest

from mes_backend.demo.bundle import ANCHOR
from mes_backend.demo.family import Family, build_family

Find = Callable[..., list[dict[str, Any]]]
LABELS = {"MASQUE_PS", "INVISIBLE_PATIENT", "INVISIBLE_REPRESENTANTS_LEGAUX"}


def references(element: object) -> Iterator[str]:
    if isinstance(element, dict):
        if isinstance(element.get("reference"), str):
            yield element["reference"]
        for value in element.values():
            yield from references(value)
    elif isinstance(element, list):
        for value in element:
            yield from references(value)


def labels(document: dict[str, Any]) -> set[str]:
    return {one["code"] for label in document["securityLabel"] for one in label["coding"]} & LABELS


def test_every_resource_is_valid_fhir(family: Family) -> None:
    problems = [(one["resourceType"], str(issue)) for one in family.resources for issue in fhirkit.validate(one)]
    assert problems == []


def test_every_reference_leads_to_a_resource_of_the_family(family: Family) -> None:
    known = Counter(f"{one['resourceType']}/{one['id']}" for one in family.resources)
    assert set(known.values()) == {1}
    assert {reference for one in family.resources for reference in references(one)} <= set(known)
    urls = {one["content"][0]["attachment"]["url"] for one in family.resources if "content" in one}
    assert urls <= set(known)


def test_the_same_day_gives_the_same_family(family: Family) -> None:
    assert build_family(ANCHOR) == family


@pytest.mark.parametrize("today", [date(2027, 1, 31), date(2028, 2, 29)], ids=str)
def test_ages_hold_and_nothing_done_lies_in_the_future_on_any_day(today: date) -> None:
    resources = build_family(today).resources
    ages = {one["name"][0]["given"][0]: one["birthDate"] for one in resources if one["resourceType"] == "Patient"}
    months = {name: (today.year - int(b[:4])) * 12 + today.month - int(b[5:7]) for name, b in ages.items()}
    assert (months["Camille"] // 12, months["Alex"] // 12, months["Léo"] // 12) == (38, 40, 9)
    assert months["Jeanne"] in (14, 15)
    past = ("DocumentReference", "Observation", "Immunization", "Procedure", "Task", "Condition")
    elements = ("date", "effectiveDateTime", "occurrenceDateTime", "performedDateTime", "lastModified", "onsetDateTime")
    days = [one[e][:10] for one in resources if one["resourceType"] in past for e in elements if e in one]
    assert max(days) <= today.isoformat()


def test_the_parent_has_48_documents_of_many_categories_by_different_professionals(find: Find) -> None:
    documents = find("DocumentReference", "Camille")
    assert len(documents) == 48
    assert len({one["category"][0]["coding"][0]["code"] for one in documents}) >= 7
    assert len({one["type"]["coding"][0]["code"] for one in documents}) >= 25
    assert len({one["author"][0]["reference"] for one in documents}) >= 12
    types = Counter(one["content"][0]["attachment"]["contentType"] for one in documents)
    assert set(types) == {
        "application/dicom",
        "application/pdf",
        "image/jpeg",
        "image/tiff",
        "text/plain",
        "text/xml",
    }


def test_one_document_came_twice_by_different_ways(find: Find) -> None:
    known = Counter(one["masterIdentifier"]["value"] for one in find("DocumentReference"))
    ((twice, count),) = [(value, count) for value, count in known.items() if count > 1]
    first, again = [one for one in find("DocumentReference") if one["masterIdentifier"]["value"] == twice]
    assert count == 2
    assert first["id"] != again["id"]
    assert first["date"] < again["date"]
    assert first["content"][0]["attachment"]["hash"] == again["content"][0]["attachment"]["hash"]


def test_some_documents_are_hidden_withheld_or_replaced(find: Find) -> None:
    documents = find("DocumentReference", "Camille")
    assert {label for one in documents for label in labels(one)} == {"MASQUE_PS", "INVISIBLE_PATIENT"}
    (replacing,) = [one for one in documents if "relatesTo" in one]
    (superseded,) = [one for one in documents if one["status"] == "superseded"]
    assert replacing["relatesTo"][0]["target"]["reference"].endswith(superseded["id"])
    hidden = [labels(one) for one in find("DocumentReference", "Léo") if labels(one)]
    assert hidden == [{"INVISIBLE_REPRESENTANTS_LEGAUX"}]


def test_children_have_their_documents_too(find: Find) -> None:
    assert len(find("DocumentReference", "Léo")) == 12
    assert len(find("DocumentReference", "Jeanne")) == 7


def test_everyone_has_appointments_behind_and_ahead(find: Find) -> None:
    for name in ("Camille", "Léo", "Jeanne", "Alex"):
        actors = [one for one in find("Appointment") if f"{name} Martin" in str(one["participant"])]
        assert {"fulfilled", "booked"} <= {one["status"] for one in actors}, name


def test_both_accounts_reach_the_own_record_and_both_children(family: Family, find: Find) -> None:
    people = {one["id"]: one for one in find("Person")}
    related = {f"RelatedPerson/{one['id']}": one["patient"]["reference"] for one in find("RelatedPerson")}
    children = {f"Patient/{one['id']}" for one in find("Patient") if one["name"][0]["given"][0] in ("Léo", "Jeanne")}
    assert [account.user for account in family.accounts] == ["camille.martin", "alex.martin"]
    for account in family.accounts:
        targets = [link["target"]["reference"] for link in people[account.person_id]["link"]]
        assert targets[0].startswith("Patient/")
        assert {related[target] for target in targets[1:]} == children
