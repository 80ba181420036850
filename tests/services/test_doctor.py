import asyncio
import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from mes_app.crypto.costs import FLOOR
from mes_app.crypto.keys import (
    KeyFile,
    SlotKind,
    add_key_slot,
    add_typed_slot,
    name_device_secret,
    new_key_file,
    remove_slots,
    write_keys,
)
from mes_app.crypto.primitives import make_secret
from mes_app.crypto.secret import Secret
from mes_app.domain.servers import ServerAccount
from mes_app.errors import Offline
from mes_app.i18n import t
from mes_app.services.doctor import Doctor, Finding, Instruments
from mes_app.services.vault import VaultState
from tests.memory_key_store import MemoryKeyStore

DB_ID = "0199"
DEVICE_SECRET = bytes(range(32))
MEASURES = ("new_files", "core_dumps", "memory", "logs")


async def find_nothing(url: str) -> ServerAccount:
    raise Offline


def examine(
    folder: Path,
    *,
    server: str = "",
    cipher: str = "4.19.0",
    state: VaultState = VaultState.ABSENT,
    store: MemoryKeyStore | None = None,
    measures: Mapping[str, bool] | None = None,
) -> dict[str, Finding]:
    """The findings by check, each with words for a person."""
    instruments = Instruments(
        cipher=cipher,
        read_state=lambda: state,
        key_store=store,
        read_measures=lambda: measures or {},
        find_server=find_nothing,
    )
    found = asyncio.run(Doctor(folder, server, instruments).examine())
    assert all(t(f"doctor.{finding.check}_{finding.state}", **finding.facts) for finding in found)
    return {finding.check: finding for finding in found}


def make_keys(*kinds: SlotKind) -> KeyFile:
    """A key file with these ways to the key."""
    keys, data_key = new_key_file(DB_ID, bytes(16)), make_secret()
    for kind in kinds:
        if kind in (SlotKind.PIN, SlotKind.PASSPHRASE):
            device_secret = Secret(bytearray(DEVICE_SECRET)) if kind is SlotKind.PIN else None
            keys = add_typed_slot(keys, data_key, "804271", device_secret, FLOOR)
        else:
            keys = add_key_slot(keys, kind, data_key, make_secret())
    return keys


@pytest.fixture(scope="module")
def with_pin() -> KeyFile:
    return make_keys(SlotKind.PIN)


def put_keys(folder: Path, keys: KeyFile) -> None:
    (folder / "vault").mkdir(mode=0o700)
    write_keys(folder / "vault" / "keys.json", keys)


def make_store() -> MemoryKeyStore:
    store = MemoryKeyStore()
    store.items[name_device_secret(DB_ID)] = DEVICE_SECRET
    return store


def test_a_new_device_is_healthy(tmp_path: Path) -> None:
    found = examine(tmp_path / "not" / "made" / "yet")
    assert all(finding.ok for finding in found.values())
    assert (found["vault"].state, found["keys"].state) == ("absent", "passphrase")
    assert found["disk"].facts["megabytes"] > 0  # type: ignore[operator]
    assert not {"server", "cost", "recovery"}.intersection(found)
    assert not (tmp_path / "not").exists()


def test_a_silent_server_is_a_finding_and_not_a_failure(tmp_path: Path) -> None:
    found = examine(tmp_path, server="https://carnets.example")["server"]
    assert (found.state, found.ok) == ("silent", False)


def test_s2_a_missing_cipher_is_found(tmp_path: Path) -> None:
    assert not examine(tmp_path, cipher="")["cipher"].ok


@pytest.mark.parametrize("state", VaultState)
def test_a_vault_that_does_not_open_as_usual_is_found(state: VaultState, tmp_path: Path) -> None:
    found = examine(tmp_path, state=state)["vault"]
    assert found.ok == (state not in (VaultState.RECOVERABLE, VaultState.DAMAGED))


