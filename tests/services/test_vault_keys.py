"""The ways into a vault, by the vault itself: real key files, a real Argon2id."""

import asyncio
import shutil
import signal
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

import pytest

from mes_app.crypto.keys import SlotKind, read_keys
from mes_app.errors import Locked, MesError, NotAllowed, Reason, Rejected, Unreadable
from mes_app.services.attempts import DELAYS, LIMIT
from mes_app.services.vault import VaultState
from tests.forks import forked
from tests.memory_key_store import MemoryKeyStore
from tests.services import dying
from tests.services.vault_stories import PASSPHRASE, PIN, Kept, Story, make_vault, reopen

NEW_PIN = "391847"
HOUR = 3600.0


@pytest.fixture
def key_store() -> MemoryKeyStore:
    return MemoryKeyStore()


@pytest.fixture
def biometrics() -> MemoryKeyStore:
    return MemoryKeyStore()


@pytest.fixture
def story(under_pin: Kept, tmp_path: Path, key_store: MemoryKeyStore, biometrics: MemoryKeyStore) -> Story:
    return under_pin.copy(tmp_path, key_store, biometrics)


def refusal(action: Coroutine[Any, Any, Any]) -> MesError:
    with pytest.raises(MesError) as caught:
        asyncio.run(action)
    return caught.value


def fail(story: Story, pin: str = "804272") -> Locked:
    """One wrong try, by a new start of the app."""
    error = refusal(story.start().unlock(pin))
    assert isinstance(error, Locked)
    return error


async def add_recovery(story: Story, secret: str = PIN) -> str:
    vault = story.start()
    session = await vault.unlock(secret)
    draft = await session.ways.prepare_recovery(secret)
    await session.ways.keep_recovery(draft)
    await vault.lock()
    return draft.code


async def recover(story: Story, code: str, secret: str) -> Any:
    vault = story.start()
    await vault.recover(code, secret)
    kept = await story.read()
    await vault.lock()
    return kept


def test_l2_each_wrong_try_tells_the_delay_that_follows(story: Story) -> None:
    for delay in DELAYS:
        error = fail(story)
        assert (error.reason, error.wait) == (Reason.WRONG_SECRET, delay)
        story.hands.pass_by(delay)


def test_l2_a_try_made_too_early_is_neither_looked_at_nor_counted(story: Story) -> None:
    for _ in range(4):
        fail(story)
    error = refusal(story.start().unlock(PIN))
    assert isinstance(error, Locked)
    assert (error.reason, error.wait) == (Reason.TRIES_SPACED, 60)
    story.hands.pass_by(60)
    assert asyncio.run(reopen(story, PIN)) == "kept"
    assert fail(story).wait == 0


def test_l2_the_tenth_wrong_pin_destroys_its_slot_and_nothing_else(story: Story, key_store: MemoryKeyStore) -> None:
    code = asyncio.run(add_recovery(story))
    for _ in range(LIMIT - 1):
        assert fail(story).reason is Reason.WRONG_SECRET
        story.hands.pass_by(HOUR)
    assert fail(story).reason is Reason.SECRET_DESTROYED
    vault = story.start()
    assert (vault.state(), vault.fault()) == (VaultState.RECOVERABLE, Reason.SECRET_DESTROYED)
    story.hands.pass_by(HOUR)
    assert fail(story, PIN).reason is Reason.SECRET_DESTROYED
    assert not any(name.startswith("device-secret") for name in key_store.items)
    assert asyncio.run(recover(story, code, NEW_PIN)) == "kept"
    assert asyncio.run(reopen(story, NEW_PIN)) == "kept"


def test_l2_files_put_back_as_they_were_give_no_more_tries(story: Story, tmp_path: Path) -> None:
    shutil.copytree(story.files.folder, tmp_path / "copy")
    for _ in range(LIMIT):
        fail(story)
        story.hands.pass_by(HOUR)
    shutil.rmtree(story.files.folder)
    (tmp_path / "copy").rename(story.files.folder)
    story.hands.pass_by(HOUR)
    assert refusal(story.start().unlock(PIN)).reason is Reason.KEY_STORE_LOST


def test_l2_a_passphrase_is_delayed_and_never_destroyed(under_passphrase: Kept, tmp_path: Path) -> None:
    story = under_passphrase.copy(tmp_path)
    for _ in range(LIMIT + 2):
        assert fail(story).reason is Reason.WRONG_SECRET
        story.hands.pass_by(HOUR)
    assert asyncio.run(reopen(story, PASSPHRASE)) == "kept"


def test_l2_killing_the_app_while_a_try_is_looked_at_takes_no_try_back(
    story: Story, key_store: MemoryKeyStore, tmp_path: Path
) -> None:
    shelf = tmp_path / "shelf"
    shelf.mkdir()
    for name, value in key_store.items.items():
        (shelf / name).write_bytes(value)
    for _ in range(3):
        with forked(dying.try_pin, story.folder, shelf) as child:
            assert child.wait() == -signal.SIGKILL
    key_store.items = {path.name: path.read_bytes() for path in shelf.iterdir()}
    assert asyncio.run(story.start().look_at_tries()).wrong == 3
    assert fail(story).wait == DELAYS[3]


