import asyncio
import gzip
import json
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from mes_app.errors import Reason, Unreadable
from mes_app.sync.bundle_servers import BASE, BundleServer

RESOURCES = [
    {"resourceType": "Patient", "id": "a"},
    {"resourceType": "Condition", "id": "1", "subject": {"reference": "Patient/a"}},
    {"resourceType": "Condition", "id": "2", "subject": {"reference": "Patient/b"}},
    {"resourceType": "Practitioner", "id": "p"},
]


def ask(file: Path, *addresses: str) -> list[httpx.Response]:
    async def run() -> list[httpx.Response]:
        onward = httpx.MockTransport(lambda request: httpx.Response(418))
        server = BundleServer(file, lambda: datetime(2026, 11, 21, tzinfo=UTC), onward)
        async with httpx.AsyncClient(transport=server) as client:
            return [await client.get(address) for address in addresses]

    return asyncio.run(run())


@pytest.fixture
def file(tmp_path: Path) -> Path:
    bundle = {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": found} for found in RESOURCES]}
    path = tmp_path / "family.json.gz"
    path.write_bytes(gzip.compress(json.dumps(bundle).encode()))
    return path


def test_it_answers_what_a_pull_asks(file: Path) -> None:
    found, unknown, conditions, people = ask(
        file,
        f"{BASE}/Patient/a",
        f"{BASE}/Patient/z",
        f"{BASE}/Condition?patient=a&_count=200",
        f"{BASE}/Practitioner?_id=p,q",
    )
    assert found.json() == RESOURCES[0]
    assert unknown.status_code == 404
    assert [entry["resource"]["id"] for entry in conditions.json()["entry"]] == ["1"]
    assert conditions.headers["date"] == "Sat, 21 Nov 2026 00:00:00 GMT"
    assert people.json()["total"] == 1


def test_requests_for_other_servers_go_onward(file: Path) -> None:
    assert ask(file, "https://carnets.example/fhir/metadata")[0].status_code == 418


def test_a_file_that_is_none_is_said_to_be_damaged(tmp_path: Path) -> None:
    (tmp_path / "broken.gz").write_bytes(b"\x1f\x8b broken")
    for name in ("broken.gz", "absent.gz"):
        with pytest.raises(Unreadable) as refused:
            ask(tmp_path / name, f"{BASE}/metadata")
        assert refused.value.reason is Reason.DAMAGED
