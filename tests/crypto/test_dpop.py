import base64
import hashlib
from datetime import UTC, datetime
from typing import Any

import jwt

from mes_app.crypto.dpop import make_dpop_key, make_proof


def read_proof(proof: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Header and claims, after the checks that a server makes with the key in the header."""
    header = jwt.get_unverified_header(proof)
    return header, jwt.decode(proof, jwt.PyJWK(header["jwk"]), algorithms=["ES256"])


def test_n7_a_proof_names_method_address_and_moment() -> None:
    header, claims = read_proof(make_proof(make_dpop_key(), "post", "https://example.org/token?a=1#b"))
    assert (header["typ"], header["alg"]) == ("dpop+jwt", "ES256")
    assert (claims["htm"], claims["htu"]) == ("POST", "https://example.org/token")
    assert abs(claims["iat"] - datetime.now(UTC).timestamp()) < 60
    assert not {"nonce", "ath"} & set(claims)


def test_n7_a_proof_never_shows_the_private_key() -> None:
    header, _ = read_proof(make_proof(make_dpop_key(), "GET", "https://example.org/"))
    assert set(header["jwk"]) == {"kty", "crv", "x", "y"}


def test_n7_every_proof_is_new_and_all_have_the_same_key() -> None:
    key = make_dpop_key()
    proofs = [read_proof(make_proof(key, "GET", "https://example.org/")) for _ in range(20)]
    assert len({claims["jti"] for _, claims in proofs}) == 20
    assert len({header["jwk"]["x"] for header, _ in proofs}) == 1


def test_n7_a_proof_carries_the_nonce_and_the_access_token_it_is_for() -> None:
    proof = make_proof(make_dpop_key(), "GET", "https://example.org/", nonce="n-1", access_token="token")
    _, claims = read_proof(proof)
    assert claims["nonce"] == "n-1"
    assert base64.urlsafe_b64decode(claims["ath"] + "=") == hashlib.sha256(b"token").digest()
