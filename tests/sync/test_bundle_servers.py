import asyncio
import gzip
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from mes_app.errors import Reason, Unreadable
from mes_app.sync.bundle_servers import BASE, BundleServer, Writings
from mes_app.sync.capabilities import choose_capabilities
from mes_app.sync.networks import Network
from tests.sync.pushing import make_measure, opened_desk
from tests.sync.serving import NOW

RESOURCES: list[dict[str, Any]] = [
    {"resourceType": "Patient", "id": "a"},
    {"resourceType": "Condition", "id": "1", "subject": {"reference": "Patient/a"}},
    {"resourceType": "Condition", "id": "2", "subject": {"reference": "Patient/b"}},
    {"resourceType": "Practitioner", "id": "p"},
]


def refuse(_: httpx.Request) -> httpx.Response:
    return httpx.Response(418)


def ask(file: Path, *addresses: str) -> list[httpx.Response]:
    async def run() -> list[httpx.Response]:
        server = BundleServer(file, lambda: datetime(2026, 11, 21, tzinfo=UTC), httpx.MockTransport(refuse))
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


def test_what_is_written_is_answered_to_every_client_of_the_person_and_to_no_other(file: Path) -> None:
    def change(writings: Writings, method: str, **headers: str) -> httpx.Response:
        async def run() -> httpx.Response:
            server = BundleServer(
                file, lambda: datetime(2026, 11, 21, tzinfo=UTC), httpx.MockTransport(refuse), writings
            )
            async with httpx.AsyncClient(transport=server) as client:
                return await client.request(
                    method, f"{BASE}/Condition/3", headers=headers, json=RESOURCES[1] | {"id": "3"}
                )

        return asyncio.run(run())

    mine: Writings = {}
    first = change(mine, "PUT", **{"If-None-Match": "*"}).json()["meta"]["versionId"]
    assert change(mine, "PUT", **{"If-None-Match": "*"}).status_code == 412
    second = change(mine, "PUT", **{"If-Match": f'W/"{first}"'}).json()["meta"]["versionId"]
    assert second != first
    assert change(mine, "DELETE", **{"If-Match": f'W/"{first}"'}).status_code == 412
    assert change(mine, "GET").json()["subject"] == {"reference": "Patient/a"}
    assert change({}, "GET").status_code == 404
    assert change(mine, "DELETE").status_code == 200
    assert change(mine, "GET").status_code == 410


def test_the_demonstration_is_written_to_and_converges_like_any_server(file: Path, tmp_path: Path) -> None:
    async def story() -> None:
        writings: Writings = {}
        network = Network(lambda: BundleServer(file, lambda: NOW, httpx.MockTransport(refuse), writings))
        async with opened_desk(tmp_path, BASE, patient="a", network=network) as desk:
            desk.capabilities = await choose_capabilities(desk.api, desk.database, NOW)
            lid = await desk.create(make_measure(patient="a"))
            assert await desk.push() == []
            await desk.change(lid, make_measure(71, patient="a"))
            assert await desk.push() == []
            await desk.delete(lid)
            assert await desk.push() == []
            assert await desk.ops() == []
        assert writings == {("Observation", lid): None}

    asyncio.run(story())


def test_requests_for_other_servers_go_onward(file: Path) -> None:
    assert ask(file, "https://carnets.example/fhir/metadata")[0].status_code == 418


def test_a_file_that_is_none_is_said_to_be_damaged(tmp_path: Path) -> None:
    (tmp_path / "broken.gz").write_bytes(b"\x1f\x8b broken")
    for name in ("broken.gz", "absent.gz"):
        with pytest.raises(Unreadable) as refused:
            ask(tmp_path / name, f"{BASE}/metadata")
        assert refused.value.reason is Reason.DAMAGED
