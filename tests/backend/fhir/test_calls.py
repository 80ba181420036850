import pytest

from mes_backend.fhir.calls import Answer, Call, make_address, make_etag, make_headers, make_response_element, read_tags
from mes_backend.fhir.store import Version

VERSION = Version(1_000_000, "Observation", "o1", 3, "PUT", "{}")


@pytest.mark.parametrize("prefer", ["return=minimal", "handling=strict; return=minimal", "x,return=minimal"])
def test_a_wish_is_found_in_prefer(prefer: str) -> None:
    call = Call("GET", (), headers={"prefer": prefer})
    assert call.prefers("return=minimal")
    assert not call.prefers("return=representation")
    assert not Call("GET", ()).prefers("return=minimal")


@pytest.mark.parametrize(
    ("header", "tags"), [("", []), ('W/"3"', ["3"]), ('"3"', ["3"]), ('W/"1", W/"3"', ["1", "3"]), ("*", ["*"])]
)
def test_tags_are_read_weak_strong_and_in_lists(header: str, tags: list[str]) -> None:
    assert read_tags(header) == tags


def test_a_version_is_told_in_headers_and_in_bundle_entries() -> None:
    assert (make_etag(VERSION), make_address(VERSION)) == ('W/"3"', "Observation/o1/_history/3")
    made = make_headers(Answer(201, version=VERSION), "http://s/fhir")
    assert made["Location"] == "http://s/fhir/Observation/o1/_history/3"
    assert made["Last-Modified"] == "Thu, 01 Jan 1970 00:00:01 GMT"
    assert "Location" not in make_headers(Answer(200, version=VERSION), "http://s/fhir")
    element = make_response_element(Answer(201, version=VERSION), "201 Created")
    assert element["lastModified"] == "1970-01-01T00:00:01.000000Z"
    assert make_response_element(Answer(404), "404 Not Found") == {"status": "404 Not Found"}
