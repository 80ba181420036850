"""The same phone with the reference backend, and new tokens in each life: it stays signed in, and all is there once."""

import asyncio
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from mes_app.domain.sync_status import Idle
from mes_app.store.edits import When, change_record, create_record
from mes_app.store.outbox import list_pending
from mes_app.store.profiles import list_profiles
from tests.sync.backends import Backend
from tests.sync.kills.fates import COMMITS, NONE, Fate, spread
from tests.sync.kills.phones import Dead, Phone
from tests.sync.simulation.devices import Shown
from tests.sync.simulation.ledgers import Ledger, find_numbers
from tests.sync.simulation.oracles import find_all
from tests.sync.simulation.worlds import write_body
from tests.sync.vaults import opened_syncing

FIRST_COMMITS = 8
"""What is typed, the new tokens, and what is sent."""
TOKENS_LAST = 1000


async def make_phone(backend: Backend, folder: Path) -> Phone:
    """A phone of a parent, which has the records of the family."""
    await asyncio.to_thread((folder / "first").mkdir)
    async with opened_syncing(folder / "first") as (syncing, _):
        await syncing.connect(await backend.enrol())
        assert isinstance(await syncing.run(), Idle)
    return Phone(folder / "phone", folder / "first", no_link, lambda: datetime.now(UTC), asyncio.sleep)


def no_link(*_: Any) -> Any:
    raise AssertionError("this phone has a real network")


async def list_own(phone: Phone) -> list[Shown]:
    """What was typed on it."""
    return [record for record in await phone.list_shown() if record.birth]


async def write(phone: Phone, ledger: Ledger, typed: set[int]) -> None:
    """A new measure, and another note in the last one; ``typed`` is what was acknowledged."""
    holder = (await phone.database.read(list_profiles))[0]
    own = await list_own(phone)
    when = When(phone.now(), 0.0)
    body = ledger.make_body("Observation", holder.rid or "")
    await phone.database.write(create_record, holder.pid, write_body(body), when)
    typed |= find_numbers(body)
    if own:
        body = ledger.edit(own[-1].body, "note")
        await phone.database.write(change_record, own[-1].lid, write_body(body), when)
        typed |= find_numbers(body)


async def live(phone: Phone, ledger: Ledger, typed: set[int], fate: Fate) -> None:
    """Write and sync until the process dies, of ``fate`` or after that."""
    await phone.start(fate)
    try:
        await write(phone, ledger, typed)
        await phone.sync_there()
        phone.kill_process()
    except Dead:
        pass
    await phone.bury()


@pytest.mark.parametrize("rounds", [4, pytest.param(2 * FIRST_COMMITS, marks=pytest.mark.soak)])
def test_i7_killed_again_and_again_a_phone_stays_signed_in_and_all_is_there_once(
    backend: Backend, tmp_path: Path, rounds: int
) -> None:
    async def story() -> None:
        phone, ledger, typed = await make_phone(backend, tmp_path), Ledger(), set[int]()
        for number in range(rounds):
            backend.ahead += TOKENS_LAST
            await live(phone, ledger, typed, spread(number, rounds, FIRST_COMMITS, COMMITS))
        await live(phone, ledger, typed, NONE)
        await phone.open()
        assert await phone.database.read(list_pending) == []
        own = await list_own(phone)
        assert set(Counter(record.birth for record in own).values()) == {1}
        assert typed <= ledger.account_for(find_all(record.body for record in own))
        await phone.discard()

    asyncio.run(story())
