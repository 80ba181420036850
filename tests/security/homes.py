"""A phone of tests and the server that it reads, which tests spoil one after the other."""

import base64
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.cli.phone import Phone, make_phone
from tests.sync.serving import Say, Scripted, make_bundle, make_plain_server, make_record, served

LETTER = b"Bonjour"


@dataclass(frozen=True)
class Home:
    """A phone that holds two measures and a letter of ``server``, which tests spoil one after the other."""

    folder: Path
    server: Scripted
    url: str

    def take(self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Phone:
        """The phone, in sync with a server that has recovered."""
        self.server.paths |= make_family()
        phone = make_phone(self.folder, capsys, monkeypatch)
        if not (phone.data / "vault").exists():
            assert phone.run("connect", "--fhir", f"{self.url}/fhir", "--patient", "p1")[0] == 0
            assert phone.run("sync")[0] == 0
        return phone


def make_family() -> dict[str, Any]:
    letter = make_document("letter", url="Binary/letter", contentType="text/plain")
    measures = [make_record(rid) for rid in ("a", "b")]
    each = {f"/fhir/{one['resourceType']}/{one['id']}": Say(one) for one in (letter, *measures)}
    return each | {
        "/fhir/Patient/p1": make_plain_server().paths["/fhir/Patient/p1"],
        "/fhir/Observation": Say(make_bundle(*measures, total=2)),
        "/fhir/DocumentReference": Say(make_bundle(letter, total=1)),
        "/fhir/Binary/letter": make_binary(LETTER),
    }


def make_document(rid: str, **attachment: Any) -> dict[str, Any]:
    return {
        "resourceType": "DocumentReference",
        "id": rid,
        "status": "current",
        "description": rid,
        "subject": {"reference": "Patient/p1"},
        "content": [{"attachment": attachment}],
    }


def make_binary(data: bytes) -> Say:
    return Say({"resourceType": "Binary", "id": "b", "data": base64.b64encode(data).decode()})


@contextmanager
def run_home(folder: Path) -> Iterator[Home]:
    server = make_plain_server("Observation", "DocumentReference")
    with served(server) as url:
        yield Home(folder, server, url)


def get(phone: Phone, title: str) -> tuple[int, str, str]:
    """The answer to asking for the content of a document, put in a file of the same name."""
    found = next(str(row["id"]) for row in phone.ask("list", "documents") if row["title"] == title)
    return phone.run("documents", "get", found, "-o", str(phone.data.parent / title))
