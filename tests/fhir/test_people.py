import json

import fhirkit
import pytest

from mes_app.domain.contact_details import ContactDetails
from mes_app.domain.newcomers import Newcomer
from mes_app.domain.people import Person, Sex
from mes_app.domain.record import Kind
from mes_app.domain.values import PartialDate
from mes_app.errors import NotAllowed, Reason
from mes_app.fhir.bodies import read_body
from mes_app.fhir.codec import encode
from mes_app.fhir.elements import Json
from mes_app.fhir.people import decode_details, decode_name, decode_person, encode_newcomer
from mes_app.fhir.references import find_nowhere
from tests.fhir.encoding import OWNER
from tests.fhir.reading import body, sample, summary


def test_a_person_opens_with_the_name_in_use_and_the_traits_of_the_ins() -> None:
    assert decode_person(body("patient")) == Person(
        name="Camille MARTIN",
        first_names="CAMILLE LOUISE",
        birth_name="DUPONT",
        birth=PartialDate(text="1988-05-14"),
        sex=Sex.FEMALE,
        nir="288056938301254",
        address="12 rue des Lilas, 69003 Lyon",
        phones=("06 99 00 56 78",),
        emails=("camille.martin@example.fr",),
    )


def test_a_number_under_another_system_is_taken_only_when_its_key_is_right() -> None:
    for value, expected in (("288056938301254", "288056938301254"), ("288056938301255", None)):
        patient = sample("patient", identifier=[{"system": "urn:example", "value": value}])
        assert decode_person(json.dumps(patient).encode()).nir == expected


def test_nothing_that_identifies_further_than_a_name_is_kept_beside_the_body() -> None:
    overview = summary("patient")
    assert overview.kind is Kind.PEOPLE
    assert (overview.title, overview.subtitle, overview.code) == ("Camille MARTIN", "", "")


def test_an_empty_person_is_nobody() -> None:
    assert decode_person(b'{"resourceType": "Patient", "gender": 3}') == Person(name="")


def details(**said: object) -> ContactDetails:
    return decode_details(sample("patient", **said), find_nowhere)


def change(entry: ContactDetails, **said: object) -> Json:
    """The Patient ``said`` once it is reached as ``entry`` says."""
    former = json.dumps(sample("patient", **said)).encode()
    return read_body(encode(Kind.PEOPLE, entry, OWNER, former))


def test_a_person_is_reached_as_their_record_says() -> None:
    assert details() == ContactDetails(
        mobile="06 99 00 56 78",
        email="camille.martin@example.fr",
        street="12 rue des Lilas",
        postcode="69003",
        city="Lyon",
    )
    assert details(telecom=[], address=[{"text": "Rue Haute 1, Bruxelles"}]).street == "Rue Haute 1, Bruxelles"
    assert details(telecom=[{"system": "phone", "use": "old", "value": "01"}], address=7) == ContactDetails()
    assert details(address=[{"city": "Lyon", "country": "FR"}], telecom=[]).country == "France"


@pytest.mark.parametrize(
    ("point", "is_mobile"),
    [
        ({"system": "phone", "value": "+33 7 39 98 00 00"}, True),
        ({"system": "phone", "value": "04 99 00 00 00"}, False),
        ({"system": "phone", "use": "home", "value": "06 99 00 00 00"}, False),
        ({"system": "phone", "use": "mobile", "value": "+32 470 00 00 00"}, True),
        ({"system": "sms", "value": "36180"}, True),
    ],
)
def test_a_mobile_number_is_told_from_another_one(point: Json, is_mobile: bool) -> None:
    found = details(telecom=[point])
    assert (found.mobile, found.phone) == ((point["value"], None) if is_mobile else (None, point["value"]))


def test_only_what_changed_of_how_a_person_is_reached_is_written_and_nothing_of_who_they_are() -> None:
    known = details()
    assert change(known) == sample("patient")
    moved = change(known.model_copy(update={"phone": "04 99 00 11 11", "email": None, "city": "Villeurbanne"}))
    mobile, _ = sample("patient")["telecom"]
    (address,) = sample("patient")["address"]
    assert moved == sample(
        "patient",
        telecom=[mobile, {"system": "phone", "use": "home", "value": "04 99 00 11 11"}],
        address=[address | {"city": "Villeurbanne"}],
    )
    assert decode_person(json.dumps(moved).encode()).nir == decode_person(body("patient")).nir


