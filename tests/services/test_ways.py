import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, cast

import pytest

from mes_app.crypto.costs import Cost
from mes_app.crypto.keys import SlotKind, read_keys
from mes_app.crypto.secret import Secret
from mes_app.errors import Locked, MesError, Reason, Rejected, Unreadable
from mes_app.services.freshness import Freshness
from mes_app.services.vault_keys import VaultKeys
from mes_app.services.ways import Ways
from mes_app.store.database import Database
from tests.memory_key_store import MemoryKeyStore
from tests.services.vault_stories import PIN, Kept, Story, reopen

NEW_PIN = "391847"
WRONG = "804272"


@pytest.fixture
def story(under_pin: Kept, tmp_path: Path) -> Story:
    return under_pin.copy(tmp_path, MemoryKeyStore(), MemoryKeyStore())


def change(story: Story, act: Callable[[Ways], Awaitable[object]]) -> None:
    """Do ``act`` in the open vault, then lock it."""

    async def run() -> None:
        vault = story.start()
        session = await vault.unlock(PIN)
        try:
            await act(session.ways)
        finally:
            await vault.lock()

    asyncio.run(run())


def refusal(story: Story, act: Callable[[Ways], Awaitable[object]]) -> MesError:
    before = read_keys(story.files.keys)
    with pytest.raises(MesError) as caught:
        change(story, act)
    assert read_keys(story.files.keys) == before
    return caught.value


def ignore(_done: int, _total: int) -> None:
    pass


def test_a_new_pin_takes_the_place_of_the_former_one(story: Story) -> None:
    change(story, lambda ways: ways.change_secret(PIN, NEW_PIN))
    assert asyncio.run(reopen(story, NEW_PIN)) == "kept"
    with pytest.raises(Locked):
        asyncio.run(reopen(story, PIN))


def test_a_pin_is_not_changed_without_the_present_one_nor_to_a_weak_one(story: Story) -> None:
    assert refusal(story, lambda ways: ways.change_secret(WRONG, NEW_PIN)).reason is Reason.WRONG_SECRET
    assert isinstance(refusal(story, lambda ways: ways.change_secret(PIN, "123456")), Rejected)
    assert asyncio.run(reopen(story, PIN)) == "kept"


@pytest.mark.parametrize(
    "act",
    [
        lambda ways: ways.confirm(WRONG),
        lambda ways: ways.prepare_recovery(WRONG),
        lambda ways: ways.enable_biometrics(WRONG),
        lambda ways: ways.change_key(WRONG, ignore),
    ],
)
def test_l4_no_way_in_changes_without_the_secret_in_use(story: Story, act: Callable[[Ways], Awaitable[object]]) -> None:
    assert refusal(story, act).reason is Reason.WRONG_SECRET


def test_l2_proving_the_owner_counts_like_unlocking(story: Story) -> None:
    async def guess(ways: Ways) -> None:
        for _ in range(4):
            with pytest.raises(Locked):
                await ways.confirm(WRONG)
        await ways.confirm(PIN)

    error = refusal(story, guess)
    assert error.reason is Reason.TRIES_SPACED


def test_s8_a_recovery_code_opens_nothing_before_it_is_kept(story: Story) -> None:
    before = read_keys(story.files.keys)
    change(story, lambda ways: ways.prepare_recovery(PIN))
    assert read_keys(story.files.keys) == before


def test_a_draft_from_before_a_change_of_pin_is_not_kept(story: Story) -> None:
    async def act(ways: Ways) -> None:
        draft = await ways.prepare_recovery(PIN)
        await ways.change_secret(PIN, NEW_PIN)
        with pytest.raises(Locked):
            await ways.keep_recovery(draft)

    change(story, act)
    assert not read_keys(story.files.keys).has(SlotKind.RECOVERY)


def test_biometrics_are_turned_off_with_their_key(story: Story) -> None:
    async def act(ways: Ways) -> None:
        await ways.enable_biometrics(PIN)
        assert read_keys(story.files.keys).has(SlotKind.BIOMETRIC)
        await ways.disable_biometrics()

    change(story, act)
    assert not read_keys(story.files.keys).has(SlotKind.BIOMETRIC)
    assert isinstance(story.biometrics, MemoryKeyStore)
    assert story.biometrics.items == {}


def test_a_new_data_key_keeps_the_data_and_the_pin_and_no_other_way(story: Story) -> None:
    async def act(ways: Ways) -> None:
        await ways.keep_recovery(await ways.prepare_recovery(PIN))
        await ways.enable_biometrics(PIN)
        await ways.change_key(PIN, ignore)

    before = read_keys(story.files.keys)
    change(story, act)
    after = read_keys(story.files.keys)
    assert {slot.kind for slot in after.slots} == {SlotKind.PIN}
    assert after.next == ()
    assert {slot.wrapped for slot in after.slots}.isdisjoint({slot.wrapped for slot in before.slots})
    assert asyncio.run(reopen(story, PIN)) == "kept"


class FailingStore:
    """The store of a vault whose disk fills while its key changes: it answers nothing more, as the real one then."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._failed = False

    async def change_key(self, _key: Secret) -> None:
        self._failed = True
        raise Unreadable(Reason.DISK_FULL)

    async def read(self, *query: Any) -> Any:
        if self._failed:
            raise Locked
        return await self._database.read(*query)

    async def write(self, *change: Any) -> Any:
        return await self._database.write(*change)


def test_a_store_that_fails_half_way_locks_the_vault_which_opens_again(story: Story) -> None:
    async def run() -> None:
        vault = story.start()
        await vault.unlock(PIN)
        assert story.opened
        locked = asyncio.Event()
        vault.subscribe(locked.set)
        clock = story.hands.clock()
        failing = Ways(
            story.files,
            VaultKeys(story.files, story.key_store, None, clock, Cost),
            Freshness(clock),
            cast(Database, FailingStore(story.database)),
            story.opened.blobs,
            lock=vault.lock,
        )
        with pytest.raises(Unreadable):
            await failing.change_key(PIN, ignore)
        await locked.wait()

    asyncio.run(run())
    assert read_keys(story.files.keys).next
    assert asyncio.run(reopen(story, PIN)) == "kept"
    assert not read_keys(story.files.keys).next


def test_a_recovery_code_does_not_print(story: Story) -> None:
    async def act(ways: Ways) -> None:
        draft = await ways.prepare_recovery(PIN)
        assert draft.code not in repr(draft)
        assert draft.code[:4] not in repr(draft)

    change(story, act)
