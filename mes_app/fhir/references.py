"""References between resources: relative, absolute, versioned, contained. Nothing is fetched here."""

import re
from collections.abc import Callable, Iterable
from typing import Any

from mes_app.fhir.elements import Json, child, children, line
from mes_app.fhir.types import SHARED_TYPES

Refs = Callable[[str, str], Json | None]
"""Finds a resource this device holds by type and id; None when it does not."""

REFERENCE_LIMIT = 2_000
_LITERAL = re.compile(r"(?:^|/)([A-Z][A-Za-z]{2,40})/([A-Za-z0-9.-]{1,64})(?:/_history/[^/]+)?$")


def find_nowhere(_type: str, _id: str) -> Json | None:
    """The Refs of who holds no other resource."""
    return None


def split_reference(text: object) -> tuple[str, str] | None:
    """Type and id of a literal reference, wherever it points; None for contained, logical, conditional or urn ones."""
    if type(text) is not str or len(text) > REFERENCE_LIMIT:
        return None
    found = _LITERAL.search(text)
    return (found[1], found[2]) if found else None


def reference_type(node: Json, resource: Json) -> str:
    """The type a Reference points to, as far as it says; empty when it does not."""
    if found := split_reference(node.get("reference")):
        return found[0]
    if inside := find_contained(node, resource):
        return line(inside.get("resourceType"))
    conditional, _, query = line(node.get("reference")).partition("?")
    return line(node.get("type")) or (conditional if query else "")


def find_contained(node: Json, resource: Json) -> Json | None:
    """The contained resource a Reference points to with ``#id``."""
    text = node.get("reference")
    if type(text) is not str or not text.startswith("#"):
        return None
    return next((inside for inside in children(resource, "contained") if inside.get("id") == text[1:]), None)


def resolve(node: Json, resource: Json, refs: Refs) -> Json | None:
    """The resource a Reference points to, contained or held by this device; None when it cannot be found here."""
    if inside := find_contained(node, resource):
        return inside
    found = split_reference(node.get("reference"))
    return refs(*found) if found else None


def find_references(resource: Json) -> set[tuple[str, str]]:
    """Type and id of every shared resource (SHARED_TYPES) that ``resource`` refers to, at any depth."""
    found = (split_reference(text) for text in _reference_texts(resource))
    return {pair for pair in found if pair and pair[0] in SHARED_TYPES}


def references(node: Json, *names: str) -> list[Json]:
    """The References under ``names``, also those kept under ``actor``, ``individual`` or ``member`` of a list."""
    return [_inner(item) for name in names for item in children(node, name)]


def _inner(item: Json) -> Json:
    return next((child(item, name) for name in ("actor", "individual", "member") if name in item), item)


def _reference_texts(resource: Json) -> Iterable[str]:
    waiting: list[Any] = [resource]
    while waiting:
        node = waiting.pop()
        if type(node) is dict:
            text = node.get("reference")
            if type(text) is str:
                yield text
            waiting.extend(node.values())
        elif type(node) is list:
            waiting.extend(node)
