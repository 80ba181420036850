from mes_app.domain.record import Kind, Source
from mes_app.domain.sections.allergies import Allergy, AllergyStatus, Criticality, Severity
from mes_app.domain.values import Coded, PartialDate
from tests.fhir.reading import opened, summary


def test_a_list_shows_the_substance_and_its_reactions() -> None:
    overview = summary("allergy")
    assert (overview.kind, overview.title, overview.subtitle) == (
        Kind.ALLERGIES,
        "Pénicilline",
        "Urticaire, Œdème de Quincke",
    )
    assert (overview.date_text, overview.category, overview.status) == ("1994", "high", "active")
    assert overview.source is Source.PROFESSIONAL


def test_an_allergy_opens_with_its_worst_severity() -> None:
    assert opened("allergy") == Allergy(
        substance=Coded(text="Pénicilline", code="294505008", system="http://snomed.info/sct"),
        criticality=Criticality.HIGH,
        severity=Severity.SEVERE,
        reactions=("Urticaire", "Œdème de Quincke"),
        since=PartialDate(text="1994"),
        status=AllergyStatus.ACTIVE,
        source=Source.PROFESSIONAL,
        author="Dr Hélène ROUX",
        recorded=PartialDate(text="2021-05-03"),
        note="Confirmée par tests cutanés.\nÉviter aussi l'amoxicilline.",
    )


def test_an_allergy_without_a_status_still_holds_and_an_unknown_one_says_so() -> None:
    assert summary("allergy", clinicalStatus=None).status == "active"
    assert summary("allergy", clinicalStatus={"coding": [{"code": "autre"}]}).status == "unknown"


def test_without_a_code_the_substance_is_that_of_the_reaction() -> None:
    changes = {"code": None, "reaction": [{"substance": {"text": "Latex"}}]}
    assert summary("allergy", **changes).title == "Latex"
    allergy = opened("allergy", **changes)
    assert isinstance(allergy, Allergy)
    assert allergy.substance == Coded(text="Latex")
