"""A key file that opens in three ways, and what opens it. The costs are the floor, so that tests stay quick."""

from functools import cache

from mes_app.crypto.costs import Cost
from mes_app.crypto.keys import (
    KeyFile,
    SlotKind,
    add_key_slot,
    add_typed_slot,
    derive_from_key,
    derive_typed,
    new_key_file,
    open_slot,
)
from mes_app.crypto.secret import Secret

PIN = "804271"
PASSPHRASE = "une longue phrase"
DB_SALT = bytes(range(16))
FLOOR = Cost()
WAYS = (SlotKind.PIN, SlotKind.RECOVERY, SlotKind.BIOMETRIC)

DATA_KEY = bytes(range(100, 132))
DEVICE_SECRET = bytes(range(32))
RECOVERY_KEY = bytes(range(200, 216))
BIOMETRIC_KEY = bytes(range(40, 72))


def hold(value: bytes) -> Secret:
    return Secret(bytearray(value))


@cache
def make_keys(pin: str = PIN, data_key: bytes = DATA_KEY) -> KeyFile:
    """A PIN, a recovery code and biometrics: slots in the order of ``WAYS``."""
    keys = add_typed_slot(new_key_file("db-1", DB_SALT), hold(data_key), pin, hold(DEVICE_SECRET), FLOOR)
    keys = add_key_slot(keys, SlotKind.RECOVERY, hold(data_key), hold(RECOVERY_KEY))
    return add_key_slot(keys, SlotKind.BIOMETRIC, hold(data_key), hold(BIOMETRIC_KEY))


@cache
def derive_wrappings(keys: KeyFile, pin: str = PIN) -> dict[SlotKind, Secret]:
    """The wrapping keys of ``keys`` that are ``make_keys(pin)``."""
    return {
        SlotKind.PIN: derive_typed(keys, pin, hold(DEVICE_SECRET)),
        SlotKind.RECOVERY: derive_from_key(keys, SlotKind.RECOVERY, hold(RECOVERY_KEY)),
        SlotKind.BIOMETRIC: derive_from_key(keys, SlotKind.BIOMETRIC, hold(BIOMETRIC_KEY)),
    }


def open_typed(keys: KeyFile, secret: str, device_secret: bytes | None = None) -> bytes:
    """The data key, by what a person types; raises what refuses it."""
    wrapping = derive_typed(keys, secret, hold(device_secret) if device_secret else None)
    return _read(open_slot(keys, keys.kind or SlotKind.PIN, wrapping))


def open_by_key(keys: KeyFile, kind: SlotKind, key: bytes) -> bytes:
    """The data key, by a recovery code or biometrics; raises what refuses it."""
    return _read(open_slot(keys, kind, derive_from_key(keys, kind, hold(key))))


def open_by_wrapping(keys: KeyFile, kind: SlotKind, wrapping: Secret) -> bytes:
    """The data key, by a wrapping key that was derived before."""
    return _read(open_slot(keys, kind, wrapping))


def _read(key: Secret) -> bytes:
    with key:
        return bytes(key.view())
