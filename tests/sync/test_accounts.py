import asyncio
from pathlib import Path

from pydantic import SecretStr

from mes_app.domain.servers import ServerAccount, SignIn
from mes_app.sync.accounts import forget_account, forget_secrets, read_account, save_account
from tests.sync.vaults import opened_vault

ACCOUNT = ServerAccount(
    fhir_base="https://sante.example/fhir",
    sign_in=SignIn.CHALLENGE,
    patients=("a", "b"),
    refresh_token=SecretStr("canary-refresh"),
    dpop_key=SecretStr("canary-key"),
)


def test_a5_an_access_token_is_never_written_down(tmp_path: Path) -> None:
    async def story() -> None:
        async with opened_vault(tmp_path) as (database, _):
            await database.write(save_account, ACCOUNT.model_copy(update={"access_token": SecretStr("a1")}))
            assert await database.read(read_account) == ACCOUNT

    asyncio.run(story())


def test_an_account_comes_back_whole_until_it_is_forgotten(tmp_path: Path) -> None:
    async def story() -> None:
        async with opened_vault(tmp_path) as (database, _):
            assert await database.read(read_account) is None
            await database.write(save_account, ACCOUNT)
            assert await database.read(read_account) == ACCOUNT
            await database.write(forget_account)
            assert await database.read(read_account) is None

    asyncio.run(story())


def test_a5_an_account_without_its_secrets_is_still_known(tmp_path: Path) -> None:
    secrets = {"bearer": SecretStr("canary"), "auth_session": SecretStr("s")}
    known = ACCOUNT.model_copy(update={"user": "camille", **secrets})
    emptied = dict.fromkeys(("refresh_token", "dpop_key", "bearer", "auth_session"))

    async def story() -> None:
        async with opened_vault(tmp_path) as (database, _):
            await database.write(forget_secrets)
            assert await database.read(read_account) is None
            await database.write(save_account, known)
            await database.write(forget_secrets)
            assert await database.read(read_account) == known.model_copy(update=emptied)

    asyncio.run(story())


def test_a5_no_token_is_readable_in_the_files_of_the_vault_nor_in_a_message(tmp_path: Path) -> None:
    async def story() -> None:
        async with opened_vault(tmp_path) as (database, _):
            await database.write(save_account, ACCOUNT)

    asyncio.run(story())
    assert not any(b"canary" in path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert "canary" not in f"{ACCOUNT} {ACCOUNT!r}"
