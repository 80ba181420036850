import asyncio
from pathlib import Path

from tests.memory_key_store import MemoryKeyStore
from tests.services.vault_stories import PIN, Story


def test_s13_a_session_stops_its_sync_first_and_forgets_its_keys_last(tmp_path: Path) -> None:
    async def run() -> list[str]:
        story = Story(tmp_path, MemoryKeyStore())
        vault = story.start()
        await vault.create(PIN)
        await vault.lock()
        return story.told

    assert asyncio.run(run()) == ["sync stopped", "keys forgotten", "memory given back"]
