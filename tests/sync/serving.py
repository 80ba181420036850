"""Servers for the tests of the wire: any ASGI app on a real socket, and one that says whatever a test wants."""

import asyncio
import json
import socket
import threading
from collections.abc import Awaitable, Callable, Iterator, MutableMapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any
from urllib.parse import parse_qs

import uvicorn

from mes_app.domain.servers import ServerAccount, SignIn
from mes_app.services.syncing import Syncing

App = Callable[..., Awaitable[None]]
NOW = datetime(2026, 11, 21, 14, 5, tzinfo=UTC)


class Server(uvicorn.Server):
    """A server that ends when told, where uvicorn's own looks every tenth of a second whether it should."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.running = threading.Event()

    async def main_loop(self) -> None:
        self.loop, self.ended = asyncio.get_running_loop(), asyncio.Event()
        self.running.set()
        await self.ended.wait()

    def end(self) -> None:
        self.running.wait()
        self.force_exit = True
        self.loop.call_soon_threadsafe(self.ended.set)


@contextmanager
def served(app: App, **options: Any) -> Iterator[str]:
    """The address of ``app``, listening on a free port of this machine until the block ends."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = Server(uvicorn.Config(app, log_level="critical", lifespan="off", date_header=False, **options))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        scheme = "https" if "ssl_certfile" in options else "http"
        try:
            yield f"{scheme}://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.end()
            thread.join()


def closed_address() -> str:
    """An address where nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return f"http://127.0.0.1:{listener.getsockname()[1]}"


@dataclass
class Asked:
    """A request as the server saw it."""

    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    form: dict[str, str]
    body: bytes = b""


@dataclass
class Say:
    """What to answer. ``body`` may be bytes, text or anything that becomes JSON; ``promised`` a false length."""

    body: Any = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    content_type: str = "application/fhir+json"
    promised: int | None = None

    def raw(self) -> bytes:
        if isinstance(self.body, bytes):
            return self.body
        return (self.body if isinstance(self.body, str) else json.dumps(self.body)).encode()


@dataclass
class Scripted:
    """An ASGI app that answers by path, or by method and path: a Say, a list (the last stays), or a function."""

    paths: dict[str, Say | list[Say] | Callable[[Asked], Say]] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)
    date: datetime = NOW

    async def __call__(self, scope: MutableMapping[str, Any], receive: Any, send: Any) -> None:
        message = await receive()
        body = message.get("body", b"")
        while message.get("more_body"):
            message = await receive()
            body += message.get("body", b"")
        asked = Asked(
            scope["method"],
            scope["path"],
            {name: values[0] for name, values in parse_qs(scope["query_string"].decode()).items()},
            {name.decode(): value.decode() for name, value in scope["headers"]},
            {name: values[0] for name, values in parse_qs(body.decode()).items()},
            body,
        )
        self.asked.append(asked)
        await self._answer(self._choose(asked), send)

    def _choose(self, asked: Asked) -> Say:
        unknown = Say({"resourceType": "OperationOutcome"}, 404)
        chosen = self.paths.get(f"{asked.method} {asked.path}", self.paths.get(asked.path, unknown))
        if isinstance(chosen, list):
            return chosen.pop(0) if len(chosen) > 1 else chosen[0]
        return chosen(asked) if callable(chosen) else chosen

    async def _answer(self, say: Say, send: Any) -> None:
        raw = say.raw()
        headers = {
            "content-type": say.content_type,
            "date": format_datetime(self.date, usegmt=True),
            "content-length": str(say.promised or len(raw)),
        } | say.headers
        pairs = [(name.encode(), value.encode()) for name, value in headers.items()]
        await send({"type": "http.response.start", "status": say.status, "headers": pairs})
        await send({"type": "http.response.body", "body": raw})


def make_record(rid: str = "o1", version: str = "1", **more: Any) -> dict[str, Any]:
    """A measure of Patient/p1 as a server keeps it."""
    return {
        "resourceType": "Observation",
        "id": rid,
        "meta": {"versionId": version, "lastUpdated": f"2026-11-20T10:00:0{version}Z"},
        "status": "final",
        "code": {"coding": [{"system": "http://loinc.org", "code": "29463-7"}], "text": "Poids"},
        "subject": {"reference": "Patient/p1"},
        "effectiveDateTime": "2026-11-20",
        "valueQuantity": {"value": 70.5, "unit": "kg"},
    } | more


def make_bundle(*resources: dict[str, Any], following: str = "", total: int | None = None) -> dict[str, Any]:
    """A page of search results; ``following`` is its next link."""
    page: dict[str, Any] = {
        "resourceType": "Bundle",
        "type": "searchset",
        "entry": [{"resource": r} for r in resources],
    }
    if total is not None:
        page["total"] = total
    if following:
        page["link"] = [{"relation": "next", "url": following}]
    return page


def make_plain_server(*types: str) -> Scripted:
    """A server without sign-in, of one patient p1, that offers ``types`` and has nothing of them yet."""
    offered = [{"type": name} for name in types]
    statement = {"resourceType": "CapabilityStatement", "rest": [{"mode": "server", "resource": offered}]}
    patient = {"resourceType": "Patient", "id": "p1", "name": [{"text": "Camille Martin"}], "birthDate": "1988-02-01"}
    empty = {f"/fhir/{name}": Say(make_bundle(total=0)) for name in types}
    return Scripted({"/fhir/metadata": Say(statement), "/fhir/Patient/p1": Say(patient), **empty})


async def connect(syncing: Syncing, url: str) -> None:
    """Make the plain server at ``url`` that of the vault, without asking it anything."""
    await syncing.connect(ServerAccount(fhir_base=f"{url}/fhir", sign_in=SignIn.PLAIN, patients=("p1",)))
