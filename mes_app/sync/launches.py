"""Sign in on a server that is not ours: SMART App Launch 2.2, standalone, in the browser of the system.

The browser alone sees the password. What comes back is trusted only if it answers this very request (control A4):
its ``state``, the issuer where it is known (RFC 9207), and a code that PKCE ties to this device.
"""

import secrets
from collections.abc import Mapping
from hmac import compare_digest
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from pydantic import SecretStr

from mes_app.crypto.pkce import derive_challenge, make_verifier
from mes_app.domain.servers import ServerAccount
from mes_app.errors import NotAllowed, Reason, Rejected, Unreadable
from mes_app.sync.authorities import Authority, text_of
from mes_app.sync.networks import Network

SCOPE = "launch/patient openid fhirUser offline_access patient/*.cruds"


class Launch:
    """One sign-in under way; the browser comes back to ``redirect_uri``."""

    def __init__(self, server: ServerAccount, redirect_uri: str, network: Network) -> None:
        self._server = server
        self._redirect_uri = redirect_uri
        self._network = network
        self._state = secrets.token_urlsafe(32)
        self._verifier = make_verifier()

    @property
    def address(self) -> str:
        """What the browser shall open."""
        asked = {
            "response_type": "code",
            "client_id": self._server.client_id,
            "redirect_uri": self._redirect_uri,
            "scope": SCOPE,
            "state": self._state,
            "aud": self._server.fhir_base,
            "code_challenge": derive_challenge(self._verifier),
            "code_challenge_method": "S256",
        }
        endpoint = self._server.authorization_endpoint
        return f"{endpoint}{'&' if urlsplit(endpoint).query else '?'}{urlencode(asked)}"

    async def redeem(self, answer: str) -> ServerAccount:
        """The account of this device, from the address that the browser came back with.

        Raises NotAllowed(FORBIDDEN) when the person or the server refused, or when ``answer`` is to another request;
        Rejected("code", EXPIRED_CODE), Rejected("patient", MISSING), Offline, Busy, Unreadable.
        """
        said = dict(parse_qsl(urlsplit(answer).query))
        self._check(said)
        form = {
            "grant_type": "authorization_code",
            "code": said["code"],
            "redirect_uri": self._redirect_uri,
            "client_id": self._server.client_id,
            "code_verifier": self._verifier,
        }
        status, granted = await Authority(self._server.token_endpoint, "", self._network).post(
            self._server.token_endpoint, form
        )
        return self._make_account(status, granted)

    def _check(self, said: Mapping[str, str]) -> None:
        """Raise NotAllowed(FORBIDDEN) unless a code was given to this request by this server."""
        ours = compare_digest(said.get("state", "").encode(), self._state.encode())
        named = said.get("iss")
        known = named == self._server.issuer if named or self._server.names_issuer else True
        if not (ours and known and said.get("code")):
            raise NotAllowed(Reason.FORBIDDEN)

    def _make_account(self, status: int, granted: Mapping[str, Any]) -> ServerAccount:
        access, refresh = text_of(granted, "access_token"), text_of(granted, "refresh_token")
        if granted.get("error"):
            raise Rejected("code", Reason.EXPIRED_CODE)
        if text_of(granted, "token_type").lower() != "bearer" or not access or not access.isascii():
            raise Unreadable(Reason.SERVER_FAULT, status=status)
        if not (patient := text_of(granted, "patient")):
            raise Rejected("patient", Reason.MISSING)
        return self._server.model_copy(
            update={
                "patients": (patient,),
                "access_token": SecretStr(access),
                "refresh_token": SecretStr(refresh) if refresh else None,
            }
        )
