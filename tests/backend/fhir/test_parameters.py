from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mes_backend.fhir.parameters import KINDS, Term, collect_facts, read_reference, walk

SUBJECT = {"subject": {"reference": "Patient/leo"}}


def make_value(depth: int = 3) -> st.SearchStrategy[Any]:
    leaf = st.none() | st.booleans() | st.integers() | st.text(max_size=5)
    return st.recursive(leaf, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner))


def test_walk_opens_lists_and_choices() -> None:
    assert list(walk({"a": [{"b": [1, 2]}, {"b": 3}, 4]}, "a.b")) == [1, 2, 3]
    assert list(walk({"effectivePeriod": {"start": "2025"}}, "effective[x]")) == [{"start": "2025"}]
    assert list(walk({"a": 1}, "")) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Patient/leo", "leo"),
        ("Patient/leo/_history/2", "leo"),
        ("Group/leo", None),
        ("https://elsewhere.example/Patient/leo", None),
        ("Patient/leo/x", None),
        (4, None),
    ],
)
def test_only_references_to_this_server_name_a_record(text: Any, found: str | None) -> None:
    assert read_reference(text, "Patient") == found


def test_an_observation_is_found_by_patient_code_category_and_date() -> None:
    facts = collect_facts(
        {
            "resourceType": "Observation",
            **SUBJECT,
            "identifier": [{"system": "urn:x", "value": "7"}],
            "code": {"coding": [{"system": "http://loinc.org", "code": "29463-7"}, {"code": "poids"}]},
            "category": [{"coding": [{"system": "c", "code": "vital-signs"}]}],
            "effectivePeriod": {"start": "2025-01-01", "end": "2025-01-02"},
        },
        "o1",
    )
    assert facts.patients == {"leo"}
    assert facts.date
    assert facts.terms == {
        Term("identifier", "urn:x", "7"),
        Term("code", "http://loinc.org", "29463-7"),
        Term("code", "", "poids"),
        Term("category", "c", "vital-signs"),
    }


def test_an_allergy_category_is_a_bare_code() -> None:
    facts = collect_facts({"resourceType": "AllergyIntolerance", "category": ["food", "medication"]}, "a1")
    assert facts.terms == {Term("category", "", "food"), Term("category", "", "medication")}


def test_a_patient_is_its_own_record() -> None:
    assert collect_facts({"resourceType": "Patient"}, "leo").patients == {"leo"}


def test_a_document_is_found_by_both_identifiers_and_holds_its_binaries() -> None:
    facts = collect_facts(
        {
            "resourceType": "DocumentReference",
            "masterIdentifier": {"system": "s", "value": "m"},
            "identifier": [{"value": "i"}],
            "content": [{"attachment": {"url": "Binary/b1"}}, {"attachment": {"url": "https://elsewhere.example/x"}}],
        },
        "d1",
    )
    assert facts.terms == {Term("identifier", "s", "m"), Term("identifier", "", "i"), Term("binary", "", "b1")}


@pytest.mark.parametrize(
    ("codes", "hidden_from"),
    [
        (["N"], ""),
        (["N", "MASQUE_PS"], ""),
        (["INVISIBLE_REPRESENTANTS_LEGAUX"], "representatives"),
        (["INVISIBLE_REPRESENTANTS_LEGAUX", "INVISIBLE_PATIENT"], "patient"),
    ],
)
def test_l6_labels_say_from_whom_a_document_is_hidden(codes: list[str], hidden_from: str) -> None:
    labels = [{"coding": [{"code": code}]} for code in codes]
    assert collect_facts({"resourceType": "DocumentReference", "securityLabel": labels}, "d").hidden_from == hidden_from


@given(st.sampled_from(sorted(KINDS)), st.data())
def test_no_odd_value_stops_a_resource_from_being_kept(type_: str, data: st.DataObject) -> None:
    names = [
        "subject",
        "patient",
        "code",
        "category",
        "identifier",
        "date",
        "effectiveDateTime",
        "securityLabel",
        "link",
    ]
    values = data.draw(st.dictionaries(st.sampled_from(names), make_value()))
    assert collect_facts({"resourceType": type_, **values}, "x")
