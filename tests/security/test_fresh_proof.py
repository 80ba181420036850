"""What cannot be undone, or takes everything along, is done for the owner only: in the app as it is put together.

That each service asks is proved beside it; here nothing that bootstrap makes may be left out.
"""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path

import pytest

from mes_app.bootstrap import make_carnets
from mes_app.config import Config
from mes_app.domain.servers import ServerAccount, SignIn
from mes_app.errors import Locked, Reason, Rejected
from mes_app.services.carnets import Carnets
from mes_app.services.freshness import LASTS
from mes_app.services.session import Session
from mes_app.services.vault import VaultState

Act = Callable[[Carnets, Session, Path], Awaitable[object]]

SECRET, OTHER = "une phrase assez longue", "une tout autre phrase"
ACCOUNT = ServerAccount(fhir_base="https://sante.example/fhir", sign_in=SignIn.PLAIN)


def ignore(_done: int, _total: int) -> None:
    pass


WAIT_FOR_PROOF: dict[str, Act] = {
    "backup": lambda _carnets, session, folder: session.backups.write(folder / "copy", SECRET, ignore),
    "export": lambda _carnets, session, folder: session.exporting.write(folder / "copy", ["nobody"], ignore),
    "sign-out": lambda _carnets, session, _folder: session.syncing.disconnect(),
    "whole NIR": lambda _carnets, session, _folder: session.synthesis.make("nobody", show_nir=True),
    "wipe": lambda carnets, _session, _folder: carnets.vault.wipe(),
}
ASK_THE_SECRET: dict[str, Act] = {
    "recovery code": lambda _carnets, session, _folder: session.ways.prepare_recovery(OTHER),
    "other secret": lambda _carnets, session, _folder: session.ways.change_secret(OTHER, SECRET),
    "biometrics": lambda _carnets, session, _folder: session.ways.enable_biometrics(OTHER),
    "data key": lambda _carnets, session, _folder: session.ways.change_key(OTHER, ignore),
}


@pytest.fixture
def no_key_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path / 'no-bus'}")


async def refuse(carnets: Carnets, session: Session, act: Act, folder: Path) -> Reason:
    """Why ``act`` is refused, nothing being done."""

    async def look() -> tuple[object, ...]:
        account, keys = await session.syncing.account(), (folder / "vault" / "keys.json").read_bytes()
        return carnets.vault.state(), account, keys, (folder / "copy").exists()

    before = await look()
    with pytest.raises(Locked) as caught:
        await act(carnets, session, folder)
    assert await look() == before
    return caught.value.reason


@pytest.mark.usefixtures("no_key_store")
def test_l4_grave_acts_want_a_proof_of_two_minutes_at_most(tmp_path: Path) -> None:
    async def story() -> None:
        carnets = make_carnets(Config(data=tmp_path, assets=Path("assets")))
        session = await carnets.vault.create(SECRET)
        await session.syncing.connect(ACCOUNT)
        freshness = session.backups._freshness
        assert LASTS == 120
        for act in WAIT_FOR_PROOF.values():
            freshness.forget()
            assert await refuse(carnets, session, act, tmp_path) is Reason.CONFIRM_SECRET
            await session.ways.confirm(SECRET)
            with suppress(Rejected):  # nobody has a synthesis here
                await act(carnets, session, tmp_path)
        assert carnets.vault.state() is VaultState.ABSENT
        assert (tmp_path / "copy").exists()

    asyncio.run(story())


@pytest.mark.usefixtures("no_key_store")
@pytest.mark.parametrize("name", ASK_THE_SECRET)
def test_l4_ways_in_change_for_who_types_the_secret_in_use_even_just_after_unlocking(tmp_path: Path, name: str) -> None:
    async def story() -> None:
        carnets = make_carnets(Config(data=tmp_path, assets=Path("assets")))
        session = await carnets.vault.create(SECRET)
        await session.syncing.connect(ACCOUNT)
        assert await refuse(carnets, session, ASK_THE_SECRET[name], tmp_path) is Reason.WRONG_SECRET
        await carnets.vault.lock()

    asyncio.run(story())
