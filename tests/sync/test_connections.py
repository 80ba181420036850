import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from pydantic import SecretStr

from mes_app.domain.servers import ServerAccount, SignIn
from mes_app.errors import NotAllowed, Offline, Reason, SessionExpired
from mes_app.sync.connections import Connections
from mes_app.sync.networks import Network
from tests.sync.backends import Backend
from tests.sync.faults import cut_after
from tests.sync.serving import Say, Scripted, served
from tests.sync.vaults import opened_vault


def play(folder: Path, story: Callable[[Connections], Awaitable[None]], network: Network | None = None) -> None:
    async def whole() -> None:
        async with opened_vault(folder) as (database, _):
            await story(Connections(database, network or Network()))

    asyncio.run(whole())


def test_without_a_server_there_is_nothing_to_open(tmp_path: Path) -> None:
    async def story(connections: Connections) -> None:
        with pytest.raises(NotAllowed) as caught:
            await connections.open()
        assert caught.value.reason is Reason.NO_SERVER

    play(tmp_path, story)


def test_a_plain_server_gets_the_bearer_of_its_account(tmp_path: Path) -> None:
    server = Scripted({"/fhir/Patient/1": Say(b"{}")})

    async def story(connections: Connections) -> None:
        await connections.use(ServerAccount(fhir_base=f"{url}/fhir", sign_in=SignIn.PLAIN, bearer=SecretStr("t")))
        _, api = await connections.open()
        async with api:
            await api.get("Patient/1")

    with served(server) as url:
        play(tmp_path, story)
    assert server.asked[0].headers["authorization"] == "Bearer t"


def test_all_clients_of_an_account_share_one_rotation_which_survives_a_restart(
    backend: Backend, tmp_path: Path
) -> None:
    async def begin(connections: Connections) -> None:
        await connections.use(await backend.enrol())
        await read(connections)
        await asyncio.gather(read(connections), read(connections))

    async def read(connections: Connections) -> None:
        account, api = await connections.open()
        async with api:
            await api.get(account.person)

    play(tmp_path, begin)
    play(tmp_path, read)


def test_signing_out_forgets_the_account_and_ends_the_session(backend: Backend, tmp_path: Path) -> None:
    async def story(connections: Connections) -> None:
        account = await backend.enrol()
        await connections.use(account)
        await connections.end()
        assert await connections.account() is None
        await connections.use(account)
        _, api = await connections.open()
        async with api:
            with pytest.raises(SessionExpired):
                await api.get(account.person)

    play(tmp_path, story)


def test_signing_out_offline_still_forgets_the_account_here(backend: Backend, tmp_path: Path) -> None:
    async def story(connections: Connections) -> None:
        await connections.use(await backend.enrol())
        with pytest.raises(Offline):
            await connections.end()
        assert await connections.account() is None

    play(tmp_path, story, cut_after(0))
