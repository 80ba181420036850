"""The key hierarchy and its file, keys.json: the data key exists on disk only wrapped, and these are its wraps.

data key ← AES-GCM ← Argon2id(HMAC(device secret, PIN)), Argon2id(passphrase), or HKDF(recovery code or biometric key).
Everything beside a wrapped key is authenticated with it, and costs below the floor are refused, so that no edit of the
file can weaken it.
"""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import msgspec
from msgspec.structs import replace

from mes_app.crypto import envelope, primitives
from mes_app.crypto.costs import Cost, stretch
from mes_app.crypto.durable_files import replace_file
from mes_app.crypto.secret import Secret
from mes_app.crypto.strengths import SecretKind, hold_secret
from mes_app.errors import Locked, NotAllowed, Reason, Unreadable

VERSION = 1
SALT_SIZE = primitives.SALT_SIZE
SHORTEST_KEY = 16
"""Bytes: 128 random bits need no stretching."""

_PURPOSE = b"mes-carnets data key"
_DEVICE_PURPOSE = b"mes-carnets device check "
_SLOT_PURPOSE = b"mes-carnets slot "

Bytes12 = Annotated[bytes, msgspec.Meta(min_length=12, max_length=12)]
Bytes16 = Annotated[bytes, msgspec.Meta(min_length=16, max_length=16)]
Bytes32 = Annotated[bytes, msgspec.Meta(min_length=32, max_length=32)]
Bytes48 = Annotated[bytes, msgspec.Meta(min_length=48, max_length=48)]


class SlotKind(StrEnum):
    """The ways to the data key: what the person types, as in ``SecretKind``, or a key that needs no stretching."""

    PIN = "pin"
    PASSPHRASE = "passphrase"  # noqa: S105 - a kind, not a secret
    RECOVERY = "recovery"
    BIOMETRIC = "biometric"


TYPED = (SlotKind.PIN, SlotKind.PASSPHRASE)


