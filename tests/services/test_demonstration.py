import asyncio
from pathlib import Path

import pytest

from mes_app.bootstrap import make_carnets
from mes_app.config import Config
from mes_app.domain.people import Profile
from mes_app.errors import MesError
from mes_app.services.session import Session
from mes_app.services.vault import VaultState
from tests.services.family import tell


def test_the_demonstration_has_no_server_and_leaves_no_file(tmp_path: Path) -> None:
    async def story(session: Session, family: list[Profile]) -> None:
        assert session.temporary
        assert await session.syncing.account() is None

    tell(tmp_path, story)
    assert not list((tmp_path / "data").glob("vault/*"))


def test_a_demonstration_that_cannot_be_read_leaves_the_app_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "assets" / "demo").mkdir(parents=True)
    (tmp_path / "assets" / "demo" / "family.json.gz").write_bytes(b"not a bundle")
    carnets = make_carnets(Config(data=tmp_path / "data", assets=tmp_path / "assets"))
    with pytest.raises(MesError):
        asyncio.run(carnets.demonstration.open())
    assert carnets.vault.state() is VaultState.ABSENT
