"""Bundles joined from kept texts: a page of 200 resources is never decoded to be sent."""

from collections.abc import Iterable, Sequence
from http import HTTPStatus

from mes_backend.fhir.calls import Answer, make_response_element
from mes_backend.fhir.store import Version
from mes_backend.fhir.texts import write_json

Links = Sequence[tuple[str, str]]  # relation, url


def make_bundle(kind: str, entries: Iterable[str], links: Links = (), total: int | None = None) -> str:
    """A Bundle of ready entry texts."""
    parts = [f'"resourceType":"Bundle","type":"{kind}"']
    if total is not None:
        parts.append(f'"total":{total}')
    if links:
        parts.append(f'"link":{write_json([{"relation": relation, "url": url} for relation, url in links])}')
    if joined := ",".join(entries):
        parts.append(f'"entry":[{joined}]')
    return f"{{{','.join(parts)}}}"


def make_match(base: str, version: Version) -> str:
    """An entry of a search: ids and types are plain letters, so nothing needs escaping."""
    address = f"{base}/{version.type}/{version.id}"
    return f'{{"fullUrl":"{address}","resource":{version.body},"search":{{"mode":"match"}}}}'


def make_notice(outcome: str) -> str:
    """An entry of a search that says what the server did not do."""
    return f'{{"resource":{outcome},"search":{{"mode":"outcome"}}}}'


def make_past(base: str, version: Version) -> str:
    """An entry of a history; a deletion has no resource."""
    address = f"{version.type}/{version.id}"
    resource = f'"resource":{version.body},' if version.body else ""
    url = version.type if version.method == "POST" else address
    status = {"POST": 201, "PUT": 200 if version.version > 1 else 201, "DELETE": 204}[version.method]
    response = write_json(make_response_element(Answer(status, version=version), _line(status)))
    request = f'{{"method":"{version.method}","url":"{url}"}}'
    return f'{{"fullUrl":"{base}/{address}",{resource}"request":{request},"response":{response}}}'


def make_result(base: str, answer: Answer) -> str:
    """An entry of the answer to a transaction or batch."""
    response = write_json(make_response_element(answer, _line(answer.status)))
    if answer.status >= 400:
        return f'{{"response":{response[:-1]},"outcome":{answer.body}}}}}'
    address = f'"fullUrl":"{base}/{answer.version.type}/{answer.version.id}",' if answer.version else ""
    resource = f'"resource":{answer.body},' if answer.body else ""
    return f'{{{address}{resource}"response":{response}}}'


def _line(status: int) -> str:
    return f"{status} {HTTPStatus(status).phrase}"
