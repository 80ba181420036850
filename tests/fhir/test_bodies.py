from decimal import Decimal

import pytest

from mes_app.errors import Reason, Unreadable
from mes_app.fhir.bodies import DEPTH_LIMIT, read_body, write_body


def test_numbers_are_read_as_written() -> None:
    assert str(read_body(b'{"value": 72.50}')["value"]) == "72.50"
    assert read_body(b'{"value": 1e400}')["value"] == Decimal("1e400")


@pytest.mark.parametrize("body", [b'{"value":72.50}', b'{"a":[1,0.10,-1.5E+3,null,true,"\xc3\xa9"]}', b"{}"])
def test_numbers_are_written_as_read(body: bytes) -> None:
    assert write_body(read_body(body)) == body


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b'{"a": "b', Reason.TRUNCATED),
        (b"", Reason.TRUNCATED),
        (b"<html></html>", Reason.NOT_FHIR),
        (b"[]", Reason.NOT_FHIR),
        (b'"text"', Reason.NOT_FHIR),
        (b'{"a": "\xff"}', Reason.NOT_FHIR),
        (b'{"a": NaN}', Reason.NOT_FHIR),
        (b'{"a": ' + b"9" * 5_000 + b"}", Reason.NOT_FHIR),
        (b'{"a": 1e99999999999999999999}', Reason.NOT_FHIR),
    ],
)
def test_what_is_no_json_object_is_unreadable(body: bytes, reason: Reason) -> None:
    with pytest.raises(Unreadable) as caught:
        read_body(body)
    assert caught.value.reason is reason


@pytest.mark.parametrize("depth", [DEPTH_LIMIT + 1, 100_000])
@pytest.mark.parametrize(("opening", "closing"), [(b"[", b"]"), (b'{"a":', b"}")])
def test_n4_json_nested_beyond_the_limit_is_unreadable(depth: int, opening: bytes, closing: bytes) -> None:
    with pytest.raises(Unreadable) as caught:
        read_body(b'{"a":' + opening * depth + b"1" + closing * depth + b"}")
    assert caught.value.reason is Reason.TOO_DEEP


def test_n4_many_shallow_objects_are_not_deep() -> None:
    read_body(b'{"a":[' + b",".join([b"{}"] * 10_000) + b"]}")
