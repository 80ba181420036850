"""A vault that comes in place of another: from a backup, or from nothing when the usual way in is gone."""

import asyncio
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

import pytest

from mes_app.crypto.keys import read_keys
from mes_app.errors import MesError, Reason
from mes_app.services.backups import Backups
from mes_app.services.vault import Vault, VaultState
from tests.memory_key_store import MemoryKeyStore
from tests.services.backup_stories import FRESH, ignore
from tests.services.backup_stories import PASSPHRASE as OF_BACKUP
from tests.services.vault_stories import PIN, Kept, Story, reopen

NEW_PIN = "391847"


@pytest.fixture(scope="module")
def backup(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup of a vault that keeps a note and settings."""
    folder = tmp_path_factory.mktemp("source")
    file = folder / "sauvegarde.mescarnets"

    async def run() -> None:
        story = Story(folder / "data", MemoryKeyStore())
        vault = story.start()
        await vault.create(PIN)
        await story.write("kept")
        settings = story.folder / "settings.json"
        settings.write_text('{"theme": "dark"}')
        assert story.opened
        await Backups(story.opened.database, story.opened.blobs, settings, FRESH).write(file, OF_BACKUP, ignore)
        await vault.lock()

    asyncio.run(run())
    return file


@pytest.fixture
def story(under_pin: Kept, tmp_path: Path) -> Story:
    """A device with another vault on it."""
    return under_pin.copy(tmp_path / "data", MemoryKeyStore())


def refusal(action: Coroutine[Any, Any, Any]) -> Reason:
    with pytest.raises(MesError) as caught:
        asyncio.run(action)
    return caught.value.reason


async def restore(vault: Vault, backup: Path, *, replace: bool = False, passphrase: str = OF_BACKUP) -> None:
    await vault.restore(backup, passphrase, NEW_PIN, ignore, replace=replace)
    await vault.lock()


def lose_device_secret(story: Story) -> Vault:
    """A vault whose usual way in is gone, as the app has just found out."""
    assert isinstance(story.key_store, MemoryKeyStore)
    story.key_store.items.clear()
    vault = story.start()
    assert refusal(vault.unlock(PIN)) is Reason.KEY_STORE_LOST
    return vault


def test_a_backup_opens_on_a_new_device_with_a_pin_of_its_own(backup: Path, tmp_path: Path) -> None:
    story = Story(tmp_path / "data", MemoryKeyStore())
    asyncio.run(restore(story.start(), backup))
    assert asyncio.run(reopen(story, NEW_PIN)) == "kept"
    assert (story.folder / "settings.json").read_text() == '{"theme": "dark"}'
    assert sorted(path.name for path in story.folder.iterdir()) == ["settings.json", "vault", "vault.lock"]


def test_s5_a_restored_vault_has_keys_of_its_own(backup: Path, tmp_path: Path) -> None:
    first, second = (Story(tmp_path / name, MemoryKeyStore()) for name in ("first", "second"))
    for story in (first, second):
        asyncio.run(restore(story.start(), backup))
    assert read_keys(first.files.keys).db_id != read_keys(second.files.keys).db_id
    second.files.keys.write_bytes(first.files.keys.read_bytes())
    second.key_store = first.key_store
    assert refusal(second.start().unlock(NEW_PIN)) in (Reason.NOT_A_VAULT, Reason.DAMAGED)


@pytest.mark.parametrize("replace", [True, False])
def test_nothing_takes_the_place_of_a_vault_that_its_pin_opens(story: Story, backup: Path, replace: bool) -> None:
    before = story.fingerprint()
    assert refusal(restore(story.start(), backup, replace=replace)) is Reason.VAULT_EXISTS
    assert refusal(story.start().create(NEW_PIN, replace=replace)) is Reason.VAULT_EXISTS
    assert story.fingerprint() == before
    assert asyncio.run(reopen(story, PIN)) == "kept"


def test_a_backup_takes_the_place_of_a_vault_without_its_key_store(story: Story, backup: Path) -> None:
    former = read_keys(story.files.keys).db_id
    vault = lose_device_secret(story)
    assert refusal(restore(vault, backup)) is Reason.VAULT_EXISTS
    asyncio.run(restore(vault, backup, replace=True))
    assert asyncio.run(reopen(story, NEW_PIN)) == "kept"
    assert not (story.folder / "vault.old").exists()
    assert isinstance(story.key_store, MemoryKeyStore)
    assert not any(former in name for name in story.key_store.items)


def test_s3_a_backup_takes_the_place_of_damaged_files(story: Story, backup: Path) -> None:
    story.files.database.write_bytes(b"")
    vault = story.start()
    assert vault.state() is VaultState.DAMAGED
    asyncio.run(restore(vault, backup, replace=True))
    assert asyncio.run(reopen(story, NEW_PIN)) == "kept"


@pytest.mark.parametrize(("passphrase", "reason"), [("pas la bonne phrase", Reason.WRONG_PASSPHRASE)])
def test_a_backup_that_does_not_open_leaves_the_former_files_as_they_are(
    story: Story, backup: Path, passphrase: str, reason: Reason
) -> None:
    vault = lose_device_secret(story)
    before = story.fingerprint()
    assert refusal(restore(vault, backup, replace=True, passphrase=passphrase)) is reason
    assert story.fingerprint() == before
    assert vault.state() is VaultState.RECOVERABLE


def test_a_new_vault_takes_the_place_of_one_whose_ways_in_are_gone(story: Story) -> None:
    async def run(vault: Vault) -> Any:
        await vault.create(NEW_PIN, replace=True)
        kept = await story.read()
        await vault.lock()
        return kept

    assert asyncio.run(run(lose_device_secret(story))) is None
    assert story.start().state() is VaultState.LOCKED
    assert refusal(story.start().unlock(PIN)) is Reason.WRONG_SECRET
