"""XML into a tree, within bounds: no document type, no entity, no tree too large or too deep."""

from xml.etree.ElementTree import Element, ParseError, TreeBuilder

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from mes_app.errors import Reason, Unreadable

MAX_BYTES = 20_000_000
MAX_ELEMENTS = 200_000
MAX_DEPTH = 100


class _BoundedBuilder(TreeBuilder):
    """A tree that grows no further than the bounds; names of ``namespace`` lose their prefix."""

    def __init__(self, namespace: str) -> None:
        super().__init__()
        self._prefix = f"{{{namespace}}}"
        self._depth = self._elements = 0

    def start(self, tag: str, attrs: dict[str, str], /) -> Element:
        self._depth += 1
        self._elements += 1
        if self._depth > MAX_DEPTH:
            raise Unreadable(Reason.TOO_DEEP)
        if self._elements > MAX_ELEMENTS:
            raise Unreadable(Reason.TOO_LARGE)
        return super().start(tag.removeprefix(self._prefix), attrs)

    def end(self, tag: str, /) -> Element:
        self._depth -= 1
        return super().end(tag.removeprefix(self._prefix))


def parse_xml(data: bytes, namespace: str) -> Element:
    """The root of ``data``; elements of ``namespace`` go by their local name.

    Raises Unreadable: DAMAGED when it is not well formed or holds a document type, TOO_LARGE, TOO_DEEP.
    """
    if len(data) > MAX_BYTES:
        raise Unreadable(Reason.TOO_LARGE)
    parser = DefusedXMLParser(target=_BoundedBuilder(namespace), forbid_dtd=True)
    try:
        parser.feed(data)
        root: Element = parser.close()
    except (ParseError, DefusedXmlException, LookupError, ValueError) as error:
        raise Unreadable(Reason.DAMAGED) from error
    return root
