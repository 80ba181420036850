from collections.abc import Callable
from typing import Any

import pytest

from mes_backend.demo.calendars import Calendar
from mes_backend.demo.people import Member
from mes_backend.demo.profiles import Profile, build_profile

Find = Callable[..., list[dict[str, Any]]]


def codes(resource: dict[str, Any], element: str) -> set[str]:
    return {coding["code"] for concept in resource[element] for coding in concept.get("coding", [])}


def test_the_parent_is_gravely_allergic_to_penicillin(find: Find) -> None:
    first, second = find("AllergyIntolerance", "Camille")
    assert (first["code"]["text"], first["criticality"]) == ("Pénicilline", "high")
    assert first["reaction"][0]["severity"] == "severe"
    assert second["reaction"][0]["severity"] == "mild"


def test_the_parent_has_long_short_and_past_treatments(find: Find) -> None:
    treatments = find("MedicationStatement", "Camille")
    ends = [(one["status"], "end" in one["effectivePeriod"]) for one in treatments]
    assert ends == [("active", False), ("active", True), ("completed", True), ("completed", True)]


def test_the_parent_named_persons_to_trust_and_to_call(find: Find) -> None:
    roles = [codes(one, "relationship") for one in find("RelatedPerson", "Camille")]
    assert roles == [{"C", "SPS"}, {"K", "MTH"}]


def test_the_parent_left_directives_in_a_document(find: Find) -> None:
    directives, organs = find("Consent", "Camille")
    assert codes(directives, "category") == {"acd"}
    documents = {f"DocumentReference/{one['id']}" for one in find("DocumentReference", "Camille")}
    assert directives["sourceReference"]["reference"] in documents
    assert "sourceReference" not in organs


def test_the_parent_has_a_stay_operations_and_a_family(find: Find) -> None:
    assert len(find("Procedure", "Camille")) == 3
    assert find("Encounter", "Camille")[0]["class"]["code"] == "IMP"
    assert len(find("FamilyMemberHistory", "Camille")) == 3


def test_the_mother_speaks_for_the_baby(find: Find) -> None:
    (none,) = find("AllergyIntolerance", "Jeanne")
    assert none["asserter"]["reference"].startswith("RelatedPerson/")
    assert {next(iter(codes({"code": [one["code"]]}, "code"))) for one in find("List", "Jeanne")} == {
        "10160-0",
        "47519-4",
    }
    assert find("MedicationStatement", "Jeanne") == find("Procedure", "Jeanne") == []


@pytest.mark.parametrize(("key", "name"), [("me", "Léo Martin"), ("cherif", "Dr Nadia Cherif"), ("mother", "Maman")])
def test_who_says_so_is_found_by_a_short_name(
    key: str, name: str, members: dict[str, Member], calendar: Calendar
) -> None:
    mother = {"reference": "RelatedPerson/1", "display": "Maman"}
    assert Profile(members["leo"], members, calendar, mother).who(key)["display"] == name


def test_the_asthma_of_the_elder_child_is_treated(members: dict[str, Member], calendar: Calendar) -> None:
    mother = {"reference": "RelatedPerson/1"}
    built = list(build_profile(Profile(members["leo"], members, calendar, mother)))
    reasons = [one["reasonReference"][0]["display"] for one in built if one["resourceType"] == "MedicationStatement"]
    assert reasons.count("Asthme allergique") == 2
