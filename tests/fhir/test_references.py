import pytest

from mes_app.fhir.references import (
    find_contained,
    find_references,
    reference_type,
    references,
    resolve,
    split_reference,
)
from tests.fhir.reading import nowhere, sample, shared


@pytest.mark.parametrize(
    "text",
    [
        "Practitioner/roux",
        "https://serveur.example/fhir/Practitioner/roux",
        "Practitioner/roux/_history/3",
        "https://serveur.example/fhir/Practitioner/roux/_history/3",
    ],
)
def test_a_literal_reference_is_read_however_it_is_written(text: str) -> None:
    assert split_reference(text) == ("Practitioner", "roux")


@pytest.mark.parametrize(
    "text",
    [
        "#roux",
        "urn:uuid:0f9f2a4e-3c2c-4f0e-9b0a-0d7a4b6f6f10",
        "Practitioner?identifier=x|1",
        "",
        None,
        3,
        "A/" * 2_000,
    ],
)
def test_any_other_reference_has_no_type_and_id(text: object) -> None:
    assert split_reference(text) is None


def test_the_type_is_found_in_the_reference_the_contained_resource_the_condition_or_the_statement() -> None:
    resource = {"contained": [{"resourceType": "Device", "id": "a"}]}
    assert reference_type({"reference": "Patient/1"}, resource) == "Patient"
    assert reference_type({"reference": "#a"}, resource) == "Device"
    assert reference_type({"reference": "Organization?identifier=x"}, resource) == "Organization"
    assert reference_type({"reference": "urn:uuid:1", "type": "Practitioner"}, resource) == "Practitioner"
    assert reference_type({"display": "Dr Roux"}, resource) == ""


def test_contained_resources_are_found_before_those_of_the_device() -> None:
    document = sample("document")
    assert find_contained({"reference": "#labo"}, document) == document["contained"][2]
    assert resolve({"reference": "#absent"}, document, shared) is None
    assert resolve({"reference": "Practitioner/roux"}, document, shared) == sample("practitioner")
    assert resolve({"reference": "Practitioner/roux"}, document, nowhere) is None


def test_references_are_read_through_the_backbone_that_holds_them() -> None:
    resource = {"participant": [{"actor": {"reference": "A"}}, {"individual": {"reference": "B"}}, {"reference": "C"}]}
    assert [node["reference"] for node in references(resource, "participant", "absent")] == ["A", "B", "C"]


def test_only_shared_resources_are_asked_for_at_any_depth() -> None:
    deep: dict[str, object] = {"reference": "Medication/profond"}
    for _ in range(5_000):
        deep = {"extension": [deep]}
    assert find_references(deep) == {("Medication", "profond")}
    assert find_references(sample("appointment")) == {("Practitioner", "roux"), ("Location", "cabinet")}
    assert find_references(sample("document")) == set()
