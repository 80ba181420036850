import json
from typing import Any

import pytest

from mes_app.errors import Reason, Unreadable
from mes_app.fhir.bundles import parse_bundle, parse_resource

META = '{"versionId": "7", "lastUpdated": "2026-01-01T00:00:00Z"}'
ONE = f'{{ "resourceType": "Observation",  "id": "1", "meta": {META}, "v": 72.50 }}'


def page(*entries: Any, **more: Any) -> bytes:
    return json.dumps({"resourceType": "Bundle", "type": "searchset", "entry": list(entries)} | more).encode()


def test_c3_a_resource_is_kept_as_the_very_bytes_received() -> None:
    raw = f'{{"resourceType":"Bundle","entry":[{{"fullUrl":"x","resource":{ONE}}}]}}'
    (found,) = parse_bundle(raw.encode()).entries
    assert found.body == ONE.encode()
    assert (found.type, found.id, found.version, found.updated) == ("Observation", "1", "7", "2026-01-01T00:00:00Z")
    assert found.resource["v"] == 72.5


def test_a_page_tells_the_next_one_and_the_total() -> None:
    links = [{"relation": "self", "url": "a"}, {"relation": "next", "url": "b"}]
    assert parse_bundle(page(link=links, total=3)).next_url == "b"
    assert parse_bundle(page(link=links, total=3)).total == 3
    assert parse_bundle(page()).next_url is None
    assert parse_bundle(page(link="next", total="3")).total is None
    assert parse_bundle(b'{"resourceType": "Bundle"}').entries == []


def test_what_cannot_be_kept_is_counted_and_hides_nothing_else() -> None:
    deep: Any = {}
    for _ in range(100):
        deep = [deep]
    good = {"resource": {"resourceType": "Flag", "id": "1"}}
    bad = [{"resource": {"resourceType": "Flag"}}, {"resource": 3}, {}, {"resource": {"id": "2", "x": deep}}]
    found = parse_bundle(page(*bad, good, None))
    assert [resource.id for resource in found.entries] == ["1"]
    assert found.skipped == len(bad)


def test_remarks_of_the_server_are_no_records() -> None:
    remark = {"resource": {"resourceType": "OperationOutcome", "id": "1"}, "search": {"mode": "outcome"}}
    assert parse_bundle(page(remark)).entries == []
    assert parse_bundle(page(remark)).skipped == 0


def test_a_broken_character_does_not_lose_the_page() -> None:
    (found,) = parse_bundle(page({"resource": {"resourceType": "Flag", "id": "1", "a": "\ud800", "b": "😀"}})).entries
    assert (found.resource["a"], found.resource["b"]) == ("\ufffd", "😀")


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"<html>erreur</html>", Reason.NOT_FHIR),
        (b'{"resourceType": "OperationOutcome"}', Reason.NOT_FHIR),
        (b'{"resourceType": "Bundle", "entry": [3]}', Reason.NOT_FHIR),
        (b"[]", Reason.NOT_FHIR),
        (b'{"resourceType": "Bundle", "entry": [{"resource": {"id', Reason.TRUNCATED),
        (b'{"resourceType": "Bundle", "x": ' + b"[" * 100_000, Reason.TOO_DEEP),
    ],
)
def test_an_answer_that_is_no_page_is_unreadable(raw: bytes, reason: Reason) -> None:
    with pytest.raises(Unreadable) as caught:
        parse_bundle(raw)
    assert caught.value.reason is reason


def test_one_resource_reads_alone() -> None:
    assert parse_resource(ONE.encode()).version == "7"
    with pytest.raises(Unreadable):
        parse_resource(b'{"resourceType": "Patient"}')
