"""A FHIR server in a file: the demonstration on the device is pulled from it like any other server, by the same code.

It answers what a pull asks and nothing more. Nothing of it ever goes to the network.
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
from mes_app.fhir.bundles import RawResource, parse_bundle
from mes_app.sync.networks import Clock
from mes_app.sync.pages import is_of

HOST = "demonstration.invalid"
BASE = f"https://{HOST}/fhir"
HOLDER = "Person/aea4b383-e5c0-56ae-af52-483d293948d4"
"""Whose account the demonstration shows: the parent of the family in assets."""


class BundleServer(httpx.AsyncBaseTransport):
    """Serves the FHIR Bundle of a gzip file to requests for ``BASE``; every other request goes ``onward``."""

    def __init__(self, file: Path, clock: Clock, onward: httpx.AsyncBaseTransport) -> None:
        self._file = file
        self._clock = clock
        self._onward = onward
        self._resources: list[RawResource] = []

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Answer from the file, or pass on."""
        if request.url.host != HOST:
            return await self._onward.handle_async_request(request)
        self._resources = self._resources or _read_bundle(self._file)
        resource_type, _, rid = request.url.path.removeprefix("/fhir/").partition("/")
        if resource_type == "metadata":
            return self._answer(b'{"resourceType": "CapabilityStatement", "fhirVersion": "4.0.1"}')
        if rid:
            found = [item.body for item in self._resources if (item.type, item.id) == (resource_type, rid)]
            return self._answer(b"".join(found), 200 if found else 404)
        matching = list(self._search(resource_type, request.url.params))
        return self._answer(_make_searchset(matching))

    async def aclose(self) -> None:
        """Forget the file and close what lies onward."""
        self._resources = []
        await self._onward.aclose()

    def _answer(self, body: bytes, status: int = 200) -> httpx.Response:
        """Streamed, as every answer from the network is."""
        headers = {"Date": format_datetime(self._clock(), usegmt=True), "Content-Type": "application/fhir+json"}
        return httpx.Response(status, headers=headers, stream=httpx.ByteStream(body))

    def _search(self, resource_type: str, params: httpx.QueryParams) -> Iterable[RawResource]:
        wanted = set(params.get("_id", "").split(",")) - {""}
        patient = params.get("patient", "")
        for item in self._resources:
            if item.type == resource_type and (item.id in wanted if wanted else is_of(item.resource, patient)):
                yield item


def _read_bundle(file: Path) -> list[RawResource]:
    try:
        return parse_bundle(gzip.decompress(file.read_bytes())).entries
    except (OSError, EOFError, zlib.error) as error:
        raise Unreadable(Reason.DAMAGED) from error


def _make_searchset(matching: list[RawResource]) -> bytes:
    head: dict[str, Any] = {"resourceType": "Bundle", "type": "searchset", "total": len(matching)}
    entries = b",".join(b'{"resource":' + item.body + b"}" for item in matching)
    return json.dumps(head).encode()[:-1] + b',"entry":[' + entries + b"]}"
