"""Random values handed to clients, and the digests that stand for them in the database."""

import secrets
from base64 import urlsafe_b64encode
from hashlib import sha256


def make_token() -> str:
    """A fresh secret of 256 random bits, safe in a header and in a form."""
    return secrets.token_urlsafe(32)


def digest(token: str) -> str:
    """What is stored and looked up in place of ``token``; also the S256 transformation of PKCE."""
    return encode_base64url(sha256(token.encode()).digest())


def encode_base64url(raw: bytes) -> str:
    """Base64url without padding, as JOSE and OAuth write it."""
    return urlsafe_b64encode(raw).rstrip(b"=").decode()
