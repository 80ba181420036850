"""The links from one record to another: the elements of R4 that say them, read leniently and written in one place each.

A reference is named as records are known here: ``Type/id``, or ``urn:uuid:<our id>`` until the server has it. It never
bears words: the title of a document that is hidden from professionals would be read in the record that is not.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from mes_app.fhir.bodies import read_body, write_body
from mes_app.fhir.elements import Json, line
from mes_app.fhir.references import split_reference
from mes_app.fhir.writing import put

Path = tuple[str, ...]

_READ: dict[str, tuple[Path, ...]] = {
    "Communication": (("about",),),
    "Condition": (("evidence", "detail"),),
    "Consent": (("sourceReference",),),
    "DocumentReference": (("context", "related"),),
    "Encounter": (("reasonReference",),),
    "FamilyMemberHistory": (("reasonReference",),),
    "Immunization": (("reasonReference",),),
    "MedicationDispense": (("authorizingPrescription",), ("supportingInformation",)),
    "MedicationRequest": (("reasonReference",), ("basedOn",), ("supportingInformation",)),
    "MedicationStatement": (("derivedFrom",), ("reasonReference",), ("basedOn",)),
    "Observation": (("derivedFrom",),),
    "Procedure": (("report",), ("reasonReference",)),
}
"""Where each type says what it is linked to, whoever wrote it."""

_WRITTEN: dict[tuple[str, str], Path] = {
    ("MedicationStatement", "DocumentReference"): ("derivedFrom",),
    ("MedicationStatement", "Condition"): ("reasonReference",),
    ("Condition", "DocumentReference"): ("evidence", "detail"),
    ("Procedure", "DocumentReference"): ("report",),
    ("Procedure", "Condition"): ("reasonReference",),
    ("Observation", "DocumentReference"): ("derivedFrom",),
    ("DocumentReference", "AllergyIntolerance"): ("context", "related"),
    ("DocumentReference", "Immunization"): ("context", "related"),
}
"""Where a person's own record says it: the type that says it, the one it names."""

_URN = "urn:uuid:"
_SINGLE = frozenset({"context"})
"""Elements on the way that are one object; the others are lists."""


def can_link(holder: str, target: str) -> bool:
    """Whether a resource of the type ``holder`` can say that it is linked to one of the type ``target``."""
    return (holder, target) in _WRITTEN


def list_targets(holder: str) -> tuple[str, ...]:
    """The types that a resource of the type ``holder`` can name."""
    return tuple(target for one, target in _WRITTEN if one == holder)


def list_holders(target: str) -> tuple[str, ...]:
    """The types that can name a resource of the type ``target``."""
    return tuple(holder for holder, one in _WRITTEN if one == target)


def summarise_links(resource: Json) -> str:
    """The JSON list of the addresses that ``resource`` says it is linked to; empty where it says none."""
    places = _READ.get(line(resource.get("resourceType")), ())
    if not any(path[0] in resource for path in places):
        return ""
    addresses = [*dict.fromkeys(_list_addresses(resource))]
    return json.dumps(addresses) if addresses else ""


def put_link(body: bytes, target: str, address: str) -> bytes:
    """``body`` with the link to what is at ``address``, of the type ``target``; all else as it was.

    Raises Unreadable.
    """
    resource = read_body(body)
    path = _WRITTEN[str(resource.get("resourceType")), target]
    _add(resource, path, {"reference": address})
    return write_body(resource)


def drop_links(body: bytes, addresses: Iterable[str]) -> bytes:
    """``body`` without the links to what is at ``addresses``; all else as it was. Raises Unreadable."""
    resource, gone = read_body(body), frozenset(addresses)
    for path in _READ.get(line(resource.get("resourceType")), ()):
        _drop(resource, path, gone)
    return write_body(resource)


def merge_links(base: bytes | None, mine: bytes, theirs: bytes) -> bytes:
    """``theirs`` with the links of ``mine``: what either side linked is, what ``mine`` took back is not.

    Raises Unreadable.
    """
    versions = (read_body(body) if body else {} for body in (base, mine, theirs))
    before, here, there = ({*_list_addresses(version)} for version in versions)
    body = drop_links(theirs, before - here) if before - here else theirs
    resource = read_body(body)
    for path, node in _list_nodes(read_body(mine)):
        if _name(node) in here - before - there:
            _add(resource, path, node)
    return write_body(resource) if here - before - there else body


def _list_addresses(resource: Json) -> Iterator[str]:
    return (address for _, node in _list_nodes(resource) if (address := _name(node)))


def _list_nodes(resource: Json) -> Iterator[tuple[Path, Json]]:
    """The references that are links, each with where it is."""
    for path in _READ.get(line(resource.get("resourceType")), ()):
        nodes: list[Any] = [resource]
        for name in path:
            nodes = [item for node in nodes if type(node) is dict for item in _list(node.get(name))]
        yield from ((path, node) for node in nodes if type(node) is dict)


def _name(node: object) -> str:
    """The address of a reference, as records are known here; empty for what names no record."""
    text = node.get("reference") if type(node) is dict else None
    if type(text) is str and text.startswith(_URN):
        return text
    found = split_reference(text)
    return "/".join(found) if found else ""


def _add(resource: Json, path: Path, node: Json) -> None:
    name, *rest = path
    if not rest:
        put(resource, name, [*_list(resource.get(name)), node])
    elif name in _SINGLE:
        inside = resource.get(name)
        inner = {**inside} if isinstance(inside, dict) else {}
        _add(inner, tuple(rest), node)
        put(resource, name, inner)
    else:
        put(resource, name, [*_list(resource.get(name)), {rest[0]: [node]}])


def _drop(resource: Json, path: Path, gone: frozenset[str]) -> None:
    """What says nothing any more goes with the link."""
    name, *rest = path
    if name not in resource:
        return
    value = resource[name]
    kept = [left for item in _list(value) for left in _without(item, rest, gone)]
    if kept != _list(value):
        put(resource, name, kept if isinstance(value, list) else next(iter(kept), None))


def _without(item: Any, rest: list[str], gone: frozenset[str]) -> list[Any]:
    """``item`` less its links to ``gone``, if anything of it is left."""
    if not isinstance(item, dict):
        return [item]
    if not rest:
        return [] if _name(item) in gone else [item]
    inner = {**item}
    _drop(inner, tuple(rest), gone)
    return [inner] if inner or not item else []


def _list(value: object) -> list[Any]:
    """A list as it is, without limit; a lone item counts as a list of one."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]