def test_s7_a_key_store_of_another_vault_costs_no_try(story: Story, key_store: MemoryKeyStore) -> None:
    items = dict(key_store.items)
    for name in key_store.items:
        key_store.items[name] = bytes(32)
    for _ in range(LIMIT + 1):
        assert refusal(story.start().unlock(PIN)).reason is Reason.KEY_STORE_LOST
    key_store.items = items
    assert asyncio.run(reopen(story, PIN)) == "kept"


@pytest.mark.parametrize("silent", [True, False])
def test_s8_the_recovery_code_opens_without_the_device_secret_and_sets_a_new_pin(
    story: Story, key_store: MemoryKeyStore, silent: bool
) -> None:
    code = asyncio.run(add_recovery(story))
    key_store.items.clear()
    assert asyncio.run(recover(story, code.lower().replace("-", " "), NEW_PIN)) == "kept"
    assert asyncio.run(reopen(story, NEW_PIN)) == "kept"
    assert fail(story, PIN).reason is Reason.WRONG_SECRET
    assert asyncio.run(recover(story, code, PIN)) == "kept"


def test_s8_on_a_device_without_key_store_a_passphrase_takes_the_place_of_the_pin(story: Story) -> None:
    code = asyncio.run(add_recovery(story))
    story.key_store = None
    assert isinstance(refusal(story.start().recover(code, NEW_PIN)), Rejected)
    assert asyncio.run(recover(story, code, PASSPHRASE)) == "kept"
    assert asyncio.run(reopen(story, PASSPHRASE)) == "kept"


def test_s8_another_code_is_refused_with_growing_delays(story: Story, tmp_path: Path) -> None:
    asyncio.run(add_recovery(story))
    other = Story(tmp_path / "other", MemoryKeyStore())
    asyncio.run(make_vault(other, PIN))
    code, before = asyncio.run(add_recovery(other)), read_keys(story.files.keys)
    for delay in DELAYS[:4]:
        error = refusal(story.start().recover(code, NEW_PIN))
        assert isinstance(error, Locked)
        assert (error.reason, error.wait) == (Reason.WRONG_RECOVERY, delay)
    assert refusal(story.start().recover(code, NEW_PIN)).reason is Reason.TRIES_SPACED
    assert read_keys(story.files.keys) == before


def test_s8_a_mistyped_code_is_told_apart_and_costs_no_try(story: Story) -> None:
    code = asyncio.run(add_recovery(story))
    wrong = ("2" if code[0] != "2" else "3") + code[1:]
    for _ in range(5):
        error = refusal(story.start().recover(wrong, NEW_PIN))
        assert isinstance(error, Rejected)
        assert error.reason is Reason.MISTYPED
    assert asyncio.run(recover(story, code, NEW_PIN)) == "kept"


def test_without_a_recovery_code_nothing_is_recovered(story: Story) -> None:
    other_code = "0000-0000-0000-0000-0000-0000-0000"
    assert isinstance(refusal(story.start().recover(other_code, NEW_PIN)), NotAllowed)


def test_l3_biometrics_open_by_the_key_that_was_kept_and_by_nothing_else(
    story: Story, biometrics: MemoryKeyStore
) -> None:
    async def enable() -> None:
        vault = story.start()
        session = await vault.unlock(PIN)
        await session.ways.enable_biometrics(PIN)
        await vault.lock()

    async def open_by_finger() -> Any:
        vault = story.start()
        await vault.unlock_by_biometrics()
        kept = await story.read()
        await vault.lock()
        return kept

    assert not story.start().has_biometrics()
    assert refusal(story.start().unlock_by_biometrics()).reason is Reason.NO_BIOMETRICS
    asyncio.run(enable())
    assert story.start().has_biometrics()
    assert asyncio.run(open_by_finger()) == "kept"
    [name] = biometrics.items
    kept = biometrics.items[name]
    for answer in (b"True", b"\1", bytes(32)):
        biometrics.items[name] = answer
        assert isinstance(refusal(story.start().unlock_by_biometrics()), Locked)
    biometrics.items[name] = kept
    assert asyncio.run(open_by_finger()) == "kept"


def test_a_recovered_vault_no_longer_opens_by_the_finger_of_before(story: Story) -> None:
    async def run() -> None:
        vault = story.start()
        session = await vault.unlock(PIN)
        await session.ways.enable_biometrics(PIN)
        await vault.lock()

    asyncio.run(run())
    code = asyncio.run(add_recovery(story))
    asyncio.run(recover(story, code, NEW_PIN))
    assert not read_keys(story.files.keys).has(SlotKind.BIOMETRIC)


def test_s7_a_silent_key_store_changes_nothing_while_the_vault_is_open(story: Story, key_store: MemoryKeyStore) -> None:
    async def run() -> None:
        vault = story.start()
        session = await vault.unlock(PIN)
        before = story.files.keys.read_bytes()
        key_store.silent = True
        for action in (session.ways.change_secret(PIN, NEW_PIN), session.ways.prepare_recovery(PIN)):
            with pytest.raises(Unreadable) as caught:
                await action
            assert caught.value.reason is Reason.NO_KEY_STORE
        assert story.files.keys.read_bytes() == before
        key_store.silent = False
        await vault.lock()

    asyncio.run(run())
    assert asyncio.run(reopen(story, PIN)) == "kept"
