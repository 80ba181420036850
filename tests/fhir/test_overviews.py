import pytest

from mes_app.domain.record import Kind, Overview
from mes_app.fhir.overviews import summarise
from mes_app.fhir.types import PULLED_TYPES, SHARED_TYPES
from tests.fhir.reading import sample, sample_names, summary, synthea


@pytest.mark.parametrize("name", sample_names())
def test_every_sample_has_a_title_a_person_can_read(name: str) -> None:
    overview = summary(name)
    assert overview.title
    assert overview.search
    assert overview.title != sample(name)["resourceType"] or name == "dispense"


@pytest.mark.parametrize("resource", synthea(), ids=lambda resource: resource["resourceType"])
def test_american_resources_are_shown_in_their_own_words(resource: dict[str, object]) -> None:
    overview = summarise(resource, holder=True)
    assert overview.title
    assert overview.date_key


def test_each_type_is_asked_for_once_and_belongs_to_a_patient() -> None:
    assert len(set(PULLED_TYPES)) == len(PULLED_TYPES)
    assert not SHARED_TYPES.intersection(PULLED_TYPES)


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("allergy", {"verificationStatus": {"coding": [{"code": "refuted"}]}}),
        ("condition", {"verificationStatus": {"coding": [{"code": "entered-in-error"}]}}),
        ("vaccine", {"status": "not-done"}),
        ("procedure", {"status": "not-done"}),
        ("document", {"status": "entered-in-error"}),
    ],
)
def test_what_did_not_happen_is_kept_but_is_no_line_of_a_section(name: str, changes: dict[str, object]) -> None:
    assert summary(name, **changes).kind is Kind.OTHER


def test_a_document_this_viewer_must_not_see_gives_only_its_kind() -> None:
    secret = sample("document", securityLabel=[{"coding": [{"code": "INVISIBLE_REPRESENTANTS_LEGAUX"}]}])
    assert summarise(secret, holder=False) == Overview(kind=Kind.DOCUMENTS, withheld=True)
    assert not summarise(secret, holder=True).withheld


@pytest.mark.parametrize("kind", [None, 3, [], {}, "", "Inconnu"])
def test_an_unknown_type_is_an_other_record(kind: object) -> None:
    assert summarise({"resourceType": kind}, holder=True).kind is Kind.OTHER
