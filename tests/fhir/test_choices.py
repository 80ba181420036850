from mes_app.domain.sections.allergies import AllergyStatus, Severity
from mes_app.fhir.choices import choose, choose_status


def test_a_code_is_a_choice_only_when_we_know_it() -> None:
    assert choose(Severity, "severe") is Severity.SEVERE
    assert choose(Severity, "pire") is choose(Severity, None) is choose(Severity, ["severe"]) is None


def test_a_missing_status_is_not_an_unknown_one() -> None:
    assert choose_status(AllergyStatus, "", AllergyStatus.ACTIVE) is AllergyStatus.ACTIVE
    assert choose_status(AllergyStatus, "autre", AllergyStatus.ACTIVE) is AllergyStatus.UNKNOWN
