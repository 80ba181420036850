from mes_app.fhir.contact_points import put_address, put_emails, put_name, put_phones
from mes_app.fhir.elements import Json
from mes_app.fhir.names import address_text, emails, person_name, phones
from tests.fhir.reading import sample

MOBILE = {"system": "phone", "value": "06 99 00 12 34", "use": "mobile"}


def test_a_name_takes_the_place_of_the_one_in_use() -> None:
    patient = sample("patient")
    official = patient["name"][0]
    put_name(patient, "Camille DURAND")
    assert patient["name"] == [official, {"use": "usual", "text": "Camille DURAND"}]
    nobody: Json = {}
    put_name(nobody, "Alex")
    assert (nobody, person_name(nobody)) == ({"name": [{"text": "Alex"}]}, "Alex")


def test_a_number_that_stays_keeps_what_is_said_of_it() -> None:
    contact = sample("contact")
    fax = contact["telecom"][2]
    put_phones(contact, ["04 99 00 00 00", "06 99 00 12 34", "04 99 00 00 00"])
    assert phones(contact) == ("04 99 00 00 00", "06 99 00 12 34")
    assert MOBILE in contact["telecom"]
    put_phones(contact, [])
    put_emails(contact, ["a@example.fr"])
    assert emails(contact) == ("a@example.fr",)
    assert contact["telecom"] == [{"system": "email", "value": "a@example.fr"}, fax]


def test_the_last_way_to_reach_someone_leaves_no_empty_element() -> None:
    contact: Json = {"telecom": [MOBILE]}
    put_phones(contact, [])
    assert contact == {}


def test_an_address_is_rewritten_in_whole_and_the_next_one_is_never_lost() -> None:
    second = {"text": "Maison de vacances"}
    contact: Json = {"address": [{"use": "home", "line": ["12 rue des Lilas"], "city": "Lyon"}, second]}
    put_address(contact, "3 quai du Port")
    assert contact["address"] == [{"use": "home", "text": "3 quai du Port"}, second]
    put_address(contact, None)
    assert address_text(contact) == "Maison de vacances"
    put_address(contact, None)
    assert contact == {}