def test_s6_a_vault_tells_its_ways_in_and_what_a_guess_costs(tmp_path: Path, with_pin: KeyFile) -> None:
    keys = add_key_slot(with_pin, SlotKind.RECOVERY, make_secret(), make_secret())
    put_keys(tmp_path, add_key_slot(keys, SlotKind.BIOMETRIC, make_secret(), make_secret()))
    found = examine(tmp_path, state=VaultState.LOCKED, store=make_store())
    assert {check: finding.state for check, finding in found.items()} == {
        "cipher": "ok",
        "vault": "locked",
        "keys": "store",
        "cost": "ok",
        "recovery": "kept",
        "biometrics": "on",
        "files": "private",
        "leftovers": "none",
        "disk": "ok",
    }
    assert found["cost"].facts == {"megabytes": 64, "passes": 3}


def test_s8_a_missing_recovery_code_is_told_and_is_no_fault(tmp_path: Path, with_pin: KeyFile) -> None:
    put_keys(tmp_path, with_pin)
    found = examine(tmp_path, store=make_store())["recovery"]
    assert (found.state, found.ok) == ("missing", True)


def test_s6_a_key_file_whose_cost_was_lowered_is_not_believed(tmp_path: Path, with_pin: KeyFile) -> None:
    put_keys(tmp_path, with_pin)
    file = tmp_path / "vault" / "keys.json"
    raw = json.loads(file.read_text())
    raw["slots"][0]["kdf"]["m"] = 1024
    file.write_text(json.dumps(raw))
    assert "cost" not in examine(tmp_path, state=VaultState.DAMAGED, store=make_store())


def test_s7_a_key_store_that_is_silent_empty_or_another_is_told_apart(tmp_path: Path, with_pin: KeyFile) -> None:
    put_keys(tmp_path, with_pin)
    silent, other = make_store(), make_store()
    silent.silent = True
    other.items[name_device_secret(DB_ID)] = bytes(32)
    stores = {"silent": silent, "lost": MemoryKeyStore(), "store": make_store()}
    assert {state: examine(tmp_path, store=store)["keys"].state for state, store in stores.items()} == {
        state: state for state in stores
    }
    assert examine(tmp_path, store=other)["keys"].state == "lost"
    assert examine(tmp_path, store=None)["keys"].state == "silent"


def test_s7_a_key_store_is_tried_before_there_is_a_vault(tmp_path: Path) -> None:
    store = MemoryKeyStore()
    assert examine(tmp_path, store=store)["keys"].state == "store"
    store.silent = True
    assert not examine(tmp_path, store=store)["keys"].ok


def test_l2_a_pin_that_too_many_tries_destroyed_is_found(tmp_path: Path, with_pin: KeyFile) -> None:
    put_keys(tmp_path, remove_slots(with_pin, SlotKind.PIN))
    found = examine(tmp_path, store=make_store())
    assert (found["keys"].state, found["keys"].ok) == ("destroyed", False)
    assert "cost" not in found


def test_a_passphrase_needs_no_key_store(tmp_path: Path) -> None:
    put_keys(tmp_path, make_keys(SlotKind.PASSPHRASE))
    assert examine(tmp_path)["keys"] == Finding("keys", "passphrase", ok=True)


def test_s15_s12_a_process_that_protects_itself_less_is_found(tmp_path: Path) -> None:
    for lifted in MEASURES:
        found = examine(tmp_path, measures={name: name != lifted for name in MEASURES})
        assert [name for name in MEASURES if not found[name].ok] == [lifted]


def test_s11_files_open_to_others_are_counted(tmp_path: Path, with_pin: KeyFile) -> None:
    put_keys(tmp_path, with_pin)
    assert examine(tmp_path, store=make_store())["files"].ok
    (tmp_path / "vault" / "keys.json").chmod(0o640)
    (tmp_path / "vault").chmod(0o701)
    found = examine(tmp_path, store=make_store())["files"]
    assert (found.ok, found.facts) == (False, {"count": 2})


def test_s11_what_a_sudden_end_left_is_found_and_left_alone(tmp_path: Path) -> None:
    folder = tmp_path / "tmp" / "left"
    folder.mkdir(mode=0o700, parents=True)
    folder.parent.chmod(0o700)
    assert examine(tmp_path)["leftovers"].facts == {"count": 1}
    assert folder.exists()
