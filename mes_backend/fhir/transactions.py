"""Transactions: all or nothing, in the order FHIR gives (delete, create, update, read). Batches: each entry for itself.

The entries of a transaction name each other by ``fullUrl``, and anything else by a search (``Patient?identifier=…``);
both become ``Type/id`` before anything is written.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, Literal

import msgspec
from uuid6 import uuid7

from mes_backend.fhir.bundles import make_bundle, make_result
from mes_backend.fhir.calls import FHIR_JSON, Answer, Call, Work
from mes_backend.fhir.changes import check_kept
from mes_backend.fhir.interactions import name_interaction, perform
from mes_backend.fhir.listings import find_matches
from mes_backend.fhir.outcomes import FhirError, make_outcome
from mes_backend.fhir.parameters import KINDS
from mes_backend.fhir.texts import read_resource, write_json

_ORDER = ("DELETE", "POST", "PUT", "GET")
_LINKS = ("reference", "url")
_CONDITIONAL = re.compile(r"(?P<type>[A-Z][A-Za-z]+)\?(?P<query>.+)")


class Request(msgspec.Struct, rename="camel"):
    """``Bundle.entry.request``."""

    method: Literal["GET", "POST", "PUT", "DELETE"]
    url: str
    if_match: str = ""
    if_none_match: str = ""
    if_none_exist: str = ""


class Entry(msgspec.Struct, rename="camel"):
    """``Bundle.entry``; the resource stays text."""

    request: Request
    full_url: str = ""
    resource: msgspec.Raw = msgspec.Raw(b"")


class Bundle(msgspec.Struct, rename="camel"):
    """A Bundle sent to the base address."""

    resource_type: Literal["Bundle"]
    type: Literal["transaction", "batch"]
    entry: list[Entry] = []


def read_bundle(body: bytes) -> Bundle:
    """FhirError 400 unless ``body`` is a transaction or batch whose entries all have a request."""
    try:
        return msgspec.json.decode(body, type=Bundle)
    except (msgspec.MsgspecError, UnicodeError, RecursionError) as error:
        raise FhirError(400, "The body is not a transaction or batch Bundle") from error


def run_bundle(work: Work, bundle: Bundle, call: Call) -> Answer:
    """Does every entry; answers a Bundle in the order of the request."""
    calls = [_read_entry(entry, work.base, call) for entry in bundle.entry]
    answers = _run_batch(work, calls) if bundle.type == "batch" else _run_transaction(work, bundle, calls)
    return Answer(200, make_bundle(f"{bundle.type}-response", (make_result(work.base, answer) for answer in answers)))


def _read_entry(entry: Entry, base: str, outer: Call) -> Call:
    asked = entry.request
    path, _, query = asked.url.removeprefix(base).strip("/").partition("?")
    stated = {
        "accept": FHIR_JSON,
        "prefer": outer.header("prefer"),
        "if-match": asked.if_match,
        "if-none-match": asked.if_none_match,
        "if-none-exist": asked.if_none_exist,
    }
    return Call(asked.method, tuple(path.split("/")), query, stated, bytes(entry.resource))


def _run_batch(work: Work, calls: list[Call]) -> list[Answer]:
    return [_run_alone(work.begin_part(), call) for call in calls]


def _run_alone(work: Work, call: Call) -> Answer:
    try:
        with work.con.begin_nested():
            answer = perform(work, call)
            check_kept(work)
            return answer
    except FhirError as error:
        return Answer(error.status, write_json(make_outcome(error.status, error.text)))


def _run_transaction(work: Work, bundle: Bundle, calls: list[Call]) -> list[Answer]:
    targets: dict[str, str] = {}
    for place, entry in enumerate(bundle.entry):
        with _said_about(place):
            calls[place] = _plan(work, calls[place])
            if entry.full_url and entry.request.method != "GET":
                targets[entry.full_url] = "/".join(_name_target(calls[place]))
    _check_distinct(calls)
    answers: dict[int, Answer] = {}
    for place in sorted(range(len(calls)), key=lambda place: _rank(calls[place])):
        with _said_about(place):
            answers[place] = _run_planned(work, calls[place], targets)
    check_kept(work)
    return [answers[place] for place in range(len(calls))]


@contextmanager
def _said_about(place: int) -> Iterator[None]:
    try:
        yield
    except FhirError as error:
        raise error.at(f"Bundle.entry[{place}]") from error


def _plan(work: Work, call: Call) -> Call:
    """Gives a POST the id it will have, so that other entries can name it."""
    if name_interaction(call) != "create":
        return call
    condition = call.header("if-none-exist")
    matches = find_matches(work, call.path[0], condition) if condition else []
    return replace(call, new_id=matches[0].id if matches else str(uuid7()))


def _name_target(call: Call) -> tuple[str, str]:
    return call.path[0], call.new_id or call.path[-1]


def _check_distinct(calls: list[Call]) -> None:
    written = [_name_target(call) for call in calls if call.method != "GET"]
    if len(set(written)) != len(written):
        raise FhirError(400, "Two entries of the transaction write the same resource")


def _rank(call: Call) -> tuple[int, bool]:
    """A Binary comes before the documents that point to it."""
    return _ORDER.index(call.method), call.path[0] != "Binary"


def _run_planned(work: Work, call: Call, targets: dict[str, str]) -> Answer:
    answer = perform(work, replace(call, body=_relink(work, call.body, targets)) if call.body else call)
    if call.new_id and answer.version and answer.version.id != call.new_id:
        raise FhirError(412, "Two entries of the transaction create the same resource")
    return answer


def _relink(work: Work, body: bytes, targets: dict[str, str]) -> bytes:
    """The body with its links to other entries and its searches resolved; untouched when it has none."""
    resource = read_resource(body).resource
    links = {link: _resolve(work, link, targets) for link in _find_links(resource)}
    changed = {link: target for link, target in links.items() if target != link}
    return write_json(_replace_links(resource, changed)).encode() if changed else body


def _resolve(work: Work, link: str, targets: dict[str, str]) -> str:
    if link in targets:
        return targets[link]
    searched = _CONDITIONAL.fullmatch(link)
    if not searched or searched["type"] not in KINDS:
        return link
    matches = find_matches(work, searched["type"], searched["query"])
    if len(matches) != 1:
        raise FhirError(412, "A conditional reference does not name exactly one resource")
    return f"{matches[0].type}/{matches[0].id}"


def _find_links(value: Any) -> Iterator[str]:
    if isinstance(value, list):
        for item in value:
            yield from _find_links(item)
    elif isinstance(value, dict):
        for name, item in value.items():
            if name in _LINKS and isinstance(item, str):
                yield item
            else:
                yield from _find_links(item)


def _replace_links(value: Any, changed: dict[str, str]) -> Any:
    if isinstance(value, list):
        return [_replace_links(item, changed) for item in value]
    if not isinstance(value, dict):
        return value
    return {
        name: changed.get(item, item) if name in _LINKS and isinstance(item, str) else _replace_links(item, changed)
        for name, item in value.items()
    }
