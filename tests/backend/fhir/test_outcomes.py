import pytest

from mes_backend.fhir.outcomes import FhirError, make_outcome
from tests.backend.fhir.scene import check_fhir


@pytest.mark.parametrize("status", [200, 400, 401, 403, 404, 405, 406, 410, 412, 413, 415, 418, 422, 429, 500, 503])
def test_each_status_has_a_valid_outcome(status: int) -> None:
    outcome = make_outcome(status, "A fact", "Bundle.entry[0]")
    check_fhir(outcome)
    assert outcome["issue"][0]["severity"] == ("error" if status >= 400 else "information")


def test_a_refusal_can_be_said_about_an_entry() -> None:
    error = FhirError(404, "A fact").at("Bundle.entry[2]")
    assert (error.status, error.text, error.place) == (404, "A fact", "Bundle.entry[2]")
