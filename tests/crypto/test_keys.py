import base64
import json
import unicodedata
from collections.abc import Callable
from functools import partial
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from mes_app.crypto import primitives
from mes_app.crypto.costs import Cost, stretch
from mes_app.crypto.keys import (
    KeyFile,
    SlotKind,
    add_key_slot,
    add_typed_slot,
    check_device,
    derive_from_key,
    derive_typed,
    list_candidates,
    name_attempts,
    name_biometric_secret,
    name_device_secret,
    name_emergency_key,
    new_key_file,
    open_slot,
    plan_change,
    read_keys,
    remove_slots,
    write_keys,
)
from mes_app.crypto.strengths import SecretKind
from mes_app.errors import Locked, MesError, NotAllowed, Reason, Unreadable
from tests.crypto.key_samples import (
    BIOMETRIC_KEY,
    DATA_KEY,
    DB_SALT,
    DEVICE_SECRET,
    FLOOR,
    PASSPHRASE,
    PIN,
    RECOVERY_KEY,
    WAYS,
    derive_wrappings,
    hold,
    make_keys,
    open_by_key,
    open_by_wrapping,
    open_typed,
)

NEW_KEY = bytes(range(150, 182))
OLD_FILE = """{
  "v": 1, "db_id": "db-1", "db_salt": "AAECAwQFBgcICQoLDA0ODw==",
  "slots": [{
    "kind": "pin", "kdf": {"m": 65536, "t": 3, "p": 4},
    "salt": "lmi5PnPsC6ozLs4/c3yjeg==",
    "device": "Fsn4EGlSGJvIrQhxW9quWC5YLqJUL6+mSM2rxHT2Jko=",
    "nonce": "j9bo7YVeYTi70JEo",
    "wrapped": "XZqk0ped7YdIbPAW1ZmhmJRg4mwEA39zjIaGbAgMX6g5apaBOeCBsrKSKP71MA/d"
  }]
}"""


def refusal(act: Callable[[], object]) -> MesError:
    with pytest.raises(MesError) as caught:
        act()
    return caught.value


def add_passphrase(keys: KeyFile, passphrase: str = PASSPHRASE) -> KeyFile:
    return add_typed_slot(keys, hold(DATA_KEY), passphrase, None, FLOOR)


def kinds(keys: KeyFile) -> set[SlotKind]:
    return {slot.kind for slot in keys.slots}


# The ways in


def test_a_new_key_file_opens_in_no_way() -> None:
    keys = new_key_file("db-1", DB_SALT)
    assert keys.kind is None
    assert refusal(lambda: derive_typed(keys, PIN, hold(DEVICE_SECRET))).reason is Reason.SECRET_DESTROYED
    assert refusal(lambda: open_slot(keys, SecretKind.PIN, hold(bytes(32)))).reason is Reason.SECRET_DESTROYED
    assert refusal(lambda: open_by_key(keys, SlotKind.RECOVERY, RECOVERY_KEY)).reason is Reason.NO_RECOVERY
    assert isinstance(refusal(lambda: open_by_key(keys, SlotKind.BIOMETRIC, BIOMETRIC_KEY)), NotAllowed)
    assert refusal(lambda: open_slot(keys, SlotKind.BIOMETRIC, hold(bytes(32)))).reason is Reason.NO_BIOMETRICS


def test_a_pin_a_recovery_code_and_biometrics_open_the_same_key() -> None:
    keys = make_keys()
    assert keys.kind is SecretKind.PIN
    assert all(keys.has(kind) for kind in WAYS)
    assert not keys.has(SlotKind.PASSPHRASE)
    assert open_typed(keys, PIN, DEVICE_SECRET) == DATA_KEY
    assert open_by_key(keys, SlotKind.RECOVERY, RECOVERY_KEY) == DATA_KEY
    assert open_by_key(keys, SlotKind.BIOMETRIC, BIOMETRIC_KEY) == DATA_KEY


def test_a_passphrase_opens_alone_what_it_closed() -> None:
    keys = add_passphrase(new_key_file("db-1", DB_SALT))
    assert keys.kind is SecretKind.PASSPHRASE
    assert open_typed(keys, PASSPHRASE) == DATA_KEY
    assert refusal(lambda: open_typed(keys, PASSPHRASE.upper())).reason is Reason.WRONG_SECRET


def test_a_secret_typed_on_another_keyboard_opens_as_well() -> None:
    keys = add_passphrase(new_key_file("db-1", DB_SALT), unicodedata.normalize("NFC", "mon été à la mer"))
    assert open_typed(keys, unicodedata.normalize("NFD", "mon été à la mer")) == DATA_KEY


