from mes_app.fhir.names import (
    address_text,
    choose_name,
    emails,
    own_name,
    person_name,
    phones,
    reference_name,
    short_name,
    telecoms,
    titled_name,
)  # fmt: skip
from tests.fhir.reading import nowhere, sample, shared


def test_the_name_in_use_comes_before_the_official_one_and_never_a_former_one() -> None:
    patient = sample("patient")
    assert person_name(patient) == "Camille MARTIN"
    assert choose_name({"name": [{"use": "maiden", "family": "A"}, {"family": "B"}]}) == {"family": "B"}
    assert choose_name({"name": [{"use": "maiden", "family": "A"}]}) == {"use": "maiden", "family": "A"}
    assert person_name({"name": [{"text": "Camille"}]}) == "Camille"
    assert person_name({"name": "Camille"}) == person_name({}) == ""


def test_professionals_keep_their_title() -> None:
    assert titled_name(sample("practitioner")) == "Dr Hélène ROUX"


def test_telephones_mails_and_address_are_what_a_person_would_use() -> None:
    contact = sample("contact")
    assert phones(contact) == ("06 99 00 12 34",)
    assert emails(contact) == ("alex.martin@example.fr",)
    assert telecoms(contact, "fax") == ("04 00 00 00 00",)
    assert address_text(contact) == "12 rue des Lilas, 69003 Lyon"
    assert address_text({"address": {"text": "à domicile"}}) == "à domicile"
    assert address_text({}) is None


def test_a_reference_is_called_by_its_own_words_else_by_what_it_points_to() -> None:
    document = sample("document")
    assert reference_name({"display": "Dr Roux"}, {}, nowhere) == "Dr Roux"
    assert reference_name({"reference": "Practitioner/roux"}, {}, shared) == "Dr Hélène ROUX"
    assert reference_name({"reference": "PractitionerRole/kine"}, {}, shared) == "Nadia BENALI"
    assert reference_name({"reference": "Practitioner/absent"}, {}, shared) == ""
    assert short_name({"reference": "#auteur"}, document) == "Dr Marc GIRAUD"
    assert short_name({"reference": "Practitioner/roux"}, document) == ""


def test_resources_of_other_types_name_themselves() -> None:
    assert own_name({"name": "Cabinet des Lilas"}) == "Cabinet des Lilas"
    assert own_name({"code": {"text": "Doliprane"}}) == "Doliprane"
    assert own_name({"deviceName": [{"name": "Balance"}]}) == "Balance"


def test_a_role_that_names_itself_as_its_practitioner_does_not_loop() -> None:
    loop = {"contained": [{"resourceType": "PractitionerRole", "id": "a", "practitioner": {"reference": "#a"}}]}
    assert short_name({"reference": "#a"}, loop) == ""
