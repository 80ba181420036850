import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mes_app.domain.record import Kind
from mes_app.fhir.bodies import read_body
from mes_app.fhir.comparisons import is_same
from mes_app.store.rebases import Merged
from mes_app.sync.conflicts import POLICIES, merge_versions

ALLERGY = {
    "resourceType": "AllergyIntolerance",
    "id": "a",
    "meta": {"versionId": "1"},
    "clinicalStatus": {"coding": [{"code": "active"}]},
    "criticality": "high",
    "code": {"text": "Pollen"},
    "patient": {"reference": "Patient/p1"},
    "note": [{"text": "Au printemps"}],
}
TREATMENT = {
    "resourceType": "MedicationStatement",
    "status": "active",
    "medicationCodeableConcept": {"text": "Paracetamol"},
    "dosage": [{"text": "1 g"}],
    "effectivePeriod": {"start": "2026-01-01"},
}
MEASURE = {"resourceType": "Observation", "effectiveDateTime": "2026-01-01", "valueQuantity": {"value": 70}}
LATER = {"note": [{"text": "Au printemps"}, {"text": "En ville"}]}


def merge(base: dict[str, Any] | None, mine: dict[str, Any] | None, theirs: dict[str, Any] | None) -> Merged:
    resource_type = next(version for version in (base, mine, theirs) if version)["resourceType"]
    bodies = [None if version is None else json.dumps(version).encode() for version in (base, mine, theirs)]
    return merge_versions(resource_type, *bodies)


def agree(base: dict[str, Any], mine: dict[str, Any], theirs: dict[str, Any]) -> dict[str, Any]:
    merged = merge(base, base | mine, base | theirs)
    assert not merged.clash
    assert merged.body
    return read_body(merged.body)


def clashes(base: dict[str, Any], mine: dict[str, Any], theirs: dict[str, Any]) -> bool:
    """Whether it is one, whoever made which change."""
    here, there = merge(base, base | mine, base | theirs), merge(base, base | theirs, base | mine)
    assert here.clash == there.clash
    return here.clash


def test_changes_that_have_nothing_to_do_with_each_other_are_merged() -> None:
    newer = {"meta": {"versionId": "2"}, "recordedDate": "2026"}
    assert agree(ALLERGY, LATER, newer) == ALLERGY | LATER | newer


def test_a_merge_is_told_as_lists_show_it() -> None:
    merged = merge(ALLERGY, ALLERGY | LATER, ALLERGY | {"recordedDate": "2026"})
    assert merged.overview
    assert (merged.overview.kind, merged.overview.title) == (Kind.ALLERGIES, "Pollen")


def test_the_only_one_that_changed_is_taken_whole() -> None:
    lower = ALLERGY | {"criticality": "low"}
    assert merge(ALLERGY, lower, ALLERGY).body == json.dumps(lower).encode()
    assert merge(ALLERGY, ALLERGY, lower).body == json.dumps(lower).encode()


@pytest.mark.parametrize("resource_type", ["AllergyIntolerance", "DiagnosticReport"])
def test_what_both_say_is_no_clash_whatever_the_type(resource_type: str) -> None:
    ours, same = ({"resourceType": resource_type, "meta": {"versionId": version}, "x": 1} for version in "12")
    merged = merge({"resourceType": resource_type}, ours, same)
    assert (merged.clash, merged.body) == (False, json.dumps(same).encode())


@pytest.mark.parametrize("base", [ALLERGY, None])
def test_a_deletion_against_a_change_is_asked(base: dict[str, Any] | None) -> None:
    assert merge(base, ALLERGY | LATER, None) == Merged(None, None, clash=True)
    assert merge(base, None, ALLERGY | LATER).clash


def test_a_deletion_against_nothing_or_another_deletion_is_one() -> None:
    gone = Merged(None, None, clash=False)
    assert merge(ALLERGY, None, ALLERGY) == merge(ALLERGY, ALLERGY, None) == merge(ALLERGY, None, None) == gone


@pytest.mark.parametrize(
    "change",
    [
        {"criticality": "low"},
        {"criticality": "unable-to-assess"},
        {"clinicalStatus": {"coding": [{"code": "resolved"}]}},
        {"verificationStatus": {"coding": [{"code": "refuted"}]}},
        {"verificationStatus": {"coding": [{"code": "entered-in-error"}]}},
        {"code": {"text": "Poussière"}},
    ],
    ids=lambda change: next(iter(change)),
)
def test_an_allergy_is_never_lowered_or_replaced_by_a_merge(change: dict[str, Any]) -> None:
    assert clashes(ALLERGY, change, LATER)


def test_an_allergy_made_graver_is_merged() -> None:
    base = ALLERGY | {"criticality": "low"}
    assert agree(base, LATER, {"criticality": "high"})["criticality"] == "high"


def test_a_reaction_may_be_added_but_not_removed() -> None:
    mild = {"manifestation": [{"text": "Toux"}], "severity": "mild"}
    severe = {"manifestation": [{"text": "Œdème"}], "severity": "severe"}
    base = ALLERGY | {"reaction": [mild]}
    assert agree(base, {"reaction": [mild, severe]}, LATER)["reaction"] == [mild, severe]
    assert clashes(base, {"reaction": []}, LATER)
    assert clashes(base, {"reaction": [mild | {"severity": "severe"}]}, LATER)


