"""Pages of search results: each resource both parsed, to be summarised, and as the exact bytes to be kept."""

import re
from dataclasses import dataclass
from typing import Any

import msgspec

from mes_app.errors import Reason, Unreadable
from mes_app.fhir.bodies import check_depth, reading
from mes_app.fhir.elements import Json, child, children

_LONE_SURROGATE = re.compile(
    rb"\\u[dD][89abAB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F])|(?<!\\u[dD][89abAB][0-9a-fA-F]{2})\\u[dD][c-fC-F][0-9a-fA-F]{2}"
)


@dataclass(frozen=True, slots=True)
class RawResource:
    """One resource of a server. ``body`` is its JSON exactly as received, ``updated`` its ``meta.lastUpdated``."""

    type: str
    id: str
    version: str
    updated: str
    body: bytes
    resource: Json


@dataclass(frozen=True, slots=True)
class Bundle:
    """One page. ``skipped`` counts entries that are no resource with an id, or that cannot be read alone."""

    entries: list[RawResource]
    skipped: int = 0
    next_url: str | None = None
    total: int | None = None


class _Entry(msgspec.Struct):
    resource: msgspec.Raw = msgspec.Raw(b"")
    search: Any = None


class _Page(msgspec.Struct):
    resourceType: str  # noqa: N815 - FHIR's own name
    entry: list[_Entry | None] | None = None
    link: Any = None
    total: Any = None


_page = msgspec.json.Decoder(_Page)
_object = msgspec.json.Decoder(dict[str, Any])


def parse_bundle(raw: bytes) -> Bundle:
    """A searchset page. Raises Unreadable (NOT_FHIR, TRUNCATED, TOO_DEEP) when the page itself cannot be read."""
    page = _parse_page(raw)
    if page.resourceType != "Bundle":
        raise Unreadable(Reason.NOT_FHIR)
    wanted = [entry for entry in page.entry or () if entry and not _is_remark(entry)]
    found = [resource for entry in wanted if (resource := _read_entry(bytes(entry.resource)))]
    return Bundle(
        entries=found,
        skipped=len(wanted) - len(found),
        next_url=_next_url(page.link),
        total=page.total if type(page.total) is int else None,
    )


def parse_resource(raw: bytes) -> RawResource:
    """One resource read by its id. Raises Unreadable (NOT_FHIR, TRUNCATED, TOO_DEEP)."""
    with reading():
        resource = check_depth(_object.decode(raw), raw)
    found = _identify(resource, raw)
    if found is None:
        raise Unreadable(Reason.NOT_FHIR)
    return found


def _parse_page(raw: bytes) -> _Page:
    """The envelope; a character that is no character (a lone surrogate) is replaced rather than losing the page."""
    with reading():
        try:
            return _page.decode(raw)
        except msgspec.DecodeError:
            return _page.decode(_LONE_SURROGATE.sub(rb"\\ufffd", raw))


def _read_entry(body: bytes) -> RawResource | None:
    """None for what cannot be read alone: one bad entry must not hide the others of its page."""
    try:
        return parse_resource(body)
    except Unreadable:
        return None


def _identify(resource: Json, body: bytes) -> RawResource | None:
    kind, rid = resource.get("resourceType"), resource.get("id")
    if type(kind) is not str or type(rid) is not str or not kind or not rid:
        return None
    meta = child(resource, "meta")
    version, updated = meta.get("versionId"), meta.get("lastUpdated")
    return RawResource(
        type=kind,
        id=rid,
        version=version if type(version) is str else "",
        updated=updated if type(updated) is str else "",
        body=body,
        resource=resource,
    )


def _is_remark(entry: _Entry) -> bool:
    """Whether the server only comments on the search."""
    return type(entry.search) is dict and entry.search.get("mode") == "outcome"


def _next_url(links: Any) -> str | None:
    found = (link.get("url") for link in children({"link": links}, "link") if link.get("relation") == "next")
    return next((url for url in found if type(url) is str and url), None)
