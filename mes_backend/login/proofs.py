"""Proofs of possession (DPoP, RFC 9449): every login request and every access token belongs to one key.

Freshness comes from our nonce, never from the client's clock: a phone with a wrong date must still sign in.
"""

import hmac
import json
import secrets
from collections.abc import Callable
from hashlib import sha256
from threading import Lock
from typing import Any

import jwt
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from mes_backend.login.errors import OAuthError
from mes_backend.login.tokens import digest, encode_base64url

ALGORITHM = "ES256"
NONCE_STEP = 150
_CLAIMS = ("htm", "htu", "iat", "jti")


class Proofs:
    """Checks proofs made for ``public_url`` and remembers each for as long as its nonce lives."""

    def __init__(self, public_url: str, clock: Callable[[], int]) -> None:
        self._public_url = public_url
        self._clock = clock
        self._nonce_key = secrets.token_bytes(32)
        self._seen: dict[str, int] = {}
        self._lock = Lock()

    def make_nonce(self) -> str:
        """The nonce to use from now on; it stays good for 150 to 300 s."""
        return self._derive_nonce(self._clock() // NONCE_STEP)

    def check(self, request: Request, access_token: str | None = None) -> str:
        """The thumbprint of the key that made the proof of ``request`` (and of ``access_token``, if one came).

        Raises OAuthError("invalid_dpop_proof"), or OAuthError("use_dpop_nonce") when only a fresh nonce is wanted.
        """
        key, claims = _decode(request.headers.getlist("dpop"))
        path = request.scope["raw_path"].decode("latin-1")
        wanted = [request.method, self._public_url + path, digest(access_token) if access_token else None]
        if [claims["htm"], _strip_query(claims["htu"]), claims.get("ath")] != wanted:
            raise OAuthError("invalid_dpop_proof")
        if not self._is_fresh(claims.get("nonce")):
            raise OAuthError("use_dpop_nonce")
        thumbprint = _derive_thumbprint(key)
        self._refuse_replay(f"{thumbprint} {digest(str(claims['jti']))}")
        return thumbprint

    def _derive_nonce(self, step: int) -> str:
        return encode_base64url(hmac.digest(self._nonce_key, str(step).encode(), sha256)[:16])

    def _is_fresh(self, nonce: object) -> bool:
        step = self._clock() // NONCE_STEP
        return nonce in (self._derive_nonce(step), self._derive_nonce(step - 1))

    def _refuse_replay(self, proof: str) -> None:
        now = self._clock()
        with self._lock:
            while self._seen and now - self._seen[oldest := next(iter(self._seen))] > 2 * NONCE_STEP:
                del self._seen[oldest]
            if proof in self._seen:
                raise OAuthError("invalid_dpop_proof")
            self._seen[proof] = now


class NonceMiddleware:
    """Gives every answer of ``app`` the nonce to use next, so that clients seldom send a request twice."""

    def __init__(self, app: ASGIApp, proofs: Proofs) -> None:
        self._app = app
        self._proofs = proofs

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""

        async def send_with_nonce(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)["DPoP-Nonce"] = self._proofs.make_nonce()
            await send(message)

        await self._app(scope, receive, send_with_nonce)


def _decode(headers: list[str]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The public key and the claims of the one proof in ``headers``, its signature checked."""
    if len(headers) != 1:
        raise OAuthError("invalid_dpop_proof")
    try:
        header = jwt.get_unverified_header(headers[0])
        key = header.get("jwk")
        if header.get("typ") != "dpop+jwt" or not isinstance(key, dict) or "d" in key or key.get("crv") != "P-256":
            raise OAuthError("invalid_dpop_proof")
        options: Any = {"require": _CLAIMS, "verify_iat": False, "verify_exp": False, "verify_nbf": False}
        return key, jwt.decode(headers[0], jwt.PyJWK(key, ALGORITHM), algorithms=[ALGORITHM], options=options)
    except jwt.PyJWTError as error:
        raise OAuthError("invalid_dpop_proof") from error


def _derive_thumbprint(key: dict[str, Any]) -> str:
    """RFC 7638: the digest of the members that make the key, in order, without spaces."""
    members = {name: key[name] for name in ("crv", "kty", "x", "y")}
    return digest(json.dumps(members, separators=(",", ":")))


def _strip_query(url: object) -> str:
    return str(url).partition("#")[0].partition("?")[0]
