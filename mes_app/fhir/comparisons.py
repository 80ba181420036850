"""Whether two versions of a resource say the same, however a server wrote them down. Never compare bodies by byte.

Left out: what a server adds (``id``, ``meta``, a generated narrative) and what says nothing (null, empty). Numbers are
equal as decimals (``72.50`` is ``72.5``), references as type and id wherever they point.
"""

from decimal import Decimal
from typing import Any

from mes_app.fhir.bodies import read_body
from mes_app.fhir.elements import Json, child
from mes_app.fhir.references import split_reference

SERVER_ELEMENTS = frozenset({"id", "meta"})
_OF_VERSION = ("versionId", "lastUpdated")


def is_same(one: bytes, other: bytes) -> bool:
    """Whether two bodies of a resource say the same. Raises Unreadable for what is no JSON object."""
    return one == other or make_canonical(read_body(one)) == make_canonical(read_body(other))


def make_canonical(resource: Json) -> object:
    """What ``resource`` says, equal for two that say the same. It can be a key of a dictionary."""
    return canonical({name: value for name, value in resource.items() if not _is_of_server(resource, name)})


def canonical(value: Any, name: str = "") -> object:
    """The same of one element; ``name`` is what it is kept under. None when it says nothing."""
    match value:
        case dict():
            inner = ((key, canonical(item, key)) for key, item in value.items())
            return frozenset(pair for pair in inner if pair[1] is not None) or None
        case list():
            return tuple(canonical(item, name) for item in value) or None
        case bool() | None:
            return value if value is None else ("bool", value)
        case int() | float() | Decimal():
            return ("number", Decimal(str(value)))
        case str() if name == "reference":
            return split_reference(value) or value
        case _:
            return value or None


def drop_version(resource: Json) -> Json:
    """``resource`` without what only the server says of a version; where it comes from and its labels stay."""
    meta = {name: value for name, value in child(resource, "meta").items() if name not in _OF_VERSION}
    rest = {name: value for name, value in resource.items() if name != "meta"}
    return rest | ({"meta": meta} if meta else {})


def has_generated_text(resource: Json) -> bool:
    """Whether the narrative was made from the rest of the resource, so that it adds nothing to it."""
    return child(resource, "text").get("status") in ("generated", "empty")


def _is_of_server(resource: Json, name: str) -> bool:
    return name in SERVER_ELEMENTS or (name == "text" and has_generated_text(resource))
