import asyncio
import json
import shutil
import signal
import subprocess
import sys
from base64 import b64encode
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

import pytest

from mes_app.crypto.primitives import make_secret
from mes_app.errors import Locked, MesError, NotAllowed, Reason, Rejected, Unreadable
from mes_app.services.session import Opened, Session
from mes_app.services.turns import Turns
from mes_app.services.vault import SecretKind, VaultState
from mes_app.store.database import Database
from tests.forks import forked
from tests.memory_key_store import MemoryKeyStore
from tests.secret_service import run_secret_service
from tests.services import dying
from tests.services.vault_stories import PASSPHRASE, PIN, Kept, Story, make_vault, reopen


@pytest.fixture
def key_store() -> MemoryKeyStore:
    return MemoryKeyStore()


@pytest.fixture
def story(under_pin: Kept, tmp_path: Path, key_store: MemoryKeyStore) -> Story:
    return under_pin.copy(tmp_path, key_store)


def refusal(action: Coroutine[Any, Any, Any]) -> MesError:
    with pytest.raises(MesError) as caught:
        asyncio.run(action)
    return caught.value


def test_what_was_kept_is_there_after_a_restart_with_the_pin(story: Story) -> None:
    assert asyncio.run(reopen(story, PIN)) == "kept"


def test_states_follow_the_life_of_a_vault(tmp_path: Path) -> None:
    async def run() -> list[VaultState]:
        vault = Story(tmp_path, MemoryKeyStore()).start()
        states = [vault.state()]
        for step in (vault.create(PIN), vault.lock(), vault.unlock(PIN), vault.wipe()):
            await step
            states.append(vault.state())
        return states

    absent, opened, locked = VaultState.ABSENT, VaultState.OPEN, VaultState.LOCKED
    assert asyncio.run(run()) == [absent, opened, locked, opened, absent]


def test_without_a_key_store_a_passphrase_opens_the_vault(tmp_path: Path) -> None:
    story = Story(tmp_path, None)
    assert story.start().secret_kind() is SecretKind.PASSPHRASE
    assert refusal(story.start().create(PIN)).reason is Reason.TOO_SHORT
    asyncio.run(make_vault(story, PASSPHRASE))
    story.key_store = MemoryKeyStore()
    assert story.start().secret_kind() is SecretKind.PASSPHRASE
    assert asyncio.run(reopen(story, PASSPHRASE)) == "kept"


def test_a_weak_pin_makes_no_vault(tmp_path: Path) -> None:
    story = Story(tmp_path, MemoryKeyStore())
    error = refusal(story.start().create("123456"))
    assert isinstance(error, Rejected)
    assert (error.field, error.reason) == ("secret", Reason.TOO_SIMPLE)
    assert list(tmp_path.iterdir()) == []


def test_a_vault_is_never_made_over_another(story: Story) -> None:
    before = story.fingerprint()
    assert refusal(story.start().create(PIN)).reason is Reason.VAULT_EXISTS
    assert story.fingerprint() == before


def test_s5_the_data_key_is_not_kept_in_memory_while_the_vault_is_open(tmp_path: Path) -> None:
    async def run() -> set[str]:
        vault = Story(tmp_path, MemoryKeyStore()).start()
        await vault.create(PIN)
        held = {type(value).__name__ for value in vars(vault).values()}
        await vault.lock()
        return held

    assert "Secret" not in asyncio.run(run())


def test_s1_s5_no_file_holds_the_device_secret_the_pin_or_what_was_kept(
    story: Story, key_store: MemoryKeyStore
) -> None:
    [device_secret] = key_store.items.values()
    written = b"".join(path.read_bytes() for path in story.folder.rglob("*") if path.is_file())
    for form in (device_secret, device_secret.hex().encode(), b64encode(device_secret), PIN.encode(), b"kept"):
        assert form not in written


def test_s5_two_vaults_with_the_same_pin_have_nothing_in_common(story: Story, tmp_path: Path) -> None:
    other = Story(tmp_path / "other", MemoryKeyStore())
    asyncio.run(make_vault(other, PIN))
    assert set(other.fingerprint().values()).isdisjoint(story.fingerprint().values())
    shutil.copy(other.folder / "vault" / "vault.db", story.folder / "vault" / "vault.db")
    assert refusal(story.start().unlock(PIN)).reason is Reason.NOT_A_VAULT


