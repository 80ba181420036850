"""One flipped bit anywhere in the main file, met the way a person meets it: unlocking, then the examination of the day.

That single parts of the store refuse what is damaged is proved in tests/store and tests/crypto.
"""

import asyncio
import hashlib
import random
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import pytest

from mes_app.errors import Reason, Unreadable
from mes_app.i18n import t
from mes_app.services.session import Opened, Session
from mes_app.services.vault import Vault, VaultState
from mes_app.store.connections import Connection
from mes_app.store.preferences import get_preference, put_preference
from mes_app.views.state import read_today
from tests.memory_key_store import MemoryKeyStore
from tests.services.vault_stories import PIN, Story
from tests.views import fakes
from tests.views.closed_stories import can_press, closed, press, tell
from tests.views.harness import App

FLIPS = 200
PAGE = 4096
DAY = 86_400


@dataclass
class Intact:
    """A vault of some hundred pages, closed and examined yesterday, and what its key stores hold."""

    folder: Path
    key_store: MemoryKeyStore
    biometrics: MemoryKeyStore

    def copy(self, folder: Path) -> Story:
        """The same vault elsewhere, a day later."""
        shutil.copytree(self.folder, folder)
        story = Story(folder, self.key_store, self.biometrics)
        story.hands.pass_by(DAY)
        return story


@pytest.fixture(scope="module")
def intact(tmp_path_factory: pytest.TempPathFactory) -> Intact:
    made = Intact(tmp_path_factory.mktemp("intact"), MemoryKeyStore(), MemoryKeyStore())

    async def make() -> None:
        story = Story(made.folder, made.key_store, made.biometrics)
        vault = story.start()
        session = await vault.create(PIN)
        assert story.database
        await story.database.write(fill)
        await session.ways.enable_biometrics(PIN)
        await vault.lock()

    asyncio.run(make())
    assert (made.folder / "vault" / "vault.db").stat().st_size > FLIPS * PAGE
    return made


def fill(con: Connection) -> None:
    for number in range(FLIPS):
        put_preference(con, f"note-{number}", "x" * PAGE)


def flips(size: int) -> Iterator[tuple[int, int]]:
    """Where to flip a bit, and which: once in the first page, then each in another page."""
    chance = random.Random(3)  # noqa: S311 - the same in every run
    for page in [0, *chance.sample(range(1, size // PAGE), FLIPS - 1)]:
        yield page * PAGE + chance.randrange(PAGE), 1 << chance.randrange(8)


def flip(path: Path, place: int, bit: int) -> str:
    """Flip ``bit`` at ``place``; the hash of the file as it is now."""
    with path.open("r+b") as file:
        file.seek(place)
        (byte,) = file.read(1)
        file.seek(place)
        file.write(bytes([byte ^ bit]))
    return print_file(path)


def print_file(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


async def open_until_it_shuts(vault: Vault) -> Reason | None:
    """What finger or face gets to hear, or None: the vault opened, and locked again by itself."""
    shut = asyncio.Event()
    vault.subscribe(shut.set)
    try:
        await vault.unlock_by_biometrics()
    except Unreadable as error:
        return error.reason
    await asyncio.wait_for(shut.wait(), 30)
    return None


def list_names(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*")}


def test_s3_two_hundred_flipped_bits_are_each_found_told_and_left_alone(intact: Intact, tmp_path: Path) -> None:
    names, size = list_names(intact.folder), (intact.folder / "vault" / "vault.db").stat().st_size
    for number, (place, bit) in enumerate(flips(size)):
        story = intact.copy(tmp_path / str(number))
        damaged = flip(story.files.database, place, bit)
        vault = story.start()
        reason = asyncio.run(open_until_it_shuts(vault))
        assert reason in (None, Reason.DAMAGED, Reason.NOT_A_VAULT), place
        assert vault.state() is VaultState.DAMAGED, place
        assert print_file(story.files.database) == damaged, place
        assert list_names(story.folder) - {"vault.lock"} == names - {"vault.lock"}
        shutil.rmtree(story.folder)


def test_s3_the_same_examination_finds_nothing_in_a_vault_as_it_was_written(intact: Intact, tmp_path: Path) -> None:
    story = intact.copy(tmp_path / "copy")

    async def examine() -> VaultState:
        vault = story.start()
        await vault.unlock_by_biometrics()
        assert story.database
        async with asyncio.timeout(30):
            while await story.database.read(get_preference, "examined") != "2026-09-22":
                pass
        opened = vault.state()
        await vault.lock()
        return opened

    assert asyncio.run(examine()) is VaultState.OPEN


@dataclass
class ShownSession(fakes.FakeSession):
    """A session whose screens are those of the fictional family, whatever the vault holds."""

    async def stop(self) -> None:
        pass

    def forget(self) -> None:
        pass


async def show(_opened: Opened) -> Session:
    drawn = fakes.make_session(read_today())
    return cast(Session, ShownSession(drawn.profiles, drawn.documents, drawn.agenda, drawn.syncing))


def test_s3_the_person_is_led_from_the_lock_to_what_can_be_done(intact: Intact, tmp_path: Path) -> None:
    story = intact.copy(tmp_path / "copy")
    size = story.files.database.stat().st_size
    damaged = flip(story.files.database, size - PAGE // 2, 1)
    carnets = closed()
    story.biometrics = None
    carnets.vault = story.start(show)  # type: ignore[assignment]

    async def meet(app: App, carnets: fakes.FakeCarnets) -> None:
        assert t("lock.title") in app.texts()
        await app.press_keys(PIN)
        await press(app, t("lock.unlock"))
        async with asyncio.timeout(30):
            while t("lock.damaged_title") not in app.texts():
                await app.settle()
        assert t("lock.damaged") in app.texts()
        assert can_press(app, t("recovery.way_restore"))

    tell(meet, carnets)
    assert print_file(story.files.database) == damaged
