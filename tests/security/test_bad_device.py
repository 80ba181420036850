"""Everything that may be wrong on the device or in what a person gives, as it is said in the terminal."""

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from mes_app.crypto.recovery_codes import make_recovery_code
from mes_app.errors import Locked, MesError, NotAllowed, Reason, Rejected, Unreadable
from tests.cli.phone import PASSPHRASE, Phone
from tests.security.bad_inputs import is_said
from tests.security.homes import Home, get, make_binary, make_document, run_home
from tests.sync.serving import Say, make_bundle

OF_BACKUP = "la phrase de la sauvegarde"


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 3 MB, for the folder of the vault."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(disk)]
    if subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("only root can make a small disk; tests/store proves the same by a limit of SQLite")
    try:
        yield disk
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def test_a_full_disk(small_disk: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    with run_home(small_disk) as home:
        phone = home.take(capsys, monkeypatch)
        large = make_document("large", url="Binary/large", contentType="text/plain")
        home.server.paths["/fhir/DocumentReference"] = Say(make_bundle(large, total=1))
        home.server.paths["/fhir/Binary/large"] = make_binary(b"x" * 4_000_000)
        assert is_said(phone.run("sync"), Unreadable(Reason.DISK_FULL))
        assert get(phone, "letter")[0] == 0
        home.server.paths["/fhir/Binary/large"] = make_binary(b"x" * 100_000)
        assert phone.run("sync")[0] == 0


@pytest.mark.parametrize(("name", "reason"), [("vault.db", Reason.NOT_A_VAULT), ("keys.json", Reason.DAMAGED)])
def test_a_vault_file_that_is_not_one(synced: Phone, name: str, reason: Reason) -> None:
    file = synced.data / "vault" / name
    good, bad = file.read_bytes(), b"Ceci n'est pas un carnet. " * 200
    file.write_bytes(bad)
    said = synced.run("status")
    left = file.read_bytes()
    file.write_bytes(good)
    assert is_said(said, Unreadable(reason))
    assert left == bad


def test_no_vault(phone: Phone) -> None:
    assert is_said(phone.run("status"), Unreadable(Reason.NOT_A_VAULT))


def test_a_wrong_passphrase(synced: Phone) -> None:
    assert is_said(synced.run("status", secret=f"{PASSPHRASE} ou autre"), Locked(Reason.WRONG_SECRET))


# Backups and recovery codes


@pytest.fixture
def backup(synced: Phone, home: Home, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A good backup of the phone."""
    monkeypatch.setenv("MES_BACKUP_PASSPHRASE", OF_BACKUP)
    file = home.folder / "sauvegarde.mescarnets"
    if not file.exists():
        synced.ask("backup", "-o", str(file))
    return file


SPOILED: dict[str, tuple[Callable[[bytes], bytes], MesError]] = {
    "something else": (lambda _good: b"Ceci n'est pas une sauvegarde. " * 20, Unreadable(Reason.NOT_A_BACKUP)),
    "empty": (lambda _good: b"", Unreadable(Reason.TRUNCATED)),
    "cut": (lambda good: good[:-5], Unreadable(Reason.TRUNCATED)),
    "longer": (lambda good: good + b"x", Unreadable(Reason.DAMAGED)),
    "altered": (lambda good: good[:-99] + bytes([good[-99] ^ 1]) + good[-98:], Unreadable(Reason.DAMAGED)),
    "from a later version": (lambda good: good[:7] + b"\x63" + good[8:], Unreadable(Reason.NEWER_VERSION)),
}


@pytest.mark.parametrize("how", SPOILED)
def test_a_backup_that_is_none(synced: Phone, backup: Path, tmp_path: Path, how: str) -> None:
    spoil, error = SPOILED[how]
    bad, other = tmp_path / "bad", Phone(tmp_path / "other", synced.capsys, synced.monkeypatch)
    bad.write_bytes(spoil(backup.read_bytes()))
    synced.monkeypatch.setenv("MES_NEW_PIN", PASSPHRASE)
    assert is_said(other.run("restore", str(bad)), error)
    assert not (other.data / "vault").exists()
    assert not (other.data / "vault.new").exists()
    assert bad.read_bytes() == spoil(backup.read_bytes())


def test_a_wrong_passphrase_of_a_backup(synced: Phone, backup: Path, tmp_path: Path) -> None:
    other = Phone(tmp_path / "other", synced.capsys, synced.monkeypatch)
    synced.monkeypatch.setenv("MES_NEW_PIN", PASSPHRASE)
    synced.monkeypatch.setenv("MES_BACKUP_PASSPHRASE", f"{OF_BACKUP} ou autre")
    assert is_said(other.run("restore", str(backup)), Locked(Reason.WRONG_PASSPHRASE))
    assert not (other.data / "vault").exists()


def test_a_backup_that_cannot_be_written(synced: Phone, backup: Path, tmp_path: Path) -> None:
    assert is_said(synced.run("backup", "-o", str(tmp_path)), Rejected("path", Reason.NOT_WRITABLE))
    synced.monkeypatch.setenv("MES_BACKUP_PASSPHRASE", "court")
    said = synced.run("backup", "-o", str(tmp_path / "copy"))
    assert is_said(said, Rejected("passphrase", Reason.TOO_SHORT))
    assert list(tmp_path.iterdir()) == []


def test_a_recovery_code_that_is_none_or_another_one(synced: Phone) -> None:
    synced.monkeypatch.setenv("MES_NEW_PIN", PASSPHRASE)
    synced.monkeypatch.setenv("MES_RECOVERY", make_recovery_code())
    assert is_said(synced.run("recover"), NotAllowed(Reason.NO_RECOVERY))
    code = str(synced.ask("recovery")["recovery"])
    slip = code[:-1] + ("0" if code[-1] != "0" else "1")
    for given, error in (
        (slip, Rejected("recovery", Reason.MISTYPED)),
        ("8PT1-PWDP", Rejected("recovery", Reason.TOO_SHORT)),
        (make_recovery_code(), Locked(Reason.WRONG_RECOVERY)),
    ):
        synced.monkeypatch.setenv("MES_RECOVERY", given)
        assert is_said(synced.run("recover"), error)