def test_s11_every_file_and_folder_is_private(tmp_path: Path) -> None:
    async def run() -> None:
        story = Story(tmp_path / "data", MemoryKeyStore())
        vault = story.start()
        await vault.create(PIN)
        await story.write("kept")
        paths = [tmp_path / "data", *(tmp_path / "data").rglob("*")]
        modes = {path.name: path.stat().st_mode & 0o777 for path in paths}
        await vault.lock()
        assert {"keys.json", "vault.db", "vault.db-wal"} <= set(modes)
        assert set(modes.values()) == {0o600, 0o700}

    asyncio.run(run())


def test_s4_wrong_pins_change_nothing(story: Story) -> None:
    before = story.fingerprint()
    for pin in ("804272", "000000", ""):
        error = refusal(story.start().unlock(pin))
        assert isinstance(error, Locked)
        assert error.reason is Reason.WRONG_SECRET
    assert story.fingerprint() == before
    assert asyncio.run(reopen(story, PIN)) == "kept"


def test_s4_50_wrong_keys_change_nothing(story: Story) -> None:
    before = story.fingerprint()
    for _ in range(50):
        assert isinstance(refusal(Database.open(story.folder / "vault" / "vault.db", make_secret())), Unreadable)
    assert story.fingerprint() == before
    assert asyncio.run(reopen(story, PIN)) == "kept"


def lose(key_store: MemoryKeyStore) -> None:
    key_store.items.clear()


def empty(key_store: MemoryKeyStore) -> None:
    key_store.items = dict.fromkeys(key_store.items, b"")


def exchange(key_store: MemoryKeyStore) -> None:
    key_store.items = dict.fromkeys(key_store.items, bytes(make_secret().view()))


def silence(key_store: MemoryKeyStore) -> None:
    key_store.silent = True


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        (lose, Reason.KEY_STORE_LOST),
        (empty, Reason.KEY_STORE_LOST),
        (exchange, Reason.KEY_STORE_LOST),
        (silence, Reason.NO_KEY_STORE),
    ],
)
def test_s7_a_key_store_that_fails_is_not_a_loss_of_data(
    story: Story, key_store: MemoryKeyStore, fault: Any, reason: Reason
) -> None:
    before, items, vault = story.fingerprint(), dict(key_store.items), story.start()
    fault(key_store)
    error = refusal(vault.unlock(PIN))
    assert isinstance(error, Unreadable)
    assert error.reason is reason
    assert (vault.state(), vault.fault()) == (VaultState.RECOVERABLE, reason)
    assert story.fingerprint() == before
    key_store.items, key_store.silent = items, False
    assert asyncio.run(reopen(story, PIN)) == "kept"


def test_s6_the_right_pin_opens_nothing_where_the_files_were_carried_off_alone(story: Story) -> None:
    story.key_store = None
    assert story.start().secret_kind() is SecretKind.PIN
    assert refusal(story.start().unlock(PIN)).reason is Reason.NO_KEY_STORE


@pytest.mark.parametrize("silent", [True, False])
def test_s7_no_vault_is_made_on_a_key_store_that_keeps_nothing(tmp_path: Path, silent: bool) -> None:
    key_store = MemoryKeyStore(forgetful=True)
    key_store.silent = silent
    story = Story(tmp_path, key_store)
    assert refusal(story.start().create(PIN)).reason is Reason.NO_KEY_STORE
    assert story.start().state() is VaultState.ABSENT


def test_s6_a_lowered_cost_is_refused(story: Story) -> None:
    path = story.folder / "vault" / "keys.json"
    path.write_text(path.read_text().replace("65536", "8192"))
    assert story.start().state() is VaultState.DAMAGED
    assert refusal(story.start().unlock(PIN)).reason is Reason.DAMAGED


@pytest.mark.parametrize(
    ("database", "reason"),
    [
        (b"", Reason.DAMAGED),
        (None, Reason.DAMAGED),
        (b"SQLite format 3\0" + bytes(8192), Reason.NOT_A_VAULT),
        (b"%PDF-1.7 and so on " * 400, Reason.NOT_A_VAULT),
    ],
)
def test_s3_a_database_that_is_not_the_vaults_is_named_and_left_alone(
    story: Story, database: bytes | None, reason: Reason
) -> None:
    path = story.folder / "vault" / "vault.db"
    path.unlink() if database is None else path.write_bytes(database)
    before = story.fingerprint()
    assert story.start().state() is VaultState.DAMAGED
    assert refusal(story.start().unlock(PIN)).reason is reason
    assert refusal(story.start().create(PIN)).reason is Reason.VAULT_EXISTS
    assert story.fingerprint() == before


