import pytest

from mes_app.errors import Reason, Unreadable
from mes_app.formats.xml_trees import MAX_BYTES, MAX_DEPTH, MAX_ELEMENTS, parse_xml

_ENTITY = b'<!DOCTYPE a [<!ENTITY b "cc">%s]><a>&%s;</a>'


def refusal(data: bytes) -> Reason:
    with pytest.raises(Unreadable) as refused:
        parse_xml(data, "urn:x")
    return refused.value.reason


def test_elements_of_the_namespace_go_by_their_own_name() -> None:
    root = parse_xml(b'<x:a xmlns:x="urn:x"><x:b/><c xmlns="urn:y"/></x:a>', "urn:x")
    assert [root.tag, *(child.tag for child in root)] == ["a", "b", "{urn:y}c"]


def test_a_tree_deeper_than_any_document_is_refused() -> None:
    assert refusal(b"<a>" * (MAX_DEPTH + 1) + b"</a>" * (MAX_DEPTH + 1)) is Reason.TOO_DEEP


def test_a_tree_larger_than_any_document_is_refused() -> None:
    assert refusal(b"<a>" + b"<b/>" * MAX_ELEMENTS + b"</a>") is Reason.TOO_LARGE
    assert refusal(b"<a>" + b" " * MAX_BYTES + b"</a>") is Reason.TOO_LARGE


@pytest.mark.parametrize(
    "data",
    [
        _ENTITY % (b"", b"b"),
        _ENTITY % (b'<!ENTITY d "&b;&b;&b;">', b"d"),
        b'<!DOCTYPE a [<!ENTITY f SYSTEM "file:///etc/hostname">]><a>&f;</a>',
        b'<!DOCTYPE a SYSTEM "http://127.0.0.1/x.dtd"><a/>',
        b"<a>&nowhere;</a>",
        b"<a><b></a>",
        b"",
    ],
)
def test_entities_and_document_types_are_never_followed(data: bytes) -> None:
    assert refusal(data) is Reason.DAMAGED
