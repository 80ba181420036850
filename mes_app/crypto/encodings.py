"""Bytes as text where the standards of sign-in want it."""

import base64


def encode_base64url(value: bytes) -> str:
    """``value`` in base64url without padding (RFC 7515)."""
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode("ascii")
