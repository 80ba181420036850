from datetime import UTC, datetime

import fhirkit
import pytest

from mes_backend.audit import Deed, make_event

NOW = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("deed", "patients"),
    [
        (Deed("read", "Observation", "o1", 200), {"leo"}),
        (Deed("search-type", "Observation", None, 200), {"leo", "camille"}),
        (Deed("transaction", None, None, 412), set()),
        (Deed("create", "Observation", None, 503), set()),
    ],
)
def test_every_trace_is_valid_fhir(deed: Deed, patients: set[str]) -> None:
    assert [str(i) for i in fhirkit.validate(make_event(deed, "me", patients, NOW)) if str(i).startswith("error")] == []


def test_a_trace_names_who_did_what_on_whose_record() -> None:
    event = make_event(Deed("update", "Observation", "o1", 200), "me", {"leo"}, NOW)
    assert (event["action"], event["outcome"], event["subtype"][0]["code"]) == ("U", "0", "update")
    assert event["agent"][0]["who"] == {"reference": "Person/me"}
    assert [entity["what"]["reference"] for entity in event["entity"]] == ["Patient/leo", "Observation/o1"]
    assert event["recorded"] == "2026-11-20T10:00:00+00:00"


def test_l6_a_refused_request_leaves_no_line_in_the_record_it_aimed_at() -> None:
    event = make_event(Deed("read", "Patient", "stranger", 404), "me", set(), NOW)
    assert "stranger" not in str(event)
    assert event["outcome"] == "4"
