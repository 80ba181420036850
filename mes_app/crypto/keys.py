"""The key hierarchy and its file, keys.json: the data key exists on disk only wrapped, and this is the wrap.

data key ← AES-GCM ← Argon2id(HMAC(device secret, PIN)) or Argon2id(passphrase). Everything beside the wrapped key is
authenticated with it, and costs below the floor are refused, so that no edit of the file can weaken it.
"""

import hmac
from pathlib import Path
from typing import Annotated

import msgspec
from msgspec.structs import replace

from mes_app.crypto import envelope, primitives
from mes_app.crypto.durable_files import replace_file
from mes_app.crypto.secret import Secret
from mes_app.crypto.strengths import SecretKind, fold_secret
from mes_app.errors import Locked, Reason, Unreadable

VERSION = 1
SALT_SIZE = primitives.SALT_SIZE
_PURPOSE = b"mes-carnets data key"
_DEVICE_PURPOSE = b"mes-carnets device check "

Bytes12 = Annotated[bytes, msgspec.Meta(min_length=12, max_length=12)]
Bytes16 = Annotated[bytes, msgspec.Meta(min_length=16, max_length=16)]
Bytes32 = Annotated[bytes, msgspec.Meta(min_length=32, max_length=32)]
Bytes48 = Annotated[bytes, msgspec.Meta(min_length=48, max_length=48)]


class Cost(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What one guess costs by Argon2id: KiB of memory, passes, lanes. Least: the floor; most: what a device bears."""

    m: Annotated[int, msgspec.Meta(ge=65_536, le=2_097_152)] = 65_536
    t: Annotated[int, msgspec.Meta(ge=3, le=64)] = 3
    p: Annotated[int, msgspec.Meta(ge=4, le=16)] = 4


class Slot(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One way to the data key. ``device`` tells, without giving it away, which device secret belongs to a PIN."""

    kind: SecretKind
    kdf: Cost
    salt: Bytes16
    device: Bytes32 | None
    nonce: Bytes12
    wrapped: Bytes48


class KeyFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What keys.json holds. ``db_id`` names the device secret; ``db_salt`` is how the database file begins."""

    v: int
    db_id: Annotated[str, msgspec.Meta(min_length=1, max_length=64)]
    db_salt: Bytes16
    slots: Annotated[tuple[Slot, ...], msgspec.Meta(min_length=1, max_length=8)]

    @property
    def kind(self) -> SecretKind:
        """What the person types to open the vault."""
        return self.slots[0].kind


class _Version(msgspec.Struct):
    v: int


def name_device_secret(db_id: str) -> str:
    """The name in the key store of the device secret of the database ``db_id``."""
    return f"device-secret:{db_id}"


def wrap_data_key(
    data_key: Secret, secret: str, device_secret: Secret | None, *, db_id: str, db_salt: bytes
) -> KeyFile:
    """A new key file that ``secret`` opens: a PIN where there is a device secret, else a passphrase. Takes 0.1 s."""
    slot = _draft_slot(device_secret, db_id)
    keys = KeyFile(VERSION, db_id, db_salt, (slot,))
    with _derive_wrapping_key(slot, secret, device_secret) as wrapping:
        nonce, wrapped = envelope.seal_key(wrapping, data_key, _bind(keys, slot))
    return replace(keys, slots=(replace(slot, nonce=nonce, wrapped=wrapped),))


def unwrap_data_key(keys: KeyFile, secret: str, device_secret: Secret | None) -> Secret:
    """The data key. Takes 0.1 s.

    Raises Locked(WRONG_SECRET), or Unreadable(KEY_STORE_LOST) for the device secret of another vault.
    """
    slot = keys.slots[0]
    if device_secret is not None:
        _check_device(slot, device_secret, keys.db_id)
    with _derive_wrapping_key(slot, secret, device_secret) as wrapping:
        try:
            return envelope.open_key(wrapping, slot.nonce, slot.wrapped, _bind(keys, slot))
        except Unreadable:
            raise Locked(Reason.WRONG_SECRET) from None


def read_keys(path: Path) -> KeyFile:
    """The key file at ``path``; Unreadable(NEWER_VERSION), or DAMAGED, also where a cost lies below the floor."""
    try:
        text = path.read_bytes()
        if msgspec.json.decode(text, type=_Version).v > VERSION:
            raise Unreadable(Reason.NEWER_VERSION)
        return msgspec.json.decode(text, type=KeyFile)
    except (OSError, msgspec.MsgspecError):
        raise Unreadable(Reason.DAMAGED) from None


def write_keys(path: Path, keys: KeyFile) -> None:
    """Put ``keys`` at ``path``, whole and on the disk, in place of what was there."""
    with replace_file(path) as file:
        file.write(msgspec.json.format(msgspec.json.encode(keys)))


def _draft_slot(device_secret: Secret | None, db_id: str) -> Slot:
    kind = SecretKind.PASSPHRASE if device_secret is None else SecretKind.PIN
    device = None if device_secret is None else _derive_device_check(device_secret, db_id)
    return Slot(kind, Cost(), primitives.make_bytes(SALT_SIZE), device, nonce=b"", wrapped=b"")


def _derive_wrapping_key(slot: Slot, secret: str, device_secret: Secret | None) -> Secret:
    with Secret(bytearray(fold_secret(secret).encode("utf-8", "surrogatepass"))) as typed:
        if device_secret is None:
            return _stretch(slot, typed)
        with primitives.derive_mac(device_secret, typed) as bound:
            return _stretch(slot, bound)


def _stretch(slot: Slot, secret: Secret) -> Secret:
    cost = slot.kdf
    return primitives.derive_argon2id(secret, slot.salt, memory_kib=cost.m, passes=cost.t, lanes=cost.p)


def _bind(keys: KeyFile, slot: Slot) -> bytes:
    facts = (keys.v, keys.db_id, keys.db_salt, slot.kind, slot.kdf, slot.salt, slot.device)
    return _PURPOSE + msgspec.json.encode(facts)


def _derive_device_check(device_secret: Secret, db_id: str) -> bytes:
    return bytes(primitives.derive_subkey(device_secret, _DEVICE_PURPOSE + db_id.encode()).view())


def _check_device(slot: Slot, device_secret: Secret, db_id: str) -> None:
    if slot.device is None or not hmac.compare_digest(slot.device, _derive_device_check(device_secret, db_id)):
        raise Unreadable(Reason.KEY_STORE_LOST)
