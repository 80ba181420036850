import asyncio
from pathlib import Path

from mes_app.bootstrap import make_carnets
from mes_app.config import Config
from mes_app.services.vault import VaultState

ASSETS = Path(__file__).parent.parent / "assets"


def test_two_windows_never_share_their_keys(tmp_path: Path) -> None:
    config = Config(data=tmp_path, assets=ASSETS, server="https://carnets.example")
    first, second = make_carnets(config), make_carnets(config)
    assert first.vault is not second.vault
    assert first.login is not second.login
    assert first.server == "https://carnets.example"


def test_the_whole_demonstration_family_opens_without_any_server(tmp_path: Path) -> None:
    carnets = make_carnets(Config(data=tmp_path, assets=ASSETS))

    async def open_and_leave() -> list[str]:
        session = await carnets.demonstration.open()
        names = [profile.first_name for profile in await session.profiles.list()]
        await carnets.vault.lock()
        return names

    assert asyncio.run(open_and_leave()) == ["Camille", "Léo", "Jeanne"]
    assert carnets.vault.state() is VaultState.ABSENT
