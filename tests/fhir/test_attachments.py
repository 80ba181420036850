import base64
import json
from typing import Any

import pytest

from mes_app.domain.documents import Attachment
from mes_app.domain.record import ContentState
from mes_app.errors import Reason, Unreadable
from mes_app.fhir.attachments import (
    content_state,
    declared_size,
    declared_type,
    find_attachment,
    read_attachment,
    read_content,
    write_attachment,
)
from tests.fhir.reading import body


def document(*attachments: dict[str, Any]) -> dict[str, Any]:
    return {"content": [{"attachment": attachment} for attachment in attachments]}


def test_of_several_contents_a_readable_one_is_shown() -> None:
    xml, pdf = {"contentType": "text/xml", "url": "a"}, {"contentType": "application/pdf", "url": "b"}
    assert find_attachment(document(xml, pdf)) == pdf
    assert find_attachment(document({"title": "vide"}, xml)) == xml
    assert find_attachment(document({"title": "vide"})) == {"title": "vide"}
    assert find_attachment({}) == {}


def test_a_declared_type_loses_its_parameters() -> None:
    assert declared_type({"contentType": "Text/Plain; charset=utf-8"}) == "text/plain"


@pytest.mark.parametrize("data", [b"", b"a", b"ab", b"abc", b"abcd"])
def test_inline_content_is_weighed_without_being_decoded(data: bytes) -> None:
    assert declared_size({"data": base64.b64encode(data).decode()}) == len(data)


@pytest.mark.parametrize("size", [-1, 0, "lourd", 1e300, 10**30, None, []])
def test_a_size_that_cannot_be_is_unknown(size: object) -> None:
    assert declared_size({"size": size}) == 0


def test_where_the_content_is_decides_its_state() -> None:
    assert content_state(read_attachment({"data": "YQ=="})) is ContentState.STORED
    assert content_state(read_attachment({"url": "Binary/1"})) is ContentState.REMOTE
    assert content_state(read_attachment({})) is ContentState.NONE


def test_bytes_are_read_from_a_document_and_from_a_binary() -> None:
    assert read_content(body("document_minimal")).decode() == "Bonjour à tous"
    assert read_content(b'{"resourceType": "Binary", "data": "YWJj"}') == b"abc"


@pytest.mark.parametrize(
    ("resource", "reason"),
    [
        ({"resourceType": "Binary"}, Reason.NO_CONTENT),
        ({"resourceType": "Binary", "data": ""}, Reason.NO_CONTENT),
        ({"resourceType": "DocumentReference", "content": [{"attachment": {"url": "Binary/1"}}]}, Reason.NO_CONTENT),
        ({"resourceType": "Binary", "data": "é"}, Reason.DAMAGED),
        ({"resourceType": "Binary", "data": "YWJjZ"}, Reason.DAMAGED),
    ],
)
def test_content_that_is_not_there_or_not_base64_is_unreadable(resource: dict[str, Any], reason: Reason) -> None:
    with pytest.raises(Unreadable) as caught:
        read_content(json.dumps(resource).encode())
    assert caught.value.reason is reason


def test_what_is_known_of_a_new_content_is_written() -> None:
    made = Attachment(content_type="image/png", url="urn:uuid:1", size=3, sha1="2jmj7l5rSw0yVb/vlWAYkK/YBwk=")
    assert read_attachment(write_attachment(made)) == made
    assert write_attachment(Attachment()) == {"language": "fr-FR"}
