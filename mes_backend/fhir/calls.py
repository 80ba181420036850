"""A FHIR request and its answer, free of HTTP: an entry of a Bundle is the same Call as a request on the socket."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from sqlalchemy import Connection

from mes_backend.fhir.dates import format_http_date, format_instant
from mes_backend.fhir.store import Draft, Store, Version
from mes_backend.rights import Reach

FHIR_JSON = "application/fhir+json"


@dataclass(frozen=True, slots=True)
class Call:
    """``path`` is split and relative to the base; ``headers`` have lower-case names."""

    method: str
    path: tuple[str, ...]
    query: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    new_id: str | None = None  # the id that a transaction planned for a POST

    def header(self, name: str) -> str:
        """A header's text, empty when absent."""
        return self.headers.get(name, "")

    def prefers(self, wish: str) -> bool:
        """Whether Prefer holds ``wish``, such as ``return=minimal``."""
        return wish in self.header("prefer").replace(" ", "").replace(";", ",").split(",")


class Answer(NamedTuple):
    """``body`` is FHIR JSON; ``raw`` are bytes of a Binary, sent in its place as ``content_type``, and ``place`` which
    of them where that is not all.
    """

    status: int
    body: str = ""
    version: Version | None = None
    raw: bytes | None = None
    content_type: str = FHIR_JSON
    place: str = ""


@dataclass(slots=True)
class Work:
    """One request inside its transaction: for whom, what it has kept, and whose records it touched."""

    store: Store
    con: Connection
    reach: Reach
    base: str
    kept: list[Version] = field(default_factory=list)
    patients: set[str] = field(default_factory=set)

    def keep(self, draft: Draft) -> Version:
        """Stores one version."""
        (version,) = self.store.append(self.con, [draft])
        self.kept.append(version)
        return version

    def begin_part(self) -> "Work":
        """The same request, to do one entry of a batch."""
        return replace(self, kept=[])


def make_etag(version: Version) -> str:
    """The weak tag of a version."""
    return f'W/"{version.version}"'


def make_strong_etag(version: Version) -> str:
    """The tag of the bytes of a Binary, which are the same to the last."""
    return f'"{version.version}"'


def make_address(version: Version) -> str:
    """``Type/id/_history/version``."""
    return f"{version.type}/{version.id}/_history/{version.version}"


def read_tags(header: str) -> list[str]:
    """The version numbers, or ``*``, of If-Match and If-None-Match."""
    return [tag.strip().removeprefix("W/").strip('"') for tag in header.split(",") if tag.strip()]


def make_headers(answer: Answer, base: str) -> dict[str, str]:
    """The HTTP headers that a version gives its answer."""
    if not answer.version:
        return {}
    headers = {"ETag": make_etag(answer.version), "Last-Modified": format_http_date(answer.version.instant)}
    if answer.raw is not None:
        headers |= {"ETag": make_strong_etag(answer.version), "Accept-Ranges": "bytes"}
        headers |= {"Content-Range": answer.place} if answer.place else {}
    return headers | ({"Location": f"{base}/{make_address(answer.version)}"} if answer.status == 201 else {})


def make_response_element(answer: Answer, status: str) -> dict[str, str]:
    """The same facts as an entry's ``response`` in a Bundle."""
    if not answer.version:
        return {"status": status}
    facts = {"status": status, "etag": make_etag(answer.version)}
    facts["lastModified"] = format_instant(answer.version.instant)
    return facts | ({"location": make_address(answer.version)} if answer.status in (200, 201) else {})
