"""A FHIR R4 server in memory: what a patient's app needs of one, in any of the dialects that the app may meet.

It knows nothing of networks (``links``) and does nothing wrong by itself: faults are made on the way to it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from typing import Any
from urllib.parse import parse_qsl

import httpx

from tests.sync.simulation.dialects import Dialect, describe
from tests.sync.simulation.histories import Body, Histories, Key, Version, read_json, write_json
from tests.sync.simulation.searches import Query, Searches, owner_of
from tests.sync.simulation.texts import make_outcome, rewrite

ROOT = "/fhir"
BASE = f"https://simulation.invalid{ROOT}"
Done = tuple[int, Body | None, dict[str, str]]
"""Status, resource and headers of an answer."""


class Refused(Exception):
    """What the server answers instead of doing it."""

    def __init__(self, status: int) -> None:
        self.status = status
        super().__init__(str(status))


@dataclass(frozen=True, slots=True)
class Ask:
    """One interaction; ``base``: the address it came to; ``reach``: the patients that whoever asks may see."""

    base: str
    method: str
    path: str
    query: str
    headers: Mapping[str, str]
    content: bytes
    reach: frozenset[str]

    @property
    def key(self) -> Key:
        """The resource meant."""
        resource_type, _, rid = self.path.partition("/")
        return resource_type, rid


class FhirServer:
    """One server with the resources of several patients.

    ``writes`` counts what changed anything; ``hidden`` are resources that nobody is shown for now.
    """

    def __init__(self, dialect: Dialect, types: tuple[str, ...], now: Callable[[], datetime]) -> None:
        self.dialect = dialect
        self.types = types
        self.now = now
        self.histories = Histories(now, uuid_versions=dialect.uuid_versions, precision=dialect.precision)
        self.hidden: set[Key] = set()
        self.writes = 0
        self._made = 0
        self._searches = Searches(self.histories, dialect)

    def handle(self, request: httpx.Request, reach: frozenset[str]) -> httpx.Response:
        """The answer to a request, read whole, of somebody who reaches these patients (ids)."""
        path = request.url.path.removeprefix(ROOT).strip("/")
        base = str(request.url.copy_with(raw_path=ROOT.encode()))
        try:
            if not path and request.method == "POST":
                return self._run_bundle(base, read_json(request.content), reach)
            query = request.url.query.decode()
            ask = Ask(base, request.method, path, query, request.headers, request.content, reach)
            status, body, headers = self._act(ask)
        except Refused as refused:
            return self._answer(refused.status, make_outcome(refused.status), {})
        return self._answer(status, body, headers)

    def write(self, key: Key, body: Body | None, *, late: float = 0) -> Version:
        """Another writer's version, None to delete; seen ``late`` seconds after its date."""
        self.writes += 1
        return self.histories.add(key, body if body is None else self._accept(key, body), late=late)

    def _act(self, ask: Ask) -> Done:
        rid = ask.key[1]
        if ask.method == "GET" and ask.path == "metadata":
            return 200, describe(self.dialect, (*self.types, "Patient")), {}
        if ask.method == "GET" and not rid:
            return 200, self._search(ask), {}
        if ask.method == "GET":
            return self._read(ask)
        if ask.method == "POST" and not rid:
            return self._create(ask)
        if ask.method == "PUT" and rid:
            return self._update(ask)
        if ask.method == "DELETE" and rid:
            return self._delete(ask)
        raise Refused(405)

    def _search(self, ask: Ask) -> Body:
        query = Query(ask.path, tuple(parse_qsl(ask.query)), ask.reach)
        return self._searches.answer(query, f"{ask.base}/{ask.path}", self.hidden)

    def _read(self, ask: Ask) -> Done:
        version = self._find(ask)
        if version is None:
            raise Refused(404)
        if version.body is None:
            raise Refused(self.dialect.gone)
        return 200, version.body, _tag(version)

    def _create(self, ask: Ask) -> Done:
        condition = ask.headers.get("if-none-exist", "")
        if condition and self.dialect.conditional_create:
            found = self._searches.find_all(Query(ask.path, tuple(parse_qsl(condition)), ask.reach))
            if len(found) > 1:
                raise Refused(412)
            if found:
                return self._written(ask, 200, *found[0])
        self._made += 1
        return self._write(ask, (ask.path, f"s{self._made}"), read_json(ask.content), 201)

    def _update(self, ask: Ask) -> Done:
        body = read_json(ask.content)
        if (body.get("resourceType"), body.get("id")) != ask.key:
            raise Refused(400)
        self.histories.settle(ask.key)
        current = self._find(ask)
        there = current is not None and current.body is not None
        if ask.headers.get("if-none-match") == "*" and self.dialect.guards_create and current:
            raise Refused(412)
        if self.dialect.guards_update:
            self._check_match(ask, current)
        if not there and not self.dialect.update_create:
            raise Refused(self.dialect.gone if current else 405)
        if current and current.body and self.dialect.keeps_same and _same(self._accept(ask.key, body), current.body):
            return self._written(ask, 200, ask.key, current)
        return self._write(ask, ask.key, body, 200 if there else 201)

    def _delete(self, ask: Ask) -> Done:
        self.histories.settle(ask.key)
        current = self._find(ask)
        if current is None:
            raise Refused(404)
        if self.dialect.guards_delete:
            self._check_match(ask, current)
        if current.body is not None:
            self._require_reach(current.body, ask.reach)
            self.writes += 1
            self.histories.add(ask.key, None)
        return 204, None, {}

    def _find(self, ask: Ask) -> Version | None:
        """The version that this person sees, if any."""
        version = self.histories.find(ask.key)
        if ask.key[0] == "Patient" and ask.key[1] not in ask.reach:
            raise Refused(403)
        if ask.key in self.hidden or (version and version.body and owner_of(version.body) not in ask.reach):
            raise Refused(404)
        return version

    def _check_match(self, ask: Ask, current: Version | None) -> None:
        wanted = ask.headers.get("if-match", "")
        if wanted and (current is None or wanted != f'W/"{current.ver}"'):
            raise Refused(self.dialect.refusal)

    def _write(self, ask: Ask, key: Key, body: Body, status: int) -> Done:
        self._require_reach(body | {"id": key[1]}, ask.reach)
        self.writes += 1
        return self._written(ask, status, key, self.histories.add(key, self._accept(key, body)))

    def _written(self, ask: Ask, status: int, key: Key, version: Version) -> Done:
        place = f"{ask.base}/{'/'.join(key)}/_history/{version.ver}"
        return status, version.body if self.dialect.representation else None, {"Location": place} | _tag(version)

    def _require_reach(self, body: Body, reach: frozenset[str]) -> None:
        if owner_of(body) not in reach:
            raise Refused(403)

    def _accept(self, key: Key, body: Body) -> Body:
        kept = {name: value for name, value in body.items() if name != "meta"}
        return (rewrite(kept) if self.dialect.rewrites else kept) | {"id": key[1]}

    def _run_bundle(self, base: str, bundle: Body, reach: frozenset[str]) -> httpx.Response:
        entries = bundle.get("entry", [])
        atomic = bundle.get("type") == "transaction"
        if not self.dialect.batch_limit:
            raise Refused(405)
        if len(entries) > self.dialect.batch_limit:
            raise Refused(413)
        point, writes = self.histories.save_point(), self.writes
        answers = []
        for entry in _name_created(entries) if atomic else entries:
            try:
                answers.append(self._run_entry(base, entry, reach))
            except Refused as refused:
                if atomic:
                    self.histories.restore(point)
                    self.writes = writes
                    raise
                answers.append({"response": {"status": str(refused.status), "outcome": make_outcome(refused.status)}})
        kind = f"{bundle.get('type')}-response"
        return self._answer(200, {"resourceType": "Bundle", "type": kind, "entry": answers}, {})

    def _run_entry(self, base: str, entry: dict[str, Any], reach: frozenset[str]) -> dict[str, Any]:
        asked = entry["request"]
        names = {"ifMatch": "if-match", "ifNoneMatch": "if-none-match", "ifNoneExist": "if-none-exist"}
        headers = {header: asked[name] for name, header in names.items() if name in asked}
        path, _, query = asked["url"].partition("?")
        content = write_json(entry.get("resource", {}))
        status, body, told = self._act(Ask(base, asked["method"], path, query, headers, content, reach))
        places = {"location": told["Location"]} if "Location" in told else {}
        tags = {"etag": told["ETag"]} if "ETag" in told else {}
        return ({"resource": body} if body else {}) | {"response": {"status": str(status)} | places | tags}

    def _answer(self, status: int, body: Body | None, headers: dict[str, str]) -> httpx.Response:
        told = {"Date": format_datetime(self.now(), usegmt=True), "Content-Type": "application/fhir+json"}
        raw = write_json(body) if body else b""
        return httpx.Response(status, headers=told | headers, stream=httpx.ByteStream(raw))


def _tag(version: Version) -> dict[str, str]:
    return {"ETag": f'W/"{version.ver}"'}


def _same(new: Body, former: Body) -> bool:
    return {name: value for name, value in former.items() if name != "meta"} == new


def _name_created(entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The entries with each urn:uuid written as the place of what it names, where that is known before writing."""
    raw = write_json(entries)
    for entry in entries:
        if entry.get("fullUrl", "").startswith("urn:uuid:") and entry["request"]["method"] == "PUT":
            raw = raw.replace(entry["fullUrl"].encode(), entry["request"]["url"].encode())
    return read_json(b'{"entry":' + raw + b"}")["entry"]  # type: ignore[no-any-return]
