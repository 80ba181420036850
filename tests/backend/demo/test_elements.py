import uuid

from mes_backend.demo.elements import annotate, coded, concept, make_id, nos, period, quantity, reference


def test_ids_are_fixed_and_say_nothing() -> None:
    assert make_id("patient", "camille") == make_id("patient", "camille") != make_id("patient", "leo")
    assert uuid.UUID(make_id("patient", "camille")).version == 5


def test_french_tables_have_their_address() -> None:
    expected = "https://mos.esante.gouv.fr/NOS/TRE_A03-ClasseDocument/FHIR/TRE-A03-ClasseDocument"
    assert nos("TRE_A03-ClasseDocument") == expected


def test_what_is_not_known_is_left_out() -> None:
    assert concept("Fièvre") == {"text": "Fièvre"}
    assert coded("urn:s", "1") == {"coding": [{"system": "urn:s", "code": "1"}]}
    assert period("2026") == {"start": "2026"}
    assert annotate("") == {}


def test_a_unit_is_its_own_ucum_code_unless_told() -> None:
    assert quantity(70, "kg")["code"] == "kg"
    assert quantity(37, "°C", "Cel")["code"] == "Cel"


def test_a_reference_is_made_of_a_resource_or_an_address() -> None:
    assert reference({"resourceType": "Patient", "id": "1"}) == reference("Patient/1")
