import jwt
import pytest
from argon2.low_level import Type, hash_secret_raw

from mes_app.crypto import primitives
from mes_app.crypto.secret import Secret
from mes_app.errors import Unreadable


def secret(value: bytes) -> Secret:
    return Secret(bytearray(value))


def test_s5_each_key_is_new_and_full() -> None:
    secrets = [primitives.make_secret() for _ in range(100)]
    keys = {bytes(secret.view()) for secret in secrets}
    assert len(keys) == 100
    assert {len(key) for key in keys} == {32}
    assert all(len(set(places)) > 50 for places in zip(*keys, strict=True))


def test_s8_a_key_is_as_long_as_asked() -> None:
    assert [len(primitives.make_secret(size)) for size in (16, 32)] == [16, 32]


def test_s6_argon2id_gives_the_known_answer() -> None:
    """The answer of the reference implementation's own test for Argon2id, version 1.3."""
    derived = primitives.derive_argon2id(secret(b"password"), b"somesalt", memory_kib=65_536, passes=2, lanes=1)
    assert derived.view().hex() == "09316115d5cf24ed5a15a31a3ba326e5cf32edc24702987c02b6566f61913cf7"


def test_s6_argon2id_is_the_one_of_argon2_cffi() -> None:
    derived = primitives.derive_argon2id(secret(b"1234"), bytes(16), memory_kib=1024, passes=3, lanes=4)
    assert derived.view() == hash_secret_raw(b"1234", bytes(16), 3, 1024, 4, 32, Type.ID)


def test_argon2id_refuses_parameters_that_make_no_sense() -> None:
    with pytest.raises(ValueError, match="refused"):
        primitives.derive_argon2id(secret(b"password"), b"short", memory_kib=1024, passes=1, lanes=1)


def test_the_cipher_gives_the_known_answer() -> None:
    """NIST's test cases 13 and 14 for AES-256-GCM."""
    key, nonce = secret(bytes(32)), bytes(12)
    assert primitives.encrypt(key, nonce, b"", b"").hex() == "530f8afbc74536b9a963b4f1c4cb738b"
    expected = "cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919"
    assert primitives.encrypt(key, nonce, bytes(16), b"").hex() == expected


def test_what_was_encrypted_is_read_back_with_the_same_key_nonce_and_context() -> None:
    key = primitives.make_secret()
    sealed = primitives.encrypt(key, bytes(12), b"plain", b"context")
    assert primitives.decrypt(key, bytes(12), sealed, b"context") == b"plain"


@pytest.mark.parametrize("cut", [0, 15, 20])
def test_what_is_cut_short_is_refused(cut: int) -> None:
    key = primitives.make_secret()
    sealed = primitives.encrypt(key, bytes(12), b"plain", b"")
    with pytest.raises(Unreadable):
        primitives.decrypt(key, bytes(12), sealed[:cut], b"")


def test_the_mac_gives_the_known_answer() -> None:
    """RFC 4231, test case 2."""
    mac = primitives.derive_mac(secret(b"Jefe"), secret(b"what do ya want for nothing?"))
    assert mac.view().hex() == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"


def test_subkeys_give_the_known_answer() -> None:
    """RFC 5869, test case 3, its first 32 bytes."""
    subkey = primitives.derive_subkey(secret(b"\x0b" * 22), b"")
    assert subkey.view().hex() == "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d"


def test_a_signature_is_verified_with_the_public_half_alone() -> None:
    key = primitives.make_signing_key()
    public = primitives.read_public_jwk(key)
    token = primitives.sign_token(key, {"typ": "test"}, {"a": 1})
    assert set(public) == {"kty", "crv", "x", "y"}
    assert jwt.decode(token, jwt.PyJWK(public), algorithms=["ES256"]) == {"a": 1}
