import asyncio
from pathlib import Path

from mes_app.sync.guards import Guards
from tests.sync.vaults import opened_vault


def test_a_guard_is_learned_by_method_and_by_server_and_outlives_the_session(tmp_path: Path) -> None:
    async def learn() -> None:
        async with opened_vault(tmp_path) as (database, _):
            guards = Guards(database, "https://a.example/fhir")
            assert not await guards.holds("PUT")
            await guards.learn("PUT")
            await guards.learn("PUT")
            assert await guards.holds("PUT")

    async def recall() -> None:
        async with opened_vault(tmp_path) as (database, _):
            assert await Guards(database, "https://a.example/fhir").holds("PUT")
            assert not await Guards(database, "https://a.example/fhir").holds("DELETE")
            assert not await Guards(database, "https://b.example/fhir").holds("PUT")

    asyncio.run(learn())
    asyncio.run(recall())
