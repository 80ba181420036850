"""The command in this process, on a vault of its own, with the small family behind a real plain FHIR server."""

import gzip
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from mes_app.cli.running import run
from mes_app.sync.bundle_servers import BASE, BundleServer
from tests.services.family import build_resources
from tests.sync.serving import served

PASSPHRASE = "une phrase assez longue"


@dataclass(frozen=True)
class Phone:
    """One data folder, one terminal."""

    data: Path
    capsys: pytest.CaptureFixture[str]
    monkeypatch: pytest.MonkeyPatch

    def run(self, *words: str, secret: str = PASSPHRASE) -> tuple[int, str, str]:
        """Exit code, standard output, standard error."""
        self.monkeypatch.setenv("MES_PIN", secret)
        code = run([*words, "--data", str(self.data)])
        return (code, *self.capsys.readouterr())

    def ask(self, *words: str) -> Any:
        """The machine-readable answer of a command that must succeed."""
        code, out, err = self.run(*words, "--json")
        assert code == 0, err
        return json.loads(out)


@contextmanager
def plain_server(folder: Path) -> Iterator[str]:
    """The small family as any FHIR server would hold it; yields its base address."""
    entries = [{"resource": resource} for resource in build_resources()]
    file = folder / "family.json.gz"
    file.write_bytes(
        gzip.compress(json.dumps({"resourceType": "Bundle", "type": "collection", "entry": entries}).encode())
    )
    bundle = BundleServer(file, lambda: datetime.now(UTC), httpx.MockTransport(lambda request: httpx.Response(404)))

    async def app(scope: Any, receive: Any, send: Any) -> None:
        path = scope["path"].removeprefix("/fhir")
        query = scope["query_string"].decode()
        answer = await bundle.handle_async_request(httpx.Request("GET", f"{BASE}{path}?{query}"))
        headers = [(name.lower(), value) for name, value in answer.headers.raw]
        await send({"type": "http.response.start", "status": answer.status_code, "headers": headers})
        await send({"type": "http.response.body", "body": await answer.aread()})

    with served(app) as address:
        yield f"{address}/fhir"


def sync_first(folder: Path, base: str, *patients: str) -> Path:
    """The data of a phone without key store that has the records of ``patients``: to copy, not to open."""
    data = folder / "data"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={folder / 'no-bus'}")
        patch.setenv("MES_PIN", PASSPHRASE)
        named = [word for patient in patients for word in ("--patient", patient)]
        assert run(["connect", "--fhir", base, *named, "--data", str(data)]) == 0
        assert run(["sync", "--data", str(data)]) == 0
    return data


def make_phone(folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Phone:
    """A phone without key store: a passphrase opens its vault."""
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={folder / 'no-bus'}")
    return Phone(folder / "data", capsys, monkeypatch)
