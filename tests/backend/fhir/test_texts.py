import json
from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mes_backend.fhir.outcomes import FhirError
from mes_backend.fhir.texts import pick_elements, read_json, read_resource, stamp, write_json

BODY = b"""{"resourceType":"Observation","id":"theirs","extra":{"b": 1.50,
 "a":[1e3, 0.00000001, 123456789012345678901234567890]},"meta":{"versionId":"9","profile":["p"]},"note":"\\u00e9\\/"}"""


def test_what_a_client_wrote_is_kept_to_the_letter() -> None:
    kept = stamp(read_resource(BODY), "ours", 2, 1_000_000)
    assert '"extra":{"b": 1.50,\n "a":[1e3, 0.00000001, 123456789012345678901234567890]}' in kept
    assert '"note":"\\u00e9\\/"' in kept


def test_id_and_version_are_the_servers_and_the_rest_of_meta_the_clients() -> None:
    kept = json.loads(stamp(read_resource(BODY), "ours", 2, 1_000_000))
    assert kept["id"] == "ours"
    assert kept["meta"] == {"versionId": "2", "lastUpdated": "1970-01-01T00:00:01.000000Z", "profile": ["p"]}


def test_a_meta_that_is_no_object_is_replaced() -> None:
    assert (
        json.loads(stamp(read_resource(b'{"resourceType":"Basic","meta":"x"}'), "a", 1, 0))["meta"]["versionId"] == "1"
    )


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"null",
        b"{",
        b'{"a":tru}',
        b'{"a":NaN}',
        b'{"id":"x"}',
        b'{"resourceType":1}',
        b'\xff{"resourceType":"Basic"}',
        b'{"resourceType":"Basic","a":"\xff"}',
        b'{"resourceType":"Basic","a":1e99999999999999999999}',
        b'{"resourceType":"Basic","a":' + b"[" * 50_000 + b"]" * 50_000 + b"}",
    ],
)
def test_what_is_not_a_resource_is_refused(body: bytes) -> None:
    with pytest.raises(FhirError) as refusal:
        read_resource(body)
    assert refusal.value.status == 400


@given(st.binary(max_size=60))
def test_no_bytes_crash_the_reader(body: bytes) -> None:
    with suppress(FhirError):
        assert read_resource(body)


def test_decimals_survive_decoding_and_writing() -> None:
    decoded = read_json('{"value":72.50}')
    assert decoded == {"value": Decimal("72.50")}
    assert write_json(decoded) == '{"value":72.50}'


def test_picked_elements_come_with_the_base_and_say_that_they_are_a_part() -> None:
    body = '{"resourceType":"Patient","id":"a","meta":{"versionId":"1"},"birthDate":"2000","_birthDate":{},"name":[]}'
    part = json.loads(pick_elements(body, ["birthDate"]))
    assert set(part) == {"resourceType", "id", "meta", "birthDate", "_birthDate"}
    assert part["meta"]["tag"][0]["code"] == "SUBSETTED"
