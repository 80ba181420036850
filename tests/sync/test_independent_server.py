"""The same pull against a FHIR server that is not ours."""

import asyncio
from pathlib import Path
from typing import Any

import httpx

from mes_app.domain.record import Kind
from mes_app.domain.sync_status import Idle
from mes_app.services.login import Login
from mes_app.store.profiles import list_profiles
from mes_app.store.records import count_by_kind
from mes_app.store.shared import find_shared
from mes_app.sync.networks import Network
from tests.journeys.plain_servers import run_plain_server
from tests.sync.serving import make_record
from tests.sync.vaults import opened_syncing

MEASURES = 250


def put(base: str, *resources: dict[str, Any]) -> None:
    entries = [
        {"resource": resource, "request": {"method": "PUT", "url": f"{resource['resourceType']}/{resource['id']}"}}
        for resource in resources
    ]
    bundle = {"resourceType": "Bundle", "type": "transaction", "entry": entries}
    httpx.post(base, json=bundle, timeout=60).raise_for_status()


def make_measure(number: int) -> dict[str, Any]:
    measure = make_record(f"m{number}", performer=[{"reference": "Practitioner/d"}])
    return {name: value for name, value in measure.items() if name != "meta"}


def test_pages_references_and_changes_of_an_independent_server_arrive(tmp_path: Path) -> None:
    async def story(base: str) -> None:
        async with opened_syncing(tmp_path) as (syncing, database):
            await syncing.connect(await Login(Network()).connect_plain(base, ["p1"], None))
            assert isinstance(await syncing.run(), Idle)
            pid = (await database.read(list_profiles))[0].pid
            assert (await database.read(count_by_kind, pid))[Kind.MEASURES] == MEASURES
            assert await database.read(find_shared, "Practitioner", "d")
            put(base, make_measure(0) | {"status": "entered-in-error"})
            news: list[object] = []
            database.subscribe(news.append)
            assert isinstance(await syncing.run(), Idle)
            assert (await database.read(count_by_kind, pid))[Kind.MEASURES] == MEASURES - 1
            assert len(news) == 1

    with run_plain_server(tmp_path) as base:
        put(
            base,
            {"resourceType": "Patient", "id": "p1", "name": [{"family": "Doe", "given": ["Jane"]}]},
            {"resourceType": "Practitioner", "id": "d", "name": [{"text": "Dr House"}]},
            *map(make_measure, range(MEASURES)),
        )
        asyncio.run(story(base))
