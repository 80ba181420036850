import pytest

from mes_app.errors import Unreadable
from mes_app.fhir.comparisons import drop_version, is_same


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (b'{"a":1,"b":[2]}', b'{ "b": [2], "a": 1 }'),
        (b'{"value":72.50}', b'{"value":72.5}'),
        (b'{"value":72.0}', b'{"value":72}'),
        (b'{"value":7.2e1}', b'{"value":72}'),
        (b'{"id":"1","meta":{"versionId":"2"},"a":"b"}', b'{"a":"b"}'),
        (b'{"text":{"status":"generated","div":"<div>x</div>"},"a":"b"}', b'{"a":"b"}'),
        (b'{"a":"b","c":null,"d":[],"e":{},"f":""}', b'{"a":"b"}'),
        (b'{"subject":{"reference":"https://s/fhir/Patient/1"}}', b'{"subject":{"reference":"Patient/1"}}'),
    ],
    ids=["order", "decimals", "whole", "exponent", "server's own", "generated", "empty", "absolute"],
)
def test_what_a_server_writes_otherwise_is_still_the_same(one: bytes, other: bytes) -> None:
    assert is_same(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (b'{"value":72.50}', b'{"value":72.51}'),
        (b'{"value":0.1}', b'{"value":0.10000000000000001}'),
        (b'{"value":1}', b'{"value":true}'),
        (b'{"value":1}', b'{"value":"1"}'),
        (b'{"a":["x","y"]}', b'{"a":["y","x"]}'),
        (b'{"given":[null,"x"]}', b'{"given":["x"]}'),
        (b'{"text":{"status":"additional","div":"<div>x</div>"}}', b"{}"),
        (b'{"extension":[{"url":"u","valueBoolean":true}]}', b"{}"),
        (b'{"subject":{"reference":"Patient/1"}}', b'{"subject":{"reference":"Patient/2"}}'),
        (b'{"note":[{"text":"https://s/Patient/1"}]}', b'{"note":[{"text":"Patient/1"}]}'),
    ],
    ids=["value", "digits", "flag", "text", "order", "place", "narrative", "extension", "reference", "words"],
)
def test_what_says_something_else_is_not_the_same(one: bytes, other: bytes) -> None:
    assert not is_same(one, other)


def test_what_is_no_resource_is_not_compared() -> None:
    with pytest.raises(Unreadable):
        is_same(b"[]", b"{}")


def test_of_a_version_only_what_its_author_says_of_it_stays() -> None:
    meta = {"versionId": "3", "lastUpdated": "2026-11-20T10:00:00Z", "source": "Patient/p1", "tag": [{"code": "x"}]}
    assert drop_version({"id": "1", "meta": meta}) == {
        "id": "1",
        "meta": {"source": "Patient/p1", "tag": [{"code": "x"}]},
    }
    assert drop_version({"id": "1", "meta": {"versionId": "3"}}) == {"id": "1"}
