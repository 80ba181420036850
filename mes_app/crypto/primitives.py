"""The one place that talks to the cryptographic libraries. Takes nonces and costs as told: callers use the safe doors.

The safe doors are the other modules of this package; nothing outside of it may import this one, except for
``make_secret``.
"""

import hmac
import json
import os
from typing import Any

import jwt
from _argon2_cffi_bindings import ffi, lib  # type: ignore[import-untyped]
from argon2.low_level import ARGON2_VERSION, Type
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from jwt.algorithms import ECAlgorithm

from mes_app.crypto.secret import Secret
from mes_app.errors import Reason, Unreadable

KEY_SIZE = 32
NONCE_SIZE = 12
TAG_SIZE = 16
SALT_SIZE = 16


def make_secret(size: int = KEY_SIZE) -> Secret:
    """A new random key of ``size`` bytes."""
    value = bytearray(size)
    for index in range(size):
        value[index] = os.urandom(1)[0]  # byte by byte: a longer answer would stay in memory as a copy we cannot wipe
    return Secret(value)


def make_bytes(size: int) -> bytes:
    """``size`` random bytes that are not secret: nonces, salts, identifiers."""
    return os.urandom(size)


def encrypt(key: Secret, nonce: bytes, plain: bytes | bytearray, context: bytes) -> bytes:
    """AES-256-GCM of ``plain``, its tag at the end. A nonce must never serve twice under one key."""
    return AESGCM(key.view()).encrypt(nonce, plain, context)


def decrypt(key: Secret, nonce: bytes, sealed: bytes, context: bytes) -> bytearray:
    """The plain bytes, in memory that can be wiped; Unreadable(DAMAGED) for another key or context or a changed bit."""
    if len(sealed) < TAG_SIZE:
        raise Unreadable(Reason.DAMAGED)
    plain = bytearray(len(sealed) - TAG_SIZE)
    try:
        AESGCM(key.view()).decrypt_into(nonce, sealed, context, plain)
    except InvalidTag:
        raise Unreadable(Reason.DAMAGED) from None
    return plain


def derive_argon2id(secret: Secret, salt: bytes, *, memory_kib: int, passes: int, lanes: int) -> Secret:
    """A key that costs ``memory_kib`` and ``passes`` per guess of ``secret``; MemoryError where there is no room.

    The same call as ``argon2.low_level.hash_secret_raw``, but into memory that can be wiped.
    """
    derived = bytearray(KEY_SIZE)
    code = lib.argon2_hash(
        passes, memory_kib, lanes,
        ffi.from_buffer(secret.view()), len(secret), salt, len(salt), ffi.from_buffer(derived), len(derived),
        ffi.NULL, 0, Type.ID.value, ARGON2_VERSION,
    )  # fmt: skip
    if code == lib.ARGON2_MEMORY_ALLOCATION_ERROR:
        raise MemoryError
    if code != lib.ARGON2_OK:
        raise ValueError(f"Argon2 refused its parameters: {code}")
    return Secret(derived)


def derive_mac(key: Secret, message: Secret) -> Secret:
    """HMAC-SHA256 of ``message``, 32 bytes."""
    return Secret(bytearray(hmac.digest(key.view(), message.view(), "sha256")))


def derive_subkey(key: Secret, purpose: bytes) -> Secret:
    """An independent 256-bit key for one ``purpose``, from a random ``key`` (HKDF-SHA256)."""
    derived = bytearray(KEY_SIZE)
    HKDF(SHA256(), KEY_SIZE, salt=None, info=purpose).derive_into(key.view(), derived)
    return Secret(derived)


def make_signing_key() -> str:
    """A new private key for ES256, as JWK text."""
    return str(ECAlgorithm.to_jwk(ec.generate_private_key(ec.SECP256R1())))


def read_public_jwk(signing_key: str) -> dict[str, str]:
    """The public half of ``signing_key``: what a server may see."""
    jwk = json.loads(signing_key)
    return {name: jwk[name] for name in ("kty", "crv", "x", "y")}


def sign_token(signing_key: str, header: dict[str, Any], claims: dict[str, Any]) -> str:
    """A compact JWS of ``claims`` signed with ES256."""
    return jwt.encode(claims, jwt.PyJWK.from_json(signing_key), algorithm="ES256", headers=header)