def test_s3_a_damaged_first_page_is_named_and_left_alone(story: Story) -> None:
    path = story.folder / "vault" / "vault.db"
    damaged = bytearray(path.read_bytes())
    damaged[100] ^= 1
    path.write_bytes(damaged)
    before = story.fingerprint()
    assert isinstance(refusal(story.start().unlock(PIN)), Unreadable)
    assert story.fingerprint() == before


def test_lost_keys_are_damage_and_never_a_first_start(story: Story) -> None:
    (story.folder / "vault" / "keys.json").unlink()
    before = story.fingerprint()
    assert story.start().state() is VaultState.DAMAGED
    assert refusal(story.start().unlock(PIN)).reason is Reason.DAMAGED
    assert refusal(story.start().create(PIN)).reason is Reason.VAULT_EXISTS
    assert story.fingerprint() == before


def test_a_vault_of_a_newer_version_is_locked_and_says_so(story: Story) -> None:
    path = story.folder / "vault" / "keys.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"v": 9}))
    assert story.start().state() is VaultState.LOCKED
    assert story.start().secret_kind() is SecretKind.PIN
    assert refusal(story.start().unlock(PIN)).reason is Reason.NEWER_VERSION


def test_where_there_is_no_vault_nothing_is_unlocked(tmp_path: Path) -> None:
    story = Story(tmp_path, None)
    assert refusal(story.start().unlock(PASSPHRASE)).reason is Reason.NOT_A_VAULT
    assert story.start().state() is VaultState.ABSENT


def test_a_vault_open_elsewhere_is_not_opened_twice(story: Story) -> None:
    async def run() -> None:
        first, second = story.start(), story.start()
        await first.unlock(PIN)
        with pytest.raises(Locked) as caught:
            await second.unlock(PIN)
        assert caught.value.reason is Reason.OPEN_ELSEWHERE
        await first.lock()
        await second.unlock(PIN)
        await second.lock()

    asyncio.run(run())


def test_opening_in_another_tab_locks_the_first_one_which_hears_of_it(story: Story) -> None:
    async def run() -> None:
        turns = Turns()
        first, second = story.start(turns=turns), story.start(turns=turns)
        told: list[VaultState] = []
        first.subscribe(lambda: told.append(first.state()))
        await first.unlock(PIN)
        await second.unlock(PIN)
        assert told == [VaultState.LOCKED]
        assert (first.state(), second.state()) == (VaultState.LOCKED, VaultState.OPEN)
        await second.lock()

    asyncio.run(run())


def test_an_open_vault_refuses_to_be_opened_again(story: Story) -> None:
    async def run() -> None:
        vault = story.start()
        await vault.unlock(PIN)
        for action in (vault.create(PIN), vault.unlock(PIN), vault.create_temporary()):
            with pytest.raises(NotAllowed):
                await action
        await vault.lock()

    asyncio.run(run())


def test_s13_locking_stops_the_sync_and_closes_the_store(story: Story) -> None:
    async def run() -> None:
        vault = story.start()
        await vault.unlock(PIN)
        vault.subscribe(lambda: story.told.append("screens emptied"))
        story.told.clear()
        await vault.lock()
        await vault.lock()
        assert story.told == ["screens emptied", "sync stopped", "keys forgotten", "memory given back"]
        with pytest.raises(Locked):
            await story.read()

    asyncio.run(run())


def test_a_session_that_fails_to_open_leaves_the_vault_locked_and_free(story: Story) -> None:
    async def fail(_opened: Opened) -> Session:
        raise Unreadable(Reason.DISK_FULL)

    vault = story.start(fail)
    assert refusal(vault.unlock(PIN)).reason is Reason.DISK_FULL
    assert vault.state() is VaultState.LOCKED
    assert asyncio.run(reopen(story, PIN)) == "kept"


def test_s14_wiping_leaves_neither_files_nor_anything_in_the_key_store(story: Story, key_store: MemoryKeyStore) -> None:
    async def run() -> None:
        vault = story.start()
        await vault.unlock(PIN)
        await vault.wipe()

    assert key_store.items
    asyncio.run(run())
    assert story.fingerprint() == {}
    assert key_store.items == {}
    assert story.start().state() is VaultState.ABSENT


