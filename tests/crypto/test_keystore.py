import asyncio

from mes_app.crypto.keystore import KeyStore
from tests.memory_key_store import MemoryKeyStore


def test_a_key_store_keeps_replaces_and_forgets() -> None:
    async def run(store: KeyStore) -> list[bytes | None]:
        seen = [await store.get("a")]
        await store.put("a", b"1")
        await store.put("a", b"2")
        seen.append(await store.get("a"))
        await store.delete("a")
        await store.delete("a")
        return [*seen, await store.get("a")]

    assert asyncio.run(run(MemoryKeyStore())) == [None, b"2", None]