def test_a_new_secret_takes_the_place_of_the_old_one_and_of_no_other_way_in() -> None:
    keys = add_passphrase(make_keys())
    assert kinds(keys) == {SlotKind.PASSPHRASE, SlotKind.RECOVERY, SlotKind.BIOMETRIC}
    assert open_by_key(keys, SlotKind.RECOVERY, RECOVERY_KEY) == DATA_KEY
    again = add_key_slot(keys, SlotKind.RECOVERY, hold(DATA_KEY), hold(NEW_KEY))
    assert open_by_key(again, SlotKind.RECOVERY, NEW_KEY) == DATA_KEY
    error = refusal(lambda: open_by_key(again, SlotKind.RECOVERY, RECOVERY_KEY))
    assert error.reason is Reason.WRONG_RECOVERY


def test_l2_a_removed_way_in_is_gone_also_from_a_planned_change() -> None:
    keys = remove_slots(plan_change(make_keys(), make_keys(data_key=NEW_KEY)), SlotKind.PIN, SlotKind.BIOMETRIC)
    assert [kinds(candidate) for candidate in list_candidates(keys)] == [{SlotKind.RECOVERY}, {SlotKind.RECOVERY}]
    assert keys.kind is None


def test_items_of_the_key_store_are_named_after_their_database() -> None:
    names = [
        name_device_secret("db-1"),
        name_biometric_secret("db-1"),
        name_emergency_key("db-1"),
        name_attempts("db-1", SlotKind.RECOVERY),
        name_attempts("db-1", SecretKind.PIN),
    ]
    assert len(set(names)) == 5
    assert all(name.endswith(":db-1") for name in names)
    assert name_attempts("db-1", SlotKind.PIN) == name_attempts("db-1", SecretKind.PIN)


# What does not open


@pytest.mark.parametrize("wrong", ["804272", "", "8042710", "\udcff"])
def test_s4_a_wrong_pin_is_refused_as_such(wrong: str) -> None:
    error = refusal(lambda: open_typed(make_keys(), wrong, DEVICE_SECRET))
    assert isinstance(error, Locked)
    assert error.reason is Reason.WRONG_SECRET


@pytest.mark.parametrize("kind", WAYS)
def test_s4_fifty_wrong_keys_open_nothing(kind: SlotKind) -> None:
    wrong = Reason.WRONG_RECOVERY if kind is SlotKind.RECOVERY else Reason.WRONG_SECRET
    for _ in range(50):
        assert refusal(lambda: open_slot(make_keys(), kind, primitives.make_secret())).reason is wrong


def test_s6_the_right_pin_opens_nothing_without_the_device_secret() -> None:
    keys, salt = make_keys(), make_keys().slots[0].salt
    assert refusal(lambda: open_typed(keys, PIN)).reason is Reason.KEY_STORE_LOST
    alone = stretch(hold(PIN.encode()), salt, FLOOR)
    assert refusal(lambda: open_by_wrapping(keys, SlotKind.PIN, alone)).reason is Reason.WRONG_SECRET


def test_s7_the_device_secret_of_another_vault_is_told_from_a_wrong_pin() -> None:
    error = refusal(lambda: derive_typed(make_keys(), PIN, primitives.make_secret()))
    assert isinstance(error, Unreadable)
    assert error.reason is Reason.KEY_STORE_LOST


def test_s7_a_device_secret_can_be_told_without_trying_a_pin() -> None:
    check_device(make_keys(), hold(DEVICE_SECRET))
    for other in (primitives.make_secret(), hold(DEVICE_SECRET[:-1]), hold(b""), None):
        assert refusal(partial(check_device, make_keys(), other)).reason is Reason.KEY_STORE_LOST


def test_s8_the_recovery_code_opens_when_the_device_secret_is_lost_and_a_new_pin_is_set() -> None:
    data_key = open_by_key(make_keys(), SlotKind.RECOVERY, RECOVERY_KEY)
    new_device = bytes(32)
    keys = add_typed_slot(make_keys(), hold(data_key), "159357", hold(new_device), FLOOR)
    assert open_typed(keys, "159357", new_device) == DATA_KEY
    assert refusal(lambda: derive_typed(keys, PIN, hold(DEVICE_SECRET))).reason is Reason.KEY_STORE_LOST


@pytest.mark.parametrize("wrong", [bytes(16), b"", RECOVERY_KEY[:-1], RECOVERY_KEY + b"\0", BIOMETRIC_KEY])
def test_s8_a_wrong_recovery_code_is_refused_as_such(wrong: bytes) -> None:
    error = refusal(lambda: open_by_key(make_keys(), SlotKind.RECOVERY, wrong))
    assert isinstance(error, Locked)
    assert error.reason is Reason.WRONG_RECOVERY


@pytest.mark.parametrize(
    "wrong", [b"\1", b"True", b"", bytes(32), BIOMETRIC_KEY[:-1] + b"\0", RECOVERY_KEY, BIOMETRIC_KEY.hex().encode()]
)
def test_l3_biometrics_open_with_their_very_key(wrong: bytes) -> None:
    error = refusal(lambda: open_by_key(make_keys(), SlotKind.BIOMETRIC, wrong))
    assert error.reason is Reason.WRONG_SECRET


