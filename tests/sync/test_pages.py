import json
from typing import Any

import pytest

from mes_app.domain.sync_status import Fault
from mes_app.errors import Reason, Unreadable
from mes_app.fhir.bundles import parse_resource
from mes_app.sync.pages import is_of, make_incoming, read_page
from tests.sync.serving import make_bundle, make_record


def read(*resources: dict[str, Any], **more: Any) -> Any:
    return read_page(json.dumps(make_bundle(*resources, **more)).encode(), "Observation", "p1", holder=True)


def test_a_page_gives_records_references_and_its_next_link() -> None:
    page = read(make_record("a", performer=[{"reference": "Practitioner/d"}]), following="https://x/2", total=7)
    assert [(record.rid, record.ver) for record in page.records] == [("a", "1")]
    assert page.refs == {("Practitioner", "d")}
    assert (page.next_url, page.total, page.faults) == ("https://x/2", 7, [])


def test_a_body_is_kept_exactly_as_received() -> None:
    written = '{"resourceType":"Observation","id":"a", "valueQuantity":{"value":72.50}}'
    body = f'{{"resourceType":"Bundle","entry":[{{"resource":{written}}}]}}'.encode()
    assert read_page(body, "Observation", "p1", holder=True).records[0].body == written.encode()


@pytest.mark.parametrize(
    ("resource", "fault"),
    [
        (make_record("a", subject={"reference": "Patient/other"}), Fault("Observation", "a", Reason.NOT_FHIR)),
        ({"resourceType": "Martian", "id": "m"}, Fault("Martian", "m", Reason.NOT_FHIR)),
        ({"resourceType": "Observation"}, Fault("Observation", "", Reason.NOT_FHIR)),
    ],
    ids=["somebody else's", "unknown type", "no id"],
)
def test_l6_what_is_not_of_this_person_and_type_is_left_out(resource: dict[str, Any], fault: Fault) -> None:
    page = read(resource, make_record("good"))
    assert [record.rid for record in page.records] == ["good"]
    assert page.faults == [fault]


def test_an_unknown_code_is_a_record_like_any_other() -> None:
    assert len(read(make_record("a", code={"coding": [{"system": "urn:x", "code": "zzz"}]})).records) == 1


@pytest.mark.parametrize(
    ("resource", "expected"),
    [
        ({"subject": {"reference": "https://server/fhir/Patient/p1"}}, True),
        ({"subject": {"reference": "Patient/p2"}, "patient": {"reference": "Patient/p1"}}, True),
        ({"participant": [{"actor": {"reference": "Practitioner/d"}}, {"actor": {"reference": "Patient/p1"}}]}, True),
        ({"participant": [{"actor": {"reference": "Patient/p2"}}]}, False),
        ({"beneficiary": {"reference": "Patient/p2"}}, False),
        ({"subject": "Patient/p2", "participant": "x", "for": [1]}, True),
        ({}, True),
    ],
)
def test_l6_whose_record_it_is_reads_from_its_references(resource: dict[str, Any], expected: bool) -> None:
    assert is_of(resource, "p1") is expected


def test_a_server_without_versions_gets_one_from_the_date_or_the_words() -> None:
    def version(meta: str) -> str:
        return make_incoming(parse_resource(f'{{"resourceType":"Flag","id":"1"{meta}}}'.encode()), holder=True).ver

    assert version(',"meta":{"lastUpdated":"2026-01-01T00:00:00Z"}') == "2026-01-01T00:00:00Z"
    assert version("") == version("") != version(',"status":"active"')


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"<html>", Reason.NOT_FHIR),
        (b'{"resourceType":"Bundle","entry":[{', Reason.TRUNCATED),
        (b'{"a":' * 100_000 + b"1" + b"}" * 100_000, Reason.TOO_DEEP),
    ],
    ids=["html", "truncated", "deep"],
)
def test_n4_what_is_no_page_is_refused_with_its_reason(body: bytes, reason: Reason) -> None:
    with pytest.raises(Unreadable) as caught:
        read_page(body, "Observation", "p1", holder=True)
    assert caught.value.reason is reason


@pytest.mark.parametrize(
    ("attachment", "has_content"),
    [({"url": "Binary/b"}, True), ({"data": "Ym9uam91cg=="}, True), ({"contentType": "text/plain", "size": 0}, False)],
    ids=["elsewhere", "inside", "nowhere"],
)
def test_a_document_says_whether_it_has_a_content(attachment: dict[str, Any], has_content: bool) -> None:
    document = {"resourceType": "DocumentReference", "id": "d", "content": [{"attachment": attachment}]}
    assert make_incoming(parse_resource(json.dumps(document).encode()), holder=True).has_content is has_content
