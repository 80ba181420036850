"""Who says so: the source and the name of the author of a resource, and the facts every opened record shares."""

from typing import Any

from mes_app.domain.record import Source
from mes_app.domain.values import PartialDate
from mes_app.fhir.elements import TEXT_LIMIT, Json, child, children, line, paragraph, shorten
from mes_app.fhir.names import reference_name
from mes_app.fhir.references import Refs, reference_type, references, split_reference

_SOURCES = {
    "Patient": Source.SELF,
    "RelatedPerson": Source.RELATIVE,
    "Practitioner": Source.PROFESSIONAL,
    "PractitionerRole": Source.PROFESSIONAL,
    "Organization": Source.PROFESSIONAL,
    "CareTeam": Source.PROFESSIONAL,
    "Device": Source.DEVICE,
}

_NAMED_BY_US = "urn:uuid:"
_SIGNED = ("asserter", "author", "informationSource", "performer", "recorder", "sender", "source")
"""Where who says so is named."""


def source_of(node: Json, resource: Json) -> Source:
    """Who a Reference points to."""
    return _SOURCES.get(reference_type(node, resource), Source.UNKNOWN)


def find_author(resource: Json, *names: str) -> tuple[Json, Source]:
    """The Reference of the author: of the first element of ``names`` that tells who, a professional before others.

    Without one, ``meta.source`` tells the source; some servers add ``#`` and the request that wrote it.
    """
    unknown: Json = {}
    for name in names:
        nodes = references(resource, name)
        known = [(node, source_of(node, resource)) for node in nodes]
        found = [pair for pair in known if pair[1] is not Source.UNKNOWN]
        if found:
            return next((pair for pair in found if pair[1] is Source.PROFESSIONAL), found[0])
        unknown = unknown or next(iter(nodes), {})
    stated = split_reference(line(child(resource, "meta").get("source")).partition("#")[0])
    return unknown, _SOURCES.get(stated[0], Source.UNKNOWN) if stated else Source.UNKNOWN


def entry_facts(resource: Json, refs: Refs, *names: str, recorded: PartialDate | None = None) -> dict[str, Any]:
    """The fields of Entry that a resource tells; ``names`` are the elements that may hold its author."""
    node, source = find_author(resource, *names)
    return {
        "source": source,
        "author": reference_name(node, resource, refs) or None,
        "recorded": recorded,
        "note": note_text(resource),
    }


def note_text(resource: Json) -> str | None:
    """The comments of a resource, one after the other."""
    notes = [paragraph(note.get("text")) for note in children(resource, "note")]
    return shorten("\n".join(filter(None, [*notes, paragraph(resource.get("comment"))])), TEXT_LIMIT) or None


def sign_anew(resource: Json, author: str) -> Json:
    """``resource`` said by ``author`` wherever somebody says so who is, or was, the patient or holder of a vault.

    What a professional, a relative or a device says stays theirs.
    """
    signed = {name: _sign(value, author) if name in _SIGNED else value for name, value in resource.items()}
    meta = child(resource, "meta")
    return signed | ({"meta": meta | {"source": author}} if _is_person(meta.get("source")) else {})


def _sign(value: Any, author: str) -> Any:
    if isinstance(value, list):
        return [_sign(item, author) for item in value]
    if isinstance(value, dict) and _is_person(value.get("reference")):
        return value | {"reference": author}
    return value


def _is_person(text: object) -> bool:
    """Whether it names somebody whose record is, or was, in a vault."""
    found = split_reference(text)
    return found[0] == "Patient" if found else line(text).startswith(_NAMED_BY_US)
