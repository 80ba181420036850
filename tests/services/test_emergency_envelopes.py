import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from mes_app.crypto.keys import name_emergency_key
from mes_app.crypto.primitives import make_secret
from mes_app.errors import Reason, Unreadable
from mes_app.services.emergency_envelopes import Envelope
from tests.memory_key_store import MemoryKeyStore


def make_envelope(folder: Path, key_store: MemoryKeyStore | None) -> Envelope:
    return Envelope(folder / "emergency.sealed", "db-1", key_store)


def test_what_is_sealed_opens_with_the_key_that_the_key_store_kept(tmp_path: Path) -> None:
    envelope = make_envelope(tmp_path, MemoryKeyStore())

    async def story() -> None:
        assert await envelope.fetch_key() is None
        envelope.write(await envelope.make_key(), b"groupe")
        key = await envelope.fetch_key()
        assert key is not None
        assert envelope.read(key) == b"groupe"
        await envelope.drop_key()
        assert await envelope.fetch_key() is None

    asyncio.run(story())


def test_an_envelope_of_another_vault_does_not_open_even_with_its_key(tmp_path: Path) -> None:
    envelope, key = make_envelope(tmp_path, None), make_secret()
    envelope.write(key, b"groupe")
    with pytest.raises(Unreadable) as caught:
        replace(envelope, db_id="db-2").read(key)
    assert caught.value.reason is Reason.DAMAGED


def test_an_envelope_is_removed_once_and_for_all(tmp_path: Path) -> None:
    envelope = make_envelope(tmp_path, None)
    envelope.write(make_secret(), b"groupe")
    assert envelope.exists()
    envelope.remove()
    envelope.remove()
    assert not envelope.exists()


def test_a_key_store_that_is_missing_or_forgets_gives_no_key(tmp_path: Path) -> None:
    for key_store in (None, MemoryKeyStore(forgetful=True)):
        with pytest.raises(Unreadable) as caught:
            asyncio.run(make_envelope(tmp_path, key_store).make_key())
        assert caught.value.reason is Reason.NO_KEY_STORE


def test_a_key_of_the_wrong_size_is_no_key(tmp_path: Path) -> None:
    key_store = MemoryKeyStore()
    key_store.items[name_emergency_key("db-1")] = b"short"
    assert asyncio.run(make_envelope(tmp_path, key_store).fetch_key()) is None
