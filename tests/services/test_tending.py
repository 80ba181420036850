import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from mes_app.crypto.primitives import make_secret
from mes_app.crypto.secret import Secret
from mes_app.errors import Reason, Unreadable
from mes_app.services.tending import tend
from mes_app.store.blobs import Blobs
from mes_app.store.database import Database
from mes_app.store.preferences import get_preference, put_preference
from tests.services.vault_stories import Hands

DAY = 86_400


@pytest.fixture
def key() -> Iterator[Secret]:
    with make_secret() as key:
        yield key


async def make_store(path: Path, key: Secret) -> None:
    """A store of some pages, closed."""
    database = await Database.open(path, key, create=True)
    for number in range(40):
        await database.write(put_preference, f"note-{number}", "x" * 1000)
    await database.close()


async def tend_once(path: Path, key: Secret, hands: Hands) -> str:
    """The day of the last examination, after one more opening."""
    database = await Database.open(path, key)
    try:
        await tend(database, Blobs(path.parent / "documents", database), hands.clock())
        return str(await database.read(get_preference, "examined"))
    finally:
        await database.close()


def damage(path: Path) -> None:
    """Change one byte of the last page."""
    with path.open("r+b") as file:
        file.seek(-100, 2)
        byte = file.read(1)
        file.seek(-1, 1)
        file.write(bytes([byte[0] ^ 1]))


def test_s3_a_store_is_examined_at_the_first_opening_of_each_day(tmp_path: Path, key: Secret) -> None:
    path, hands = tmp_path / "vault.db", Hands()
    asyncio.run(make_store(path, key))
    assert asyncio.run(tend_once(path, key, hands)) == "2026-09-21"
    damage(path)
    assert asyncio.run(tend_once(path, key, hands)) == "2026-09-21"
    hands.pass_by(DAY)
    with pytest.raises(Unreadable) as caught:
        asyncio.run(tend_once(path, key, hands))
    assert caught.value.reason is Reason.DAMAGED
