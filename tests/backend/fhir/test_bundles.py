import json

from mes_backend.fhir.bundles import make_bundle, make_match, make_notice, make_past, make_result
from mes_backend.fhir.calls import Answer
from mes_backend.fhir.outcomes import make_outcome
from mes_backend.fhir.store import Version
from mes_backend.fhir.texts import write_json
from tests.backend.fhir.scene import check_fhir

BASE = "http://s/fhir"
BODY = '{"resourceType":"Basic","id":"b1","code":{"text":"x"}}'
KEPT = Version(1_000_000, "Basic", "b1", 1, "POST", BODY)
GONE = Version(2_000_000, "Basic", "b1", 2, "DELETE", None)


def test_a_searchset_is_valid_and_keeps_bodies_as_they_are() -> None:
    notice = make_notice(write_json(make_outcome(200, "A fact")))
    text = make_bundle("searchset", [make_match(BASE, KEPT), notice], [("self", f"{BASE}/Basic")], 1)
    assert BODY in text
    check_fhir(json.loads(text))


def test_a_history_tells_deletions_without_a_resource() -> None:
    bundle = json.loads(make_bundle("history", [make_past(BASE, GONE), make_past(BASE, KEPT)]))
    check_fhir(bundle)
    assert [entry["request"]["method"] for entry in bundle["entry"]] == ["DELETE", "POST"]
    assert "resource" not in bundle["entry"][0]


def test_results_tell_what_was_done_and_what_was_refused() -> None:
    refused = Answer(404, write_json(make_outcome(404, "A fact")))
    results = [make_result(BASE, answer) for answer in (Answer(201, BODY, KEPT), Answer(204, "", GONE), refused)]
    bundle = json.loads(make_bundle("batch-response", results))
    check_fhir(bundle)
    assert [entry["response"]["status"][:3] for entry in bundle["entry"]] == ["201", "204", "404"]
    assert bundle["entry"][2]["response"]["outcome"]["issue"]


def test_an_empty_bundle_has_no_empty_list() -> None:
    assert set(json.loads(make_bundle("searchset", [], [], 0))) == {"resourceType", "type", "total"}
