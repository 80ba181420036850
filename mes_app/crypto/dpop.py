"""Demonstration of proof of possession (RFC 9449): a stolen token is of no use without this device's key."""

import hashlib
import secrets
import time
from urllib.parse import urlsplit, urlunsplit

from mes_app.crypto import primitives
from mes_app.crypto.encodings import encode_base64url


def make_dpop_key() -> str:
    """A new private key (JWK text), kept in the vault and used for every proof of one enrolment."""
    return primitives.make_signing_key()


def make_proof(key: str, method: str, url: str, *, nonce: str | None = None, access_token: str | None = None) -> str:
    """The ``DPoP`` header of one request: single use, bound to the method, the address and the access token, if any."""
    claims: dict[str, str | int] = {
        "jti": secrets.token_urlsafe(16),
        "htm": method.upper(),
        "htu": _strip_query(url),
        "iat": int(time.time()),
    }
    if nonce is not None:
        claims["nonce"] = nonce
    if access_token is not None:
        claims["ath"] = encode_base64url(hashlib.sha256(access_token.encode("ascii")).digest())
    return primitives.sign_token(key, {"typ": "dpop+jwt", "jwk": primitives.read_public_jwk(key)}, claims)


def _strip_query(url: str) -> str:
    return urlunsplit(urlsplit(url)._replace(query="", fragment=""))