class Slot(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One way to the data key. ``device`` tells, without giving it away, which device secret belongs to a PIN."""

    kind: SlotKind
    kdf: Cost | None
    salt: Bytes16
    device: Bytes32 | None
    nonce: Bytes12
    wrapped: Bytes48

    def __post_init__(self) -> None:
        if (self.kdf is not None) != (self.kind in TYPED) or (self.device is not None) != (self.kind is SlotKind.PIN):
            raise ValueError("typed secrets have a cost, others none; a PIN has a device, others none")


class KeyFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What keys.json holds: at most one typed slot and one of each other kind.

    ``db_id`` names what the key store holds; ``db_salt`` is how the database file begins. ``next`` has the wraps of
    the key that a change of key is moving to: until the database opens with one of the two, both are kept.
    """

    v: Annotated[int, msgspec.Meta(ge=1)]
    db_id: Annotated[str, msgspec.Meta(min_length=1, max_length=64)]
    db_salt: Bytes16
    slots: tuple[Slot, ...] = ()
    next: tuple[Slot, ...] = ()

    def __post_init__(self) -> None:
        for slots in (self.slots, self.next):
            ways = ["typed" if slot.kdf else slot.kind for slot in slots]
            if len(ways) != len(set(ways)):
                raise ValueError("two slots for one way to the key")

    @property
    def kind(self) -> SecretKind | None:
        """What the person types to open the vault; None when that slot is gone."""
        return next((SecretKind(slot.kind) for slot in self.slots if slot.kdf), None)

    def has(self, kind: SlotKind) -> bool:
        """Whether there is a slot of ``kind``."""
        return any(slot.kind is kind for slot in self.slots)


class _Version(msgspec.Struct):
    v: int


def name_device_secret(db_id: str) -> str:
    """The name in the key store of the device secret of the database ``db_id``."""
    return f"device-secret:{db_id}"


def name_biometric_secret(db_id: str) -> str:
    """The name of the key that a finger or a face lets go."""
    return f"biometric-secret:{db_id}"


def name_attempts(db_id: str, kind: SlotKind | SecretKind) -> str:
    """The name of the count of wrong tries at the slot of ``kind``."""
    return f"attempts-{kind}:{db_id}"


def name_emergency_key(db_id: str) -> str:
    """The name of the key of what may be read while the vault is locked."""
    return f"emergency-key:{db_id}"


def new_key_file(db_id: str, db_salt: bytes) -> KeyFile:
    """A key file that nothing opens yet."""
    return KeyFile(VERSION, db_id, db_salt)


def add_typed_slot(keys: KeyFile, data_key: Secret, secret: str, device_secret: Secret | None, cost: Cost) -> KeyFile:
    """``keys`` that ``secret`` opens: a PIN where there is a device secret, else a passphrase. Slow, as ``cost`` says.

    What was typed until now opens nothing any more.
    """
    kind = SlotKind.PASSPHRASE if device_secret is None else SlotKind.PIN
    slot = _draft_slot(kind, cost, _derive_device_check(device_secret, keys.db_id))
    with _derive_typed(slot.salt, cost, secret, device_secret) as wrapping:
        return _add_slot(remove_slots(keys, *TYPED), slot, wrapping, data_key)


def add_key_slot(keys: KeyFile, kind: SlotKind, data_key: Secret, key: Secret) -> KeyFile:
    """``keys`` that ``key`` opens, RECOVERY or BIOMETRIC, in place of the key of that kind until now.

    Raises ValueError for a key of less than 128 bits: nothing stretches it.
    """
    if len(key) < SHORTEST_KEY:
        raise ValueError("too short for a key")
    slot = _draft_slot(kind)
    with _derive_from_key(slot, key) as wrapping:
        return _add_slot(remove_slots(keys, kind), slot, wrapping, data_key)


def remove_slots(keys: KeyFile, *kinds: SlotKind) -> KeyFile:
    """``keys`` without these ways to the data key, nor to the one that a change of key is moving to."""
    present, coming = (tuple(slot for slot in slots if slot.kind not in kinds) for slots in (keys.slots, keys.next))
    return replace(keys, slots=present, next=coming)


def check_device(keys: KeyFile, device_secret: Secret | None) -> None:
    """Raise Unreadable(KEY_STORE_LOST) unless this is the device secret of the typed slot, None where it has none."""
    slot, _ = _find_typed_slot(keys)
    if slot.device != _derive_device_check(device_secret, keys.db_id):
        raise Unreadable(Reason.KEY_STORE_LOST)


def derive_typed(keys: KeyFile, secret: str, device_secret: Secret | None) -> Secret:
    """The wrapping key of the typed slot. Slow, as its cost says; a wrong ``secret`` shows in ``open_slot`` only.

    Raises Unreadable(KEY_STORE_LOST) without the device secret of this vault, Locked(SECRET_DESTROYED) without a slot.
    """
    check_device(keys, device_secret)
    slot, cost = _find_typed_slot(keys)
    return _derive_typed(slot.salt, cost, secret, device_secret)


def derive_from_key(keys: KeyFile, kind: SlotKind, key: Secret) -> Secret:
    """The wrapping key of the slot of ``kind``, at once; NotAllowed(NO_RECOVERY | NO_BIOMETRICS) without one."""
    return _derive_from_key(_find_slot(keys, kind), key)


def open_slot(keys: KeyFile, kind: SlotKind | SecretKind, wrapping: Secret) -> Secret:
    """The data key. Raises Locked(WRONG_SECRET), Locked(WRONG_RECOVERY) for a wrong recovery code.

    Without a slot of ``kind``: Locked(SECRET_DESTROYED), NotAllowed(NO_RECOVERY | NO_BIOMETRICS).
    """
    slot = _find_slot(keys, SlotKind(kind))
    try:
        return envelope.open_key(wrapping, slot.nonce, slot.wrapped, _bind(keys, slot))
    except Unreadable:
        wrong = Reason.WRONG_RECOVERY if slot.kind is SlotKind.RECOVERY else Reason.WRONG_SECRET
        raise Locked(wrong) from None


def plan_change(keys: KeyFile, new: KeyFile) -> KeyFile:
    """``keys`` that also hold the wraps of the data key of ``new``, which are for the same database."""
    return replace(keys, next=new.slots)


def list_candidates(keys: KeyFile) -> tuple[KeyFile, ...]:
    """The key files that may open the database: while a change of key is planned that of the new key, then the old."""
    present = replace(keys, next=())
    return (replace(present, slots=keys.next), present) if keys.next else (present,)


def read_keys(path: Path) -> KeyFile:
    """The key file at ``path``; Unreadable(NEWER_VERSION), or DAMAGED, also where a cost lies below the floor."""
    try:
        text = path.read_bytes()
        if msgspec.json.decode(text, type=_Version).v > VERSION:
            raise Unreadable(Reason.NEWER_VERSION)
        return msgspec.json.decode(text, type=KeyFile)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        raise Unreadable(Reason.DAMAGED) from None


def write_keys(path: Path, keys: KeyFile) -> None:
    """Put ``keys`` at ``path``, whole and on the disk, in place of what was there."""
    with replace_file(path) as file:
        file.write(msgspec.json.format(msgspec.json.encode(keys)))


def _find_slot(keys: KeyFile, kind: SlotKind) -> Slot:
    for slot in keys.slots:
        if slot.kind is kind:
            return slot
    if kind in TYPED:
        raise Locked(Reason.SECRET_DESTROYED)
    raise NotAllowed(Reason.NO_RECOVERY if kind is SlotKind.RECOVERY else Reason.NO_BIOMETRICS)


def _find_typed_slot(keys: KeyFile) -> tuple[Slot, Cost]:
    for slot in keys.slots:
        if slot.kdf:
            return slot, slot.kdf
    raise Locked(Reason.SECRET_DESTROYED)


def _draft_slot(kind: SlotKind, cost: Cost | None = None, device: bytes | None = None) -> Slot:
    return Slot(kind, cost, primitives.make_bytes(SALT_SIZE), device, nonce=b"", wrapped=b"")


def _add_slot(keys: KeyFile, slot: Slot, wrapping: Secret, data_key: Secret) -> KeyFile:
    nonce, wrapped = envelope.seal_key(wrapping, data_key, _bind(keys, slot))
    return replace(keys, slots=(*keys.slots, replace(slot, nonce=nonce, wrapped=wrapped)))


def _derive_typed(salt: bytes, cost: Cost, secret: str, device_secret: Secret | None) -> Secret:
    with hold_secret(secret) as typed:
        if device_secret is None:
            return stretch(typed, salt, cost)
        with primitives.derive_mac(device_secret, typed) as bound:
            return stretch(bound, salt, cost)


def _derive_from_key(slot: Slot, key: Secret) -> Secret:
    return primitives.derive_subkey(key, _SLOT_PURPOSE + slot.kind.encode() + slot.salt)


def _bind(keys: KeyFile, slot: Slot) -> bytes:
    facts = (keys.v, keys.db_id, keys.db_salt, slot.kind, slot.kdf, slot.salt, slot.device)
    return _PURPOSE + msgspec.json.encode(facts)


def _derive_device_check(device_secret: Secret | None, db_id: str) -> bytes | None:
    if device_secret is None:
        return None
    with primitives.derive_subkey(device_secret, _DEVICE_PURPOSE + db_id.encode()) as check:
        return bytes(check.view())
