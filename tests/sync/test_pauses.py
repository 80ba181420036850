import asyncio
from datetime import timedelta
from pathlib import Path

from mes_app.sync.pauses import note_pause, read_pause
from tests.sync.serving import NOW
from tests.sync.vaults import opened_vault

BASE = "https://server/fhir"


def test_a_server_is_left_alone_as_long_as_it_asked(tmp_path: Path) -> None:
    async def story() -> None:
        async with opened_vault(tmp_path) as (database, _):
            assert await database.read(read_pause, BASE, NOW) == 0
            await database.write(note_pause, BASE, NOW, 60)
            assert await database.read(read_pause, BASE, NOW + timedelta(seconds=20)) == 40
            assert await database.read(read_pause, BASE, NOW + timedelta(seconds=60)) == 0
            assert await database.read(read_pause, "https://other/fhir", NOW) == 0

    asyncio.run(story())


def test_a_clock_that_was_set_back_does_not_make_it_longer(tmp_path: Path) -> None:
    async def story() -> None:
        async with opened_vault(tmp_path) as (database, _):
            await database.write(note_pause, BASE, NOW, 60)
            assert await database.read(read_pause, BASE, NOW - timedelta(days=1)) == 0

    asyncio.run(story())
