"""Proof Key for Code Exchange (RFC 7636): the code of a sign-in is of no use to whoever only saw it pass."""

import hashlib
import secrets

from mes_app.crypto.encodings import encode_base64url


def make_verifier() -> str:
    """A new code verifier of 86 characters, kept until the code is exchanged."""
    return secrets.token_urlsafe(64)


def derive_challenge(verifier: str) -> str:
    """The S256 challenge to send first."""
    return encode_base64url(hashlib.sha256(verifier.encode("ascii")).digest())
