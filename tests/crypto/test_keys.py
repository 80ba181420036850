import base64
import json
from pathlib import Path
from typing import Any

import pytest

from mes_app.crypto.keys import Cost, KeyFile, read_keys, unwrap_data_key, wrap_data_key, write_keys
from mes_app.crypto.primitives import make_secret
from mes_app.crypto.secret import Secret
from mes_app.crypto.strengths import SecretKind
from mes_app.errors import Locked, MesError, Reason, Unreadable

PIN = "804271"
PASSPHRASE = "une longue phrase"
SALT = bytes(range(16))


@pytest.fixture(scope="module")
def data_key() -> Secret:
    return make_secret()


@pytest.fixture(scope="module")
def device_secret() -> Secret:
    return make_secret()


@pytest.fixture(scope="module")
def keys(data_key: Secret, device_secret: Secret) -> KeyFile:
    return wrap_data_key(data_key, PIN, device_secret, db_id="db-1", db_salt=SALT)


def refusal(keys: KeyFile, secret: str, device_secret: Secret | None) -> MesError:
    with pytest.raises(MesError) as caught:
        unwrap_data_key(keys, secret, device_secret)
    return caught.value


def edit(path: Path, *where: str | int, value: Any) -> None:
    """Change one value of the key file at ``path``."""
    document = json.loads(path.read_text())
    inner = document
    for step in where[:-1]:
        inner = inner[step]
    inner[where[-1]] = value
    path.write_text(json.dumps(document))


def test_a_pin_opens_what_it_closed(keys: KeyFile, data_key: Secret, device_secret: Secret) -> None:
    assert keys.kind is SecretKind.PIN
    assert unwrap_data_key(keys, PIN, device_secret).view() == data_key.view()


def test_a_passphrase_opens_alone_what_it_closed(data_key: Secret) -> None:
    keys = wrap_data_key(data_key, PASSPHRASE, None, db_id="db-1", db_salt=SALT)
    assert keys.kind is SecretKind.PASSPHRASE
    assert unwrap_data_key(keys, PASSPHRASE, None).view() == data_key.view()
    assert refusal(keys, PASSPHRASE.upper(), None).reason is Reason.WRONG_SECRET


def test_a_secret_typed_on_another_keyboard_opens_as_well(data_key: Secret) -> None:
    keys = wrap_data_key(data_key, "mon été \u00e0 la mer", None, db_id="db-1", db_salt=SALT)
    assert unwrap_data_key(keys, "mon e\u0301te\u0301 a\u0300 la mer", None).view() == data_key.view()


@pytest.mark.parametrize("wrong", ["804272", "", "8042710", "\udcff"])
def test_s4_a_wrong_pin_is_refused_as_such(keys: KeyFile, device_secret: Secret, wrong: str) -> None:
    error = refusal(keys, wrong, device_secret)
    assert isinstance(error, Locked)
    assert error.reason is Reason.WRONG_SECRET


def test_s6_the_right_pin_opens_nothing_without_the_device_secret(keys: KeyFile) -> None:
    assert refusal(keys, PIN, None).reason is Reason.WRONG_SECRET


def test_s7_the_device_secret_of_another_vault_is_told_from_a_wrong_pin(keys: KeyFile) -> None:
    error = refusal(keys, PIN, make_secret())
    assert isinstance(error, Unreadable)
    assert error.reason is Reason.KEY_STORE_LOST


def test_s5_two_vaults_with_one_pin_have_nothing_in_common(
    keys: KeyFile, data_key: Secret, device_secret: Secret
) -> None:
    other = wrap_data_key(data_key, PIN, device_secret, db_id="db-2", db_salt=SALT).slots[0]
    slot = keys.slots[0]
    assert {slot.salt, slot.nonce, slot.wrapped, slot.device}.isdisjoint(
        {other.salt, other.nonce, other.wrapped, other.device}
    )


def test_s5_the_data_key_is_in_the_file_only_wrapped(tmp_path: Path, keys: KeyFile, data_key: Secret) -> None:
    path = tmp_path / "keys.json"
    write_keys(path, keys)
    assert read_keys(path) == keys
    assert path.stat().st_mode & 0o777 == 0o600
    assert set(json.loads(path.read_text())) == {"v", "db_id", "db_salt", "slots"}
    for form in (bytes(data_key.view()), data_key.view().hex().encode(), base64.b64encode(data_key.view())):
        assert form not in path.read_bytes()


def test_s6_the_cost_is_at_the_floor_or_above(keys: KeyFile) -> None:
    assert keys.slots[0].kdf == Cost(m=65_536, t=3, p=4)


@pytest.mark.parametrize(("name", "value"), [("m", 65_535), ("t", 2), ("p", 3), ("m", 2**31), ("t", 10**6), ("p", 0)])
def test_s6_a_cost_outside_its_bounds_is_refused(tmp_path: Path, keys: KeyFile, name: str, value: int) -> None:
    path = tmp_path / "keys.json"
    write_keys(path, keys)
    edit(path, "slots", 0, "kdf", name, value=value)
    with pytest.raises(Unreadable) as caught:
        read_keys(path)
    assert caught.value.reason is Reason.DAMAGED


@pytest.mark.parametrize(
    ("where", "value"),
    [
        (("db_salt",), "AAAAAAAAAAAAAAAAAAAAAA=="),
        (("slots", 0, "kind"), "passphrase"),
        (("slots", 0, "kdf", "t"), 4),
        (("slots", 0, "salt"), "AAAAAAAAAAAAAAAAAAAAAA=="),
        (("slots", 0, "nonce"), "AAAAAAAAAAAAAAAA"),
    ],
)
def test_s6_nothing_beside_the_wrapped_key_can_be_edited(
    tmp_path: Path, keys: KeyFile, device_secret: Secret, where: tuple[str | int, ...], value: str | int
) -> None:
    path = tmp_path / "keys.json"
    write_keys(path, keys)
    edit(path, *where, value=value)
    assert refusal(read_keys(path), PIN, device_secret).reason is Reason.WRONG_SECRET


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (b"", Reason.DAMAGED),
        (b"{}", Reason.DAMAGED),
        (b"SQLite format 3\0", Reason.DAMAGED),
        (b'{"v": 1, "db_id": "a", "db_salt": "AAAA", "slots": []}', Reason.DAMAGED),
        (b'{"v": 2, "new": true}', Reason.NEWER_VERSION),
    ],
)
def test_a_file_that_is_not_one_is_named_so(tmp_path: Path, text: bytes, reason: Reason) -> None:
    (tmp_path / "keys.json").write_bytes(text)
    with pytest.raises(Unreadable) as caught:
        read_keys(tmp_path / "keys.json")
    assert caught.value.reason is reason


def test_a_missing_file_is_damage(tmp_path: Path) -> None:
    with pytest.raises(Unreadable) as caught:
        read_keys(tmp_path / "keys.json")
    assert caught.value.reason is Reason.DAMAGED
