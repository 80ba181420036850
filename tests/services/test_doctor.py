import asyncio
from pathlib import Path

from mes_app.domain.servers import ServerAccount
from mes_app.errors import Offline
from mes_app.services.doctor import Doctor, Finding
from mes_app.services.session import Session
from mes_app.services.vault import Vault
from mes_app.store.blobs import Blobs
from mes_app.store.database import Database


async def open_nothing(database: Database, blobs: Blobs) -> Session:
    raise AssertionError


async def find_nothing(url: str) -> ServerAccount:
    raise Offline


def examine(folder: Path, *, server: str = "", cipher: str = "4.19.0") -> dict[str, Finding]:
    vault = Vault(folder, None, open_nothing)
    found = asyncio.run(Doctor(folder, vault, server, find_nothing, cipher).examine())
    return {finding.check: finding for finding in found}


def test_a_new_device_is_healthy(tmp_path: Path) -> None:
    found = examine(tmp_path / "not" / "made" / "yet")
    assert all(finding.ok for finding in found.values())
    assert (found["vault"].state, found["keys"].state) == ("absent", "passphrase")
    assert found["disk"].facts["megabytes"] > 0  # type: ignore[operator]
    assert "server" not in found


def test_a_silent_server_is_a_finding_and_not_a_failure(tmp_path: Path) -> None:
    found = examine(tmp_path, server="https://carnets.example")["server"]
    assert (found.state, found.ok) == ("silent", False)


def test_s2_a_missing_cipher_is_found(tmp_path: Path) -> None:
    assert not examine(tmp_path, cipher="")["cipher"].ok


def test_a_damaged_vault_is_found_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "vault").mkdir()
    (tmp_path / "vault" / "vault.db").write_bytes(b"")
    assert examine(tmp_path)["vault"].state == "damaged"
    assert (tmp_path / "vault" / "vault.db").read_bytes() == b""
