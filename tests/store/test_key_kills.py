"""Changes of keys whose process is killed at any moment: one of two keys opens, and nothing is lost."""

import asyncio
import json
import random
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from mes_app.crypto.secret import Secret
from mes_app.errors import Reason, Unreadable
from mes_app.store.blobs import Blobs
from mes_app.store.database import Connection, Database
from mes_app.store.eras import begin_era, list_stale
from tests.store.samples import PARENT, make_incoming, save_one, save_page

ROOT = Path(__file__).parents[2]
ROUNDS = pytest.mark.parametrize("rounds", [25, pytest.param(200, marks=pytest.mark.soak)])

Bodies = list[tuple[str, bytes]]
FIRST_KEY = bytes(range(32))


class Killer:
    """Kills changes of keys at moments spread over the time that a whole one takes, which it measures first."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._chance = random.Random(5)  # noqa: S311 (no key)
        self._whole: float | None = None
        command = [sys.executable, "-m", "tests.store.changer"]
        self._changer = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def begin(self, former: bytes, new: bytes | None) -> None:
        """Begin to change the key of the store, or without ``new`` those of the contents, and kill."""
        assert self._changer.stdin
        assert self._changer.stdout
        seconds = self._whole and self._whole * self._chance.random()
        asked = (str(self._folder), former.hex(), new and new.hex(), seconds)
        print(json.dumps(asked), file=self._changer.stdin, flush=True)
        lasted = float(self._changer.stdout.readline())
        self._whole = self._whole or lasted

    def end(self) -> None:
        self._changer.communicate()


@pytest.fixture
def killer(family_store: Path) -> Iterator[Killer]:
    started = Killer(family_store.parent)
    yield started
    started.end()


async def open_with(folder: Path, key: bytes) -> Database:
    with Secret(bytearray(key)) as secret:
        return await Database.open(folder / "store.db", secret)


async def open_with_either(folder: Path, keys: Sequence[bytes]) -> tuple[Database, bytes]:
    """The store, and the one of ``keys`` that opens it; the others do not."""
    opened = []
    for key in keys:
        try:
            opened.append((await open_with(folder, key), key))
        except Unreadable as error:
            if error.reason is not Reason.NOT_A_VAULT:
                raise
    ((database, key),) = opened
    return database, key


def read_bodies(con: Connection) -> Bodies:
    return con.execute("SELECT lid, mirror FROM body ORDER BY lid").fetchall()


async def fill(folder: Path) -> Bodies:
    """A store of about 3 MB, whose key is that of the samples."""
    database = await open_with(folder, FIRST_KEY)
    page = [make_incoming(f"d{number}", body=f"{number} ".encode() * 1000) for number in range(500)]
    await database.write(save_page, PARENT.pid, page)
    bodies = await database.read(read_bodies)
    await database.close()
    return bodies


@ROUNDS
def test_killed_while_its_key_changes_the_store_opens_with_exactly_one_of_the_two_and_has_all_it_had(
    family_store: Path, killer: Killer, rounds: int
) -> None:
    folder, key = family_store.parent, FIRST_KEY
    bodies = asyncio.run(fill(folder))

    async def check(keys: Sequence[bytes]) -> bytes:
        database, right = await open_with_either(folder, keys)
        await database.check()
        assert await database.read(read_bodies) == bodies
        await database.close()
        return right

    for number in range(rounds):
        new = bytes([number]) * 32
        killer.begin(key, new)
        key = asyncio.run(check((new, key) if number % 2 else (key, new)))


async def fill_contents(folder: Path) -> dict[str, bytes]:
    """Ten documents of two chunks, all to be renewed."""
    database = await open_with(folder, FIRST_KEY)
    blobs = Blobs(folder / "blobs", database)
    contents = {}
    for number in range(10):
        record_id = await database.write(save_one, PARENT.pid, make_incoming(f"c{number}"))
        contents[record_id] = f"{number} ".encode() * 150_000
        await blobs.save(record_id, contents[record_id])
    await database.write(begin_era)
    await database.close()
    return contents


@ROUNDS
def test_killed_while_contents_are_renewed_each_of_them_is_still_read_byte_for_byte(
    family_store: Path, killer: Killer, rounds: int
) -> None:
    folder = family_store.parent
    contents = asyncio.run(fill_contents(folder))

    async def check() -> None:
        database = await open_with(folder, FIRST_KEY)
        blobs = Blobs(folder / "blobs", database)
        await blobs.sweep()
        assert {record_id: await blobs.read(record_id) for record_id in contents} == contents
        assert len(list((folder / "blobs").iterdir())) == len(contents)
        if not await database.read(list_stale):
            await database.write(begin_era)
        await database.close()

    for _ in range(rounds):
        killer.begin(FIRST_KEY, None)
        asyncio.run(check())