@pytest.mark.parametrize("answer", [True, 1, "True", None])
def test_l3_a_yes_instead_of_a_key_opens_nothing(answer: Any) -> None:
    with pytest.raises((AttributeError, TypeError)):
        derive_from_key(make_keys(), SlotKind.BIOMETRIC, answer)
    with pytest.raises((AttributeError, TypeError)):
        open_slot(make_keys(), SlotKind.BIOMETRIC, answer)


def test_a_key_that_could_be_guessed_or_a_way_in_of_the_wrong_kind_is_not_added() -> None:
    with pytest.raises(ValueError, match="short"):
        add_key_slot(make_keys(), SlotKind.RECOVERY, hold(DATA_KEY), hold(PIN.encode()))
    for kind in (SlotKind.PIN, SlotKind.PASSPHRASE):
        with pytest.raises(ValueError, match="cost"):
            add_key_slot(make_keys(), kind, hold(DATA_KEY), hold(RECOVERY_KEY))


@pytest.mark.parametrize(("kind", "other"), [*permutations(WAYS, 2)])
def test_s6_no_slot_opens_by_what_opens_another(kind: SlotKind, other: SlotKind) -> None:
    wrapping = derive_wrappings(make_keys())[other]
    assert isinstance(refusal(lambda: open_slot(make_keys(), kind, wrapping)), Locked)


# A change of key


def test_until_the_database_decides_both_keys_are_kept() -> None:
    present, new = make_keys(), make_keys(data_key=NEW_KEY)
    assert list_candidates(present) == (present,)
    planned = plan_change(present, new)
    assert open_typed(planned, PIN, DEVICE_SECRET) == DATA_KEY
    assert list_candidates(planned) == (new, present)
    assert [open_typed(keys, PIN, DEVICE_SECRET) for keys in list_candidates(planned)] == [NEW_KEY, DATA_KEY]


def test_a_planned_change_is_on_the_disk(tmp_path: Path) -> None:
    planned = plan_change(make_keys(), make_keys(data_key=NEW_KEY))
    write_keys(tmp_path / "keys.json", planned)
    assert read_keys(tmp_path / "keys.json") == planned


# On the disk


def test_s5_two_vaults_with_one_pin_have_nothing_in_common() -> None:
    other = add_typed_slot(new_key_file("db-2", DB_SALT), hold(DATA_KEY), PIN, hold(DEVICE_SECRET), FLOOR).slots[0]
    slot = make_keys().slots[0]
    assert {slot.salt, slot.nonce, slot.wrapped, slot.device}.isdisjoint(
        {other.salt, other.nonce, other.wrapped, other.device}
    )


def test_s5_the_data_key_is_in_the_file_only_wrapped(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    write_keys(path, make_keys())
    assert read_keys(path) == make_keys()
    assert path.stat().st_mode & 0o777 == 0o600
    assert set(json.loads(path.read_text())) == {"v", "db_id", "db_salt", "slots", "next"}
    wrappings = [bytes(wrapping.view()) for wrapping in derive_wrappings(make_keys()).values()]
    for secret in (DATA_KEY, DEVICE_SECRET, RECOVERY_KEY, BIOMETRIC_KEY, PIN.encode(), *wrappings):
        for form in (secret, secret.hex().encode(), base64.b64encode(secret)):
            assert form not in path.read_bytes()


def test_a_file_from_before_recovery_and_biometrics_opens(tmp_path: Path) -> None:
    (tmp_path / "keys.json").write_text(OLD_FILE)
    keys = read_keys(tmp_path / "keys.json")
    assert keys.next == ()
    assert open_typed(keys, PIN, bytes(range(32, 64))) == bytes(range(32))


def test_s6_the_cost_told_is_the_one_taken_and_kept() -> None:
    cost = Cost(m=65_536 + 1024, t=4, p=5)
    keys = add_typed_slot(new_key_file("db-1", DB_SALT), hold(DATA_KEY), PASSPHRASE, None, cost)
    assert keys.slots[0].kdf == cost
    told = stretch(hold(PASSPHRASE.encode()), keys.slots[0].salt, cost)
    assert open_by_wrapping(keys, SlotKind.PASSPHRASE, told) == DATA_KEY


@pytest.mark.parametrize("place", range(3))
def test_a_slot_of_no_known_form_cannot_be_made(place: int) -> None:
    slot = make_keys().slots[place]
    with pytest.raises(ValueError, match="cost"):
        replace(slot, kdf=None if slot.kdf else FLOOR)
    with pytest.raises(ValueError, match="device"):
        replace(slot, device=None if slot.device else bytes(32))
