"""Bring resources of another dossier into this one: what they name is named anew, or comes along inside them.

Another server has other ids, and may have given the same id to somebody else: no reference is kept as it was written.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from mes_app.errors import Reason, Unreadable
from mes_app.fhir.bodies import read_body, reading
from mes_app.fhir.comparisons import drop_version, make_canonical
from mes_app.fhir.elements import Json, children, every, line
from mes_app.fhir.names import reference_name
from mes_app.fhir.references import Refs, reference_type, split_reference
from mes_app.fhir.types import SHARED_TYPES

MOST_CONTAINED = 100
_URN_SYSTEM = "urn:ietf:rfc:3986"

Rename = Callable[[str, Json], Json | None]
"""What to write in place of a reference (its text, its node); None where what it names does not come along."""


@dataclass(frozen=True, slots=True)
class Bundled:
    """One resource of a collection. ``url`` names it there; ``id`` is empty where no server knew it."""

    url: str
    type: str
    id: str
    resource: Json


class _Entry(msgspec.Struct):
    fullUrl: str = ""  # noqa: N815 - FHIR's own name
    resource: msgspec.Raw = msgspec.Raw(b"")


class _Collection(msgspec.Struct):
    resourceType: str  # noqa: N815 - FHIR's own name
    entry: list[_Entry] = []


_collection = msgspec.json.Decoder(_Collection)


def read_collection(data: bytes) -> list[Bundled]:
    """The resources of a Bundle. Raises Unreadable: NOT_FHIR, TRUNCATED, TOO_DEEP, when one of them cannot be read."""
    with reading():
        found = _collection.decode(data)
    if found.resourceType != "Bundle":
        raise Unreadable(Reason.NOT_FHIR)
    return [_identify(entry.fullUrl, read_body(bytes(entry.resource))) for entry in found.entry]


def adopt(resource: Json, rename: Rename, refs: Refs) -> Json:
    """``resource`` as it may join another dossier: without what a server said of it.

    What ``rename`` does not know is put inside it where ``refs`` finds it among what belongs to no patient; else it is
    named in words alone.
    """
    kept = {name: value for name, value in drop_version(resource).items() if name != "id"}
    return _Adoption(rename, refs, every(kept, "contained")).adopt(kept)


def list_references(resource: Any) -> Iterator[str]:
    """The texts of all references of a resource."""
    waiting = [resource]
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict):
            if isinstance(text := node.get("reference"), str):
                yield text
            if isinstance(source := node.get("source"), str):
                yield source
        if isinstance(node, dict | list):
            waiting.extend(node.values() if isinstance(node, dict) else node)


def tell_apart(resource: Json, refs: Refs) -> object:
    """What a resource says, the same before and after it was adopted or sent; it can be a key of a dictionary."""
    said = {name: value for name, value in resource.items() if name != "contained"}
    named = [each for each in children(said, "identifier") if each.get("system") != _URN_SYSTEM]
    return make_canonical(_loosen(said | {"identifier": named}, resource, refs))


def _identify(url: str, resource: Json) -> Bundled:
    return Bundled(url, line(resource.get("resourceType")), line(resource.get("id")), resource)


def _loosen(node: Any, resource: Json, refs: Refs) -> Any:
    if isinstance(node, list):
        return [_loosen(item, resource, refs) for item in node]
    if not isinstance(node, dict):
        return node
    if isinstance(node.get("reference"), str) or _is_logical(node):
        return {"display": "" if reference_type(node, resource) == "Patient" else reference_name(node, resource, refs)}
    return {
        name: _loosen(value, resource, refs) for name, value in node.items() if not _is_place_of_content(name, value)
    }


def _is_logical(node: Json) -> bool:
    """Whether it is a reference without an address, as ``_name_in_words`` writes it."""
    return isinstance(node.get("type"), str) and node.keys() <= {"type", "identifier", "display"}


def _is_place_of_content(name: str, value: object) -> bool:
    """Whether it says where on a server a content is: the content comes along by itself, or stays there."""
    found = split_reference(value) if name == "url" else None
    return found is not None and found[0] == "Binary"


class _Adoption:
    """What one resource brings with it, while it is written anew."""

    def __init__(self, rename: Rename, refs: Refs, contained: list[Json]) -> None:
        self._rename = rename
        self._refs = refs
        self._names: dict[tuple[str, str], str] = {}
        self._taken = {line(inside.get("id")) for inside in contained}
        self._brought: list[Json] = []

    def adopt(self, resource: Json) -> Json:
        """The whole resource anew."""
        walked: Json = self._walk(resource)
        inside = [*every(walked, "contained"), *self._brought]
        return walked | ({"contained": inside} if inside else {})

    def _walk(self, node: Any, name: str = "") -> Any:
        if isinstance(node, list):
            return [self._walk(item, name) for item in node]
        if not isinstance(node, dict):
            return node
        walked = {key: self._walk(value, key) for key, value in node.items() if not _is_place_of_content(key, value)}
        if isinstance(text := node.get("reference"), str) and text and not text.startswith("#"):
            return self._refer(text, walked)
        if name == "meta" and isinstance(text := node.get("source"), str):
            named = (self._rename(text, {}) or {}).get("reference")
            return walked | (
                {"source": named} if split_reference(named) else {}
            )  # else its type alone tells who says so
        return walked

    def _refer(self, text: str, node: Json) -> Json:
        if renamed := self._rename(text, node):
            return renamed
        found = split_reference(text)
        if found and found[0] in SHARED_TYPES and (inside := self._bring(*found)):
            return node | {"reference": f"#{inside}"}
        return _name_in_words(text, node)

    def _bring(self, kind: str, rid: str) -> str:
        """The id under which a shared resource is now inside; empty where it cannot be."""
        if (kind, rid) in self._names:
            return self._names[kind, rid]
        shared = self._refs(kind, rid)
        if shared is None or len(self._names) >= MOST_CONTAINED:
            return ""
        name = rid if rid not in self._taken else f"{kind}-{len(self._names)}"
        self._names[kind, rid] = name
        self._taken.add(name)
        plain: Mapping[str, Any] = {
            key: value for key, value in shared.items() if key not in ("meta", "contained", "text")
        }
        place = len(self._brought)
        self._brought.append({})
        self._brought[place] = {**self._walk(dict(plain)), "id": name}
        return name


def _name_in_words(text: str, node: Json) -> Json:
    """A reference that leads nowhere any more: what it is and how it is called."""
    found = split_reference(text)
    rest = {name: value for name, value in node.items() if name != "reference"}
    told = {"type": found[0]} | rest if found else rest
    return told if "identifier" in rest else told | {"identifier": {"value": text}}
