"""A change of data key that is cut short anywhere: the vault opens with whichever key its database has."""

import asyncio
from pathlib import Path

import pytest

from mes_app.crypto.costs import Cost
from mes_app.crypto.keys import (
    KeyFile,
    SlotKind,
    add_typed_slot,
    derive_typed,
    open_slot,
    plan_change,
    read_keys,
    remove_slots,
    write_keys,
)
from mes_app.crypto.primitives import make_secret
from mes_app.crypto.secret import Secret
from mes_app.errors import Locked, Reason, Unreadable
from mes_app.services.vault_stores import open_store
from mes_app.store.database import Database
from tests.services.vault_stories import PASSPHRASE, Kept, Story, reopen


@pytest.fixture
def story(under_passphrase: Kept, tmp_path: Path) -> Story:
    return under_passphrase.copy(tmp_path)


async def unwrap(keys: KeyFile, secret: str = PASSPHRASE) -> Secret:
    with derive_typed(keys, secret, None) as wrapping:
        return open_slot(keys, SlotKind.PASSPHRASE, wrapping)


async def begin_change(story: Story, *, reach: bool) -> None:
    """Plan a change of key and, with ``reach``, make it in the database; what would settle it does not come."""
    keys = read_keys(story.files.keys)
    with make_secret() as new, await unwrap(keys) as present:
        bare = remove_slots(keys, SlotKind.PASSPHRASE)
        write_keys(story.files.keys, plan_change(keys, add_typed_slot(bare, new, PASSPHRASE, None, Cost())))
        if reach:
            database = await Database.open(story.files.database, present)
            await database.change_key(new)
            await database.close()


@pytest.mark.parametrize("reach", [False, True])
def test_a_change_of_key_cut_short_opens_with_the_key_the_database_has_and_is_settled(
    story: Story, reach: bool
) -> None:
    asyncio.run(begin_change(story, reach=reach))
    planned = read_keys(story.files.keys)
    assert asyncio.run(reopen(story, PASSPHRASE)) == "kept"
    settled = read_keys(story.files.keys)
    assert settled.next == ()
    assert settled.slots == (planned.next if reach else planned.slots)
    assert asyncio.run(reopen(story, PASSPHRASE)) == "kept"


@pytest.mark.parametrize("reach", [False, True])
def test_a_wrong_secret_settles_nothing(story: Story, reach: bool) -> None:
    asyncio.run(begin_change(story, reach=reach))
    planned = read_keys(story.files.keys)
    with pytest.raises(Locked):
        asyncio.run(reopen(story, "une autre longue phrase"))
    assert read_keys(story.files.keys) == planned


def test_a_database_that_opens_with_neither_key_is_named_and_both_wraps_are_kept(story: Story) -> None:
    asyncio.run(begin_change(story, reach=True))
    planned = read_keys(story.files.keys)
    with story.files.database.open("r+b") as file:
        file.seek(50)
        file.write(bytes(32))
    with pytest.raises(Unreadable) as caught:
        asyncio.run(open_store(story.files, unwrap))
    assert caught.value.reason is Reason.NOT_A_VAULT
    assert read_keys(story.files.keys) == planned