def test_a_changed_number_keeps_its_place_and_what_else_is_known_of_it() -> None:
    points: list[Json] = [
        {"system": "phone", "value": "06 99 00 56 78", "use": "mobile", "rank": 2},
        {"system": "fax", "value": "04 99 00 00 00"},
    ]
    known = details(telecom=points)
    changed = change(known.model_copy(update={"mobile": "06 99 00 12 12"}), telecom=points)
    assert changed["telecom"] == [points[0] | {"value": "06 99 00 12 12"}, points[1]]


def test_a_number_in_place_of_another_stays_of_the_same_sort() -> None:
    points = [{"system": "phone", "value": "04 99 00 00 00"}]
    known = details(telecom=points)
    changed = change(known.model_copy(update={"phone": "06 99 00 12 12"}), telecom=points)
    assert changed["telecom"] == [{"system": "phone", "use": "home", "value": "06 99 00 12 12"}]


def test_an_address_told_in_words_alone_is_written_in_parts_and_one_without_any_part_goes() -> None:
    told: Json = {"use": "home", "text": "12 rue des Lilas, Lyon"}
    other: Json = {"use": "temp", "city": "Paris"}
    known = details(address=[told, other])
    assert change(known.model_copy(update={"city": "Lyon"}), address=[told, other])["address"] == [
        {"use": "home", "line": ["12 rue des Lilas, Lyon"], "city": "Lyon"},
        other,
    ]
    assert change(known.model_copy(update={"street": None}), address=[told, other])["address"] == [other]
    assert change(ContactDetails(city="Nantes"), address=[])["address"] == [{"city": "Nantes"}]


def test_nobody_is_made_by_writing_how_they_are_reached() -> None:
    with pytest.raises(NotAllowed) as refused:
        encode(Kind.PEOPLE, ContactDetails(), OWNER)
    assert refused.value.reason is Reason.NOT_YOURS


def test_a_newcomer_is_a_patient_under_a_name_in_use_that_nobody_calls_official() -> None:
    zoe = Newcomer(first_name="Zoé", family_name="Martin", birth=PartialDate(text="2026-11"), sex=Sex.FEMALE)
    body = encode_newcomer(zoe)
    assert read_body(body) == {
        "resourceType": "Patient",
        "name": [{"use": "usual", "family": "Martin", "given": ["Zoé"]}],
        "gender": "female",
        "birthDate": "2026-11",
    }
    assert [str(issue) for issue in fhirkit.validate(json.loads(body))] == []
    assert decode_name(body) == ("Zoé", "Martin")
    person = decode_person(body)
    assert (person.name, person.first_names, person.birth_name) == ("Zoé Martin", "", "")


def test_a_newcomer_called_otherwise_keeps_how_they_are_reached() -> None:
    zoe = Newcomer(first_name="Zoé", family_name="Martin", birth=PartialDate(text="2026-11-20"))
    former = b'{"resourceType":"Patient","gender":"male","telecom":[{"system":"phone","value":"0639980000"}]}'
    assert read_body(encode_newcomer(zoe, former)) == {
        "resourceType": "Patient",
        "telecom": [{"system": "phone", "value": "0639980000"}],
        "name": [{"use": "usual", "family": "Martin", "given": ["Zoé"]}],
        "birthDate": "2026-11-20",
    }


def test_the_number_of_a_newcomer_is_under_no_system_that_says_it_was_verified() -> None:
    zoe = Newcomer(first_name="Zoé", family_name="Martin", birth=PartialDate(text="2026-11"), nir="255081416802538")
    body = encode_newcomer(zoe)
    assert read_body(body)["identifier"] == [{"value": "255081416802538"}]
    assert [str(issue) for issue in fhirkit.validate(json.loads(body))] == []
    assert decode_person(body).nir == zoe.nir
    assert encode_newcomer(zoe, body) == body
    assert "255081" not in repr(decode_person(body))
    without = read_body(encode_newcomer(zoe.model_copy(update={"nir": None}), body))
    assert "identifier" not in without


def test_a_verified_number_that_is_not_changed_stays_under_its_system() -> None:
    verified = {"system": "urn:oid:1.2.250.1.213.1.4.8", "value": "255081416802538"}
    zoe = Newcomer(first_name="Zoé", family_name="Martin", birth=PartialDate(text="2026"), nir="255081416802538")
    former = json.dumps({"resourceType": "Patient", "identifier": [verified]}).encode()
    assert read_body(encode_newcomer(zoe, former))["identifier"] == [verified]
