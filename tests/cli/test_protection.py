import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.phone import PASSPHRASE, Phone, plain_server, sync_first

NEW = "une tout autre phrase"
OF_BACKUP = "la phrase de la sauvegarde"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with plain_server(tmp_path_factory.mktemp("server")) as base:
        yield base


@pytest.fixture(scope="module")
def first_connected(server: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sync_first(tmp_path_factory.mktemp("connected"), server, "mother")


@pytest.fixture
def connected(phone: Phone, first_connected: Path, monkeypatch: pytest.MonkeyPatch) -> Phone:
    """A phone with the small family in its vault."""
    monkeypatch.setenv("MES_NEW_PIN", NEW)
    monkeypatch.setenv("MES_BACKUP_PASSPHRASE", OF_BACKUP)
    shutil.copytree(first_connected, phone.data)
    return phone


def test_a_backup_is_restored_on_another_device(connected: Phone, tmp_path: Path) -> None:
    file = tmp_path / "sauvegarde.mescarnets"
    before = connected.ask("list", "documents")
    assert connected.ask("backup", "-o", str(file)) == {"file": str(file), "size": file.stat().st_size}
    other = Phone(tmp_path / "other", connected.capsys, connected.monkeypatch)
    assert other.ask("restore", str(file)) == {"restored": True}
    code, out, err = other.run("list", "documents", "--json", secret=NEW)
    assert code == 0, err
    assert [row["title"] for row in before] == [row["title"] for row in json.loads(out)]


def test_a_backup_is_not_restored_over_a_vault_that_opens(connected: Phone, tmp_path: Path) -> None:
    file = tmp_path / "sauvegarde.mescarnets"
    connected.ask("backup", "-o", str(file))
    for words in (("restore", str(file)), ("restore", str(file), "--replace")):
        code, _, err = connected.run(*words)
        assert code == 1
        assert "déjà un carnet" in err
    assert connected.ask("list", "documents")


def test_s8_a_recovery_code_opens_and_sets_a_new_secret(connected: Phone, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MES_RECOVERY", connected.ask("recovery")["recovery"])
    assert connected.ask("recover") == {"recovered": True}
    assert connected.run("status")[0] == 1
    assert connected.run("status", secret=NEW)[0] == 0


def test_another_secret_takes_the_place_of_the_first(connected: Phone) -> None:
    assert connected.ask("pin") == {"changed": True}
    assert connected.run("status", secret=PASSPHRASE)[0] == 1
    assert connected.run("status", secret=NEW)[0] == 0


def test_a_new_data_key_keeps_everything(connected: Phone) -> None:
    before = connected.ask("list", "documents")
    assert connected.ask("rekey") == {"changed": True}
    assert connected.ask("list", "documents") == before


def test_signing_out_keeps_the_records_and_ends_the_updates(connected: Phone) -> None:
    before = connected.ask("list", "documents")
    assert connected.ask("logout") == {"connected": False}
    assert connected.ask("list", "documents") == before
    assert connected.run("sync")[0] == 1


def test_s14_erasing_needs_the_secret_and_leaves_nothing(connected: Phone) -> None:
    assert connected.run("wipe", secret=NEW)[0] == 1
    assert connected.ask("list", "documents")
    assert connected.ask("wipe") == {"wiped": True}
    assert not (connected.data / "vault").exists()


def test_s3_a_damaged_vault_is_erased_only_when_asked_by_force(connected: Phone) -> None:
    (connected.data / "vault" / "keys.json").write_bytes(b"")
    assert connected.run("wipe")[0] == 1
    assert (connected.data / "vault").exists()
    assert connected.ask("wipe", "--force") == {"wiped": True}
