import pytest

from mes_app.domain.record import Source
from mes_app.domain.values import PartialDate
from mes_app.fhir.authors import entry_facts, find_author, note_text, sign_anew, source_of
from tests.fhir.reading import sample, shared


@pytest.mark.parametrize(
    ("reference", "source"),
    [
        ("Patient/1", Source.SELF),
        ("RelatedPerson/1", Source.RELATIVE),
        ("PractitionerRole/1", Source.PROFESSIONAL),
        ("Organization/1", Source.PROFESSIONAL),
        ("Device/1", Source.DEVICE),
        ("Group/1", Source.UNKNOWN),
        ("urn:uuid:1", Source.UNKNOWN),
    ],
)
def test_the_source_is_who_the_author_is(reference: str, source: Source) -> None:
    assert source_of({"reference": reference}, {}) is source


def test_a_professional_among_the_authors_makes_it_a_professional_s() -> None:
    resource = {"author": [{"reference": "Patient/1"}, {"reference": "Practitioner/2"}]}
    assert find_author(resource, "author") == ({"reference": "Practitioner/2"}, Source.PROFESSIONAL)


def test_who_asserts_comes_before_who_typed_it() -> None:
    resource = {"asserter": {"reference": "Patient/1"}, "recorder": {"reference": "Practitioner/2"}}
    assert find_author(resource, "asserter", "recorder")[1] is Source.SELF


def test_an_author_nobody_can_place_is_still_named() -> None:
    resource = {"performer": {"display": "Dr Leroy"}, "recorder": {"reference": "Patient/1"}}
    assert find_author(resource, "performer", "recorder")[1] is Source.SELF
    assert find_author(resource, "performer") == ({"display": "Dr Leroy"}, Source.UNKNOWN)


def test_without_an_author_the_origin_of_the_record_tells() -> None:
    assert find_author({"meta": {"source": "https://a.example/Device/3"}})[1] is Source.DEVICE
    assert find_author({"meta": {"source": "urn:inconnu"}})[1] is Source.UNKNOWN
    assert find_author({})[1] is Source.UNKNOWN


def test_an_opened_record_knows_its_author_and_its_comments() -> None:
    resource = {"recorder": {"reference": "Practitioner/roux"}, "note": [{"text": "un"}, {"text": "deux"}]}
    facts = entry_facts(resource, shared, "recorder", recorded=PartialDate(text="2020"))
    assert facts == {
        "source": Source.PROFESSIONAL,
        "author": "Dr Hélène ROUX",
        "recorded": PartialDate(text="2020"),
        "note": "un\ndeux",
    }


def test_a_comment_of_an_appointment_is_a_note() -> None:
    assert note_text(sample("appointment")) == "Venir avec le dernier bilan."
    assert note_text({}) is None


def test_a_server_may_add_the_request_to_the_source_it_keeps() -> None:
    assert find_author({"meta": {"source": "Patient/1#Kp5qDk3bDWL6zJqH"}})[1] is Source.SELF


def test_who_is_or_was_in_a_vault_signs_anew_and_what_others_say_stays_theirs() -> None:
    resource = {
        "subject": {"reference": "urn:uuid:here"},
        "recorder": {"reference": "urn:uuid:here", "display": "Camille"},
        "sender": {"reference": "urn:uuid:gone"},
        "asserter": {"reference": "Practitioner/doc"},
        "performer": [{"reference": "Patient/7"}, {"reference": "#inside"}, {"actor": {"reference": "Patient/7"}}],
        "meta": {"source": "urn:uuid:here", "tag": []},
    }
    said = sign_anew(resource, "RelatedPerson/r")
    assert said == resource | {
        "recorder": {"reference": "RelatedPerson/r", "display": "Camille"},
        "sender": {"reference": "RelatedPerson/r"},
        "performer": [
            {"reference": "RelatedPerson/r"},
            {"reference": "#inside"},
            {"actor": {"reference": "Patient/7"}},
        ],
        "meta": {"source": "RelatedPerson/r", "tag": []},
    }
    assert sign_anew({"source": "text", "author": ["text"]}, "Patient/7") == {"source": "text", "author": ["text"]}
