"""A FHIR server in a file: the demonstration on the device is synced with it like any other server, by the same code.

It answers what a sync asks and nothing more. Nothing of it ever goes to the network, and what is written to it is in
memory only: the file never changes.
"""

import gzip
import json
import zlib
from collections.abc import Iterable
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import httpx

from mes_app.errors import Reason, Unreadable
from mes_app.fhir.bodies import read_body, write_body
from mes_app.fhir.bundles import RawResource, parse_bundle, parse_resource
from mes_app.fhir.types import PULLED_TYPES
from mes_app.store.ids import make_id
from mes_app.sync.networks import Clock
from mes_app.sync.pages import is_of

HOST = "demonstration.invalid"
BASE = f"https://{HOST}/fhir"
HOLDER = "Person/aea4b383-e5c0-56ae-af52-483d293948d4"
"""Whose account the demonstration shows: the parent of the family in assets."""


Writings = dict[tuple[str, str], RawResource | None]
"""What was written over the file, by type and id; None: deleted."""


class BundleServer(httpx.AsyncBaseTransport):
    """Serves the FHIR Bundle of a gzip file to requests for ``BASE``; every other request goes ``onward``.

    ``writings`` are those of all the clients of one person, which outlive each of them.
    """

    def __init__(
        self, file: Path, clock: Clock, onward: httpx.AsyncBaseTransport, writings: Writings | None = None
    ) -> None:
        self._file = file
        self._clock = clock
        self._onward = onward
        self._writings = {} if writings is None else writings
        self._resources: Writings = {}

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Answer from the file, or pass on."""
        if request.url.host != HOST:
            return await self._onward.handle_async_request(request)
        self._resources = self._resources or _read_bundle(self._file)
        resource_type, _, rid = request.url.path.removeprefix("/fhir/").partition("/")
        if resource_type == "metadata":
            return self._answer(_make_statement())
        if rid:
            return self._change(request, (resource_type, rid), await request.aread())
        matching = list(self._search(resource_type, request.url.params))
        return self._answer(_make_searchset(matching))

    async def aclose(self) -> None:
        """Forget the file and close what lies onward."""
        self._resources = {}
        await self._onward.aclose()

    def _answer(self, body: bytes, status: int = 200) -> httpx.Response:
        """Streamed, as every answer from the network is."""
        headers = {"Date": format_datetime(self._clock(), usegmt=True), "Content-Type": "application/fhir+json"}
        return httpx.Response(status, headers=headers, stream=httpx.ByteStream(body))

    def _change(self, request: httpx.Request, key: tuple[str, str], body: bytes) -> httpx.Response:
        """Read, put or delete one resource, under the conditions that the sync makes."""
        there = self._list().get(key)
        if request.method == "GET":
            return self._answer(there.body) if there else self._answer(b"", 410 if key in self._writings else 404)
        if there and not _allows(request.headers, there):
            return self._answer(b"", 412)
        written = self._stamp(body) if request.method == "PUT" else None
        self._writings[key] = written
        return self._answer(written.body if written else b"")

    def _stamp(self, body: bytes) -> RawResource:
        """A resource as it is kept, in a version that there never was."""
        meta = {"versionId": make_id(), "lastUpdated": self._clock().isoformat(timespec="milliseconds")}
        return parse_resource(write_body(read_body(body) | {"meta": meta}))

    def _list(self) -> Writings:
        return self._resources | self._writings

    def _search(self, resource_type: str, params: httpx.QueryParams) -> Iterable[RawResource]:
        wanted = set(params.get("_id", "").split(",")) - {""}
        patient = params.get("patient", "")
        for item in self._list().values():
            if item and item.type == resource_type and (item.id in wanted if wanted else is_of(item.resource, patient)):
                yield item


def _allows(conditions: httpx.Headers, there: RawResource) -> bool:
    """Whether what is ``there`` may be replaced by whoever makes these ``conditions``."""
    tag = f'W/"{there.version}"'
    return "if-none-match" not in conditions and conditions.get("if-match", tag) == tag


def _make_statement() -> bytes:
    told = [{"type": name, "updateCreate": True} for name in (*PULLED_TYPES, "Binary")]
    rest = [{"mode": "server", "resource": told}]
    return write_body({"resourceType": "CapabilityStatement", "fhirVersion": "4.0.1", "rest": rest})


def _read_bundle(file: Path) -> Writings:
    try:
        found = parse_bundle(gzip.decompress(file.read_bytes())).entries
    except (OSError, EOFError, zlib.error) as error:
        raise Unreadable(Reason.DAMAGED) from error
    return {(item.type, item.id): item for item in found}


def _make_searchset(matching: list[RawResource]) -> bytes:
    head: dict[str, Any] = {"resourceType": "Bundle", "type": "searchset", "total": len(matching)}
    entries = b",".join(b'{"resource":' + item.body + b"}" for item in matching)
    return json.dumps(head).encode()[:-1] + b',"entry":[' + entries + b"]}"