def test_l4_an_open_vault_is_wiped_only_after_a_fresh_proof_of_the_owner(story: Story) -> None:
    async def run() -> None:
        vault = story.start()
        session = await vault.unlock(PIN)
        story.hands.pass_by(121)
        with pytest.raises(Locked) as caught:
            await vault.wipe()
        assert caught.value.reason is Reason.CONFIRM_SECRET
        assert vault.state() is VaultState.OPEN
        await session.ways.confirm(PIN)
        await vault.wipe()
        assert vault.state() is VaultState.ABSENT

    asyncio.run(run())


def test_l4_a_locked_vault_is_not_wiped_by_whoever_holds_the_device(story: Story) -> None:
    before = story.fingerprint()
    assert refusal(story.start().wipe()).reason is Reason.VAULT_LOCKED
    assert story.fingerprint() == before


def test_s14_a_key_store_that_fails_keeps_no_data_from_being_wiped(story: Story, key_store: MemoryKeyStore) -> None:
    key_store.silent = True
    vault = story.start()
    assert refusal(vault.unlock(PIN)).reason is Reason.NO_KEY_STORE
    assert refusal(vault.wipe()).reason is Reason.NO_KEY_STORE
    assert story.start().state() is VaultState.ABSENT


def test_s14_a_damaged_vault_can_be_wiped(story: Story) -> None:
    (story.folder / "vault" / "keys.json").write_bytes(b"")
    asyncio.run(story.start().wipe())
    assert story.start().state() is VaultState.ABSENT


def test_a_temporary_vault_is_gone_when_locked_and_touches_no_other(story: Story) -> None:
    async def run() -> None:
        before = story.fingerprint()
        vault = story.start()
        session = await vault.create_temporary()
        assert session.temporary
        assert vault.state() is VaultState.OPEN
        await story.write("for now")
        [folder] = [Path(path).parent for (_, name, path) in await list_databases(story) if name == "main"]
        assert [path.name for path in folder.iterdir() if path.suffix == ".json"] == []
        await vault.lock()
        assert not folder.exists()
        assert vault.state() is VaultState.LOCKED
        assert story.fingerprint() == before

    asyncio.run(run())


async def list_databases(story: Story) -> list[tuple[int, str, str]]:
    return await story.database.read(lambda con: con.execute("PRAGMA database_list").fetchall())


CHILD = """
import asyncio, sys
from pathlib import Path
from mes_app.device.keystores import choose_key_store
from tests.services import dying
from tests.services.vault_stories import PIN, Story

folder = Path(sys.argv[1])
"""


def run_child(folder: Path, script: str, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", CHILD + script, str(folder)]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def test_a_creation_killed_half_way_is_no_vault_and_the_next_one_succeeds(tmp_path: Path) -> None:
    with forked(dying.create_half_way, tmp_path) as child:
        assert child.wait() == -signal.SIGKILL
    assert (tmp_path / "vault.new" / "vault.db").exists()
    story = Story(tmp_path, MemoryKeyStore())
    assert story.start().state() is VaultState.ABSENT
    asyncio.run(make_vault(story, PIN))
    assert asyncio.run(reopen(story, PIN)) == "kept"
    assert not (tmp_path / "vault.new").exists()


def test_a_creation_killed_at_its_end_is_a_vault(tmp_path: Path) -> None:
    with forked(dying.create, tmp_path) as child:
        assert child.wait() == -signal.SIGKILL
    story = Story(tmp_path, None)
    assert story.start().state() is VaultState.LOCKED
    assert asyncio.run(reopen(story, PASSPHRASE)) is None


CREATE_AND_KEEP = """
async def run(story):
    vault = story.start()
    await vault.create(PIN)
    await story.write("kept")
    await vault.lock()
asyncio.run(run(Story(folder, choose_key_store())))
"""
UNLOCK_AND_READ = """
async def run(story):
    vault = story.start()
    await vault.unlock(PIN)
    print(await story.read())
    await vault.lock()
asyncio.run(run(Story(folder, choose_key_store())))
"""


@pytest.mark.keyring
def test_s6_a_real_secret_service_holds_the_other_half_across_restarts(tmp_path: Path) -> None:
    with run_secret_service() as environment:
        assert run_child(tmp_path, CREATE_AND_KEEP, environment).returncode == 0
        assert run_child(tmp_path, UNLOCK_AND_READ, environment).stdout == "kept\n"
    with run_secret_service() as another:
        assert "Unreadable: key_store_lost" in run_child(tmp_path, UNLOCK_AND_READ, another).stderr
