import asyncio
import subprocess
import sys
from pathlib import Path

import pytest

from mes_app.bootstrap import make_carnets
from mes_app.config import Config
from mes_app.domain.people import Profile
from mes_app.errors import MesError
from mes_app.services.session import Session
from mes_app.services.vault import VaultState
from tests.services.family import tell


def list_temporaries(data: Path) -> list[Path]:
    return [path for path in (data / "tmp").rglob("*") if path.is_file()]


def test_the_demonstration_has_no_server_and_leaves_no_file(tmp_path: Path) -> None:
    async def story(session: Session, family: list[Profile]) -> None:
        assert session.temporary
        assert await session.syncing.account() is None
        assert "vault.db" in [path.name for path in list_temporaries(tmp_path / "data")]

    tell(tmp_path, story)
    assert not list((tmp_path / "data").glob("vault/*"))
    assert list_temporaries(tmp_path / "data") == []


KILLED = """
import asyncio, sys
from pathlib import Path
from mes_app.bootstrap import make_carnets
from mes_app.config import Config
async def run(carnets):
    await carnets.demonstration.open()
    print("open", flush=True)
    await asyncio.sleep(60)
asyncio.run(run(make_carnets(Config(data=Path(sys.argv[1]), assets=Path(sys.argv[2])))))
"""


def test_s11_a_demonstration_that_was_killed_cannot_be_read_and_is_gone_at_the_next_start(tmp_path: Path) -> None:
    tell(tmp_path, skip)  # makes the assets
    data, assets = tmp_path / "data", tmp_path / "assets"
    command = [sys.executable, "-c", KILLED, str(data), str(assets)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        assert process.stdout.readline() == "open\n"
        process.kill()
    left = list_temporaries(data)
    assert "vault.db" in [path.name for path in left]
    assert not any(word in path.read_bytes() for path in left for word in (b"Martin", b"Amoxicilline"))
    make_carnets(Config(data=data, assets=assets))
    assert list_temporaries(data) == []


async def skip(_session: Session, _family: list[Profile]) -> None:
    pass


def test_a_demonstration_that_cannot_be_read_leaves_the_app_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "assets" / "demo").mkdir(parents=True)
    (tmp_path / "assets" / "demo" / "family.json.gz").write_bytes(b"not a bundle")
    carnets = make_carnets(Config(data=tmp_path / "data", assets=tmp_path / "assets"))
    with pytest.raises(MesError):
        asyncio.run(carnets.demonstration.open())
    assert carnets.vault.state() is VaultState.ABSENT
