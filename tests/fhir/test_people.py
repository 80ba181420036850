import json

from mes_app.domain.people import Person, Sex
from mes_app.domain.record import Kind
from mes_app.domain.values import PartialDate
from mes_app.fhir.bodies import read_body
from mes_app.fhir.people import decode_person, encode_person
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


def test_how_a_person_is_reached_is_written_and_who_a_person_is_never() -> None:
    camille = decode_person(body("patient"))
    assert read_body(encode_person(camille, body("patient"))) == sample("patient")
    moved = camille.model_copy(
        update={"phones": ("06 99 00 12 12",), "emails": (), "address": "3 quai du Port, 13002 Marseille"}
    )
    impostor = moved.model_copy(update={"name": "X", "nir": "1", "birth": None, "sex": Sex.MALE, "birth_name": "Y"})
    raw = encode_person(impostor, body("patient"))
    assert decode_person(raw) == moved
    assert read_body(raw) == sample(
        "patient",
        telecom=[{"system": "phone", "value": "06 99 00 12 12"}],
        address=[{"text": "3 quai du Port, 13002 Marseille"}],
    )
