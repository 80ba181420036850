"""The family of these tests, who asks, and the door of the one server they all knock at."""

from base64 import b64encode
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import fhirkit
import httpx
from fastapi import FastAPI, HTTPException, Request
from starlette.types import Receive, Scope, Send

from mes_backend.fhir.store import Store

Json = dict[str, Any]
FHIR = {"Content-Type": "application/fhir+json", "Accept": "application/fhir+json"}


class Door:
    """The app that the running server answers with."""

    app: FastAPI
    url: str = ""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.app(scope, receive, send)


class Clock:
    """A clock that stands still until told otherwise."""

    now = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@dataclass(frozen=True)
class Caller:
    person_id: str


@dataclass(frozen=True)
class Server:
    """A store with the family in it, and one client for each account."""

    url: str
    store: Store
    clock: Clock
    client: Callable[[str], httpx.Client]

    @property
    def camille(self) -> httpx.Client:
        return self.client("camille")


def read_caller(request: Request) -> Caller:
    """Stands for the login: the name in the header is the person."""
    if "x-person" not in request.headers:
        raise HTTPException(401, headers={"WWW-Authenticate": "DPoP"})
    return Caller(request.headers["x-person"])


def person(name: str, *links: str) -> Json:
    return {"resourceType": "Person", "id": name, "link": [{"target": {"reference": link}} for link in links]}


def patient(name: str, birth_date: str) -> Json:
    return {"resourceType": "Patient", "id": name, "birthDate": birth_date, "gender": "female"}


def parent_of(child: str, name: str) -> Json:
    return {"resourceType": "RelatedPerson", "id": f"{name}-{child}", "patient": {"reference": f"Patient/{child}"}}


FAMILY = [
    patient("camille", "1988-03-02"),
    patient("alex", "1987-01-01"),
    patient("leo", "2017-05-04"),
    patient("stranger", "1970-01-01"),
    parent_of("leo", "camille"),
    parent_of("leo", "alex"),
    person("camille", "Patient/camille", "RelatedPerson/camille-leo"),
    person("alex", "Patient/alex", "RelatedPerson/alex-leo"),
    person("leo", "Patient/leo"),
    person("stranger", "Patient/stranger"),
    {"resourceType": "Practitioner", "id": "doctor", "name": [{"family": "Roux"}]},
    {"resourceType": "Organization", "id": "hospital", "name": "Clinique"},
]


def check_fhir(resource: Json) -> None:
    """Fails when ``resource`` is not valid FHIR R4."""
    errors = [str(issue) for issue in fhirkit.validate(resource) if str(issue).startswith("error")]
    assert errors == []


def observation(subject: str = "leo", **more: Any) -> Json:
    """A weight on the record of ``subject``."""
    code = {"coding": [{"system": "http://loinc.org", "code": "29463-7"}]}
    patient_ = {"reference": f"Patient/{subject}"}
    return {"resourceType": "Observation", "status": "final", "code": code, "subject": patient_, **more}


def document(subject: str, binary: str | None = None, label: str = "N", **more: Any) -> Json:
    """A document on the record of ``subject``."""
    attachment = {"contentType": "text/plain", **({"url": binary} if binary else {})}
    system = "http://terminology.hl7.org/CodeSystem/v3-Confidentiality"
    return {
        "resourceType": "DocumentReference",
        "status": "current",
        "subject": {"reference": f"Patient/{subject}"},
        "securityLabel": [{"coding": [{"system": system, "code": label}]}],
        "content": [{"attachment": attachment}],
        **more,
    }


def binary(text: bytes = b"Bonjour", **more: Any) -> Json:
    """A Binary that nothing claims yet."""
    return {"resourceType": "Binary", "contentType": "text/plain", "data": b64encode(text).decode(), **more}


def list_ids(answer: httpx.Response) -> list[str]:
    """The ids of a Bundle's resources, in its order."""
    assert answer.status_code == 200, answer.text
    return [entry["resource"]["id"] for entry in answer.json().get("entry", ()) if "id" in entry["resource"]]


def find_link(answer: httpx.Response, relation: str) -> str | None:
    """A link of a Bundle."""
    return next((link["url"] for link in answer.json()["link"] if link["relation"] == relation), None)


def list_pages(client: httpx.Client, url: str) -> Iterator[httpx.Response]:
    """Every page from ``url`` on."""
    following: str | None = url
    while following:
        answer = client.get(following)
        yield answer
        following = find_link(answer, "next")