@pytest.mark.parametrize(
    "change",
    [
        {"status": "completed"},
        {"status": "entered-in-error"},
        {"medicationCodeableConcept": {"text": "Ibuprofène"}},
        {"dosage": [{"text": "500 mg"}]},
        {"dosage": []},
        {"effectivePeriod": {"start": "2026-01-01", "end": "2026-02-01"}},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_treatment_is_never_ended_weakened_or_replaced_by_a_merge(change: dict[str, Any]) -> None:
    assert clashes(TREATMENT, change, LATER)


def test_the_parts_of_one_measure_are_never_mixed() -> None:
    assert clashes(MEASURE, {"valueQuantity": {"value": 71}}, {"effectiveDateTime": "2026-01-02"})
    assert not clashes(MEASURE, {"valueQuantity": {"value": 71}}, LATER)


def test_who_someone_is_is_told_by_the_server_and_how_to_reach_them_by_both() -> None:
    base = {"resourceType": "Patient", "name": [{"family": "Martin"}], "telecom": []}
    mine = {"name": [{"family": "X"}], "telecom": [{"system": "phone", "value": "1"}]}
    theirs = {"name": [{"family": "Durand"}], "telecom": [{"system": "email", "value": "a@b"}]}
    assert agree(base, mine, theirs) == base | theirs | {"telecom": theirs["telecom"] + mine["telecom"]}


def test_a_document_hidden_from_professionals_is_not_shown_to_them_by_a_merge() -> None:
    base = {"resourceType": "DocumentReference", "securityLabel": [{"coding": [{"code": "MASQUE_PS"}]}]}
    assert clashes(base, {"securityLabel": []}, {"description": "x"})
    assert not clashes(base, {"securityLabel": [*base["securityLabel"], {"text": "N"}]}, {"description": "x"})


@pytest.mark.parametrize("resource_type", ["DiagnosticReport", "MedicationRequest", "Consent", "Provenance"])
def test_what_nobody_edits_here_and_consents_are_never_merged(resource_type: str) -> None:
    assert clashes({"resourceType": resource_type}, {"a": 1}, {"b": 1})


_CODES = st.sampled_from(
    ["low", "high", "unable-to-assess", "active", "resolved", "completed", "entered-in-error", "x"]
)
_CONCEPTS = _CODES.map(lambda code: {"coding": [{"code": code}]})
_CHANGES = st.fixed_dictionaries(
    {},
    optional={
        "criticality": _CODES,
        "status": _CODES,
        "clinicalStatus": _CONCEPTS,
        "verificationStatus": _CONCEPTS,
        "code": _CONCEPTS,
        "medicationCodeableConcept": _CONCEPTS,
        "dosage": st.lists(st.fixed_dictionaries({"text": _CODES}), max_size=2),
        "reaction": st.lists(
            st.fixed_dictionaries({"manifestation": st.lists(_CONCEPTS, min_size=1, max_size=1)}), max_size=2
        ),
        "note": st.lists(st.fixed_dictionaries({"text": _CODES}), max_size=2),
    },
)
_TYPES = st.sampled_from([*POLICIES, "Consent"])


@settings(max_examples=60)
@given(_TYPES, _CHANGES, _CHANGES, _CHANGES)
def test_whoever_merges_it_comes_to_the_same(kind: str, base: Any, mine: Any, theirs: Any) -> None:
    versions = [{"resourceType": kind} | version for version in (base, mine, theirs)]
    here, there = merge(*versions), merge(versions[0], versions[2], versions[1])
    assert here.clash == there.clash
    assert here.body
    again = merge_versions(kind, json.dumps(versions[0]).encode(), here.body, json.dumps(versions[2]).encode())
    assert here.clash or is_same(again.body or b"{}", here.body)


@settings(max_examples=30)
@given(_TYPES, _CHANGES)
def test_merging_with_itself_changes_nothing(kind: str, base: Any) -> None:
    version = {"resourceType": kind} | base
    merged = merge(version, version, version)
    assert not merged.clash
    assert merged.body
    assert is_same(merged.body, json.dumps(version).encode())


@settings(max_examples=60)
@given(_CHANGES, _CHANGES, _CHANGES)
def test_no_allergy_or_treatment_is_dropped_or_lowered_when_both_changed(base: Any, mine: Any, theirs: Any) -> None:
    for kind, told in (("AllergyIntolerance", "code"), ("MedicationStatement", "medicationCodeableConcept")):
        versions = [{"resourceType": kind} | version for version in (base, mine, theirs)]
        merged = merge(*versions)
        if merged.clash or versions[0] in versions[1:]:
            continue
        said = read_body(merged.body or b"{}")
        for version in versions[1:]:
            assert said.get(told) == version.get(told, said.get(told))
            assert [r for r in version.get("reaction", []) if r and r not in said.get("reaction", [])] == []
            if kind == "AllergyIntolerance" and version.get("criticality") == "high":
                assert said["criticality"] == "high"
