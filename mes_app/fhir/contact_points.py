"""How a person is called and reached, written where ``names`` reads it. What is not changed stays as it is."""

from collections.abc import Sequence

from mes_app.fhir.elements import Json, child, children, line
from mes_app.fhir.names import PHONES, choose_name
from mes_app.fhir.writing import put

_OF_NAME = ("use", "period")
_OF_ADDRESS = ("use", "type", "period")


def put_name(resource: Json, text: str) -> None:
    """The name in use, in whole; names of another use stay."""
    name = choose_name(resource)
    if not name:
        resource["name"] = [name]
    _rewrite(name, _OF_NAME, text)


def put_phones(resource: Json, values: Sequence[str]) -> None:
    """The telephone numbers, in this order."""
    _put_points(resource, PHONES, values)


def put_emails(resource: Json, values: Sequence[str]) -> None:
    """The mail addresses, in this order."""
    _put_points(resource, ("email",), values)


def put_address(resource: Json, text: str | None) -> None:
    """The first address, in whole; without ``text`` it goes, and the next one is the first."""
    first = child(resource, "address")
    others = [address for address in children(resource, "address") if address is not first]
    if text:
        _rewrite(first, _OF_ADDRESS, text)
    put(resource, "address", [first, *others] if text else others)


def _put_points(resource: Json, systems: Sequence[str], values: Sequence[str]) -> None:
    """Each value keeps the points that say it; those of other systems stay, after them."""
    points = children(resource, "telecom")
    ours = [point for point in points if point.get("system") in systems and line(point.get("value"))]
    others = [point for point in points if not any(point is own for own in ours)]
    written: list[Json] = []
    for value in dict.fromkeys(values):
        said = [point for point in ours if line(point["value"]) == value]
        written += said or [{"system": systems[0], "value": value}]
    put(resource, "telecom", written + others)


def _rewrite(node: Json, kept: Sequence[str], text: str) -> None:
    """``node`` as one text: its parts would contradict it."""
    for name in node.keys() - {*kept}:
        del node[name]
    node["text"] = text
