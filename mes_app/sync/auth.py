"""Sign in with a password, then a one-time code, and end with a refresh token bound to this device's key.

The client side of protocol.md §2, a profile of draft-ietf-oauth-first-party-apps. Password and code pass through;
neither is kept. The names the draft leaves to each server are the literals of this file.
"""

from collections.abc import Mapping
from typing import Any

from pydantic import SecretStr

from mes_app.crypto.dpop import make_dpop_key
from mes_app.crypto.pkce import derive_challenge, make_verifier
from mes_app.domain.servers import CodeRequest, OtpChannel, ServerAccount
from mes_app.errors import MesError, NotAllowed, Reason, Rejected, SessionExpired, Unreadable
from mes_app.sync.authorities import Authority, reveal, text_of
from mes_app.sync.networks import Network

SCOPE = "openid fhirUser offline_access patient/*.rs"


class Enrolment:
    """One sign-in under way on one server: the device key, the PKCE verifier and the server's current session.

    ``server`` may be an account enrolled before: its key and session are used again, so that it is replaced.
    """

    def __init__(self, server: ServerAccount, network: Network) -> None:
        self._server = server
        self._key = reveal(server.dpop_key) or make_dpop_key()
        self._verifier = make_verifier()
        self._session = reveal(server.auth_session)
        self._authority = Authority(server.issuer, self._key, network)

    async def send_password(self, user: str, password: str) -> CodeRequest:
        """Step 1. Raises Rejected("password", WRONG_CREDENTIALS), Busy(TOO_MANY_TRIES), Offline, Unreadable."""
        status, answer = await self._challenge(
            {
                "response_type": "code",
                "client_id": self._server.client_id,
                "scope": SCOPE,
                "resource": self._server.fhir_base,
                "username": user,
                "password": password,
            }
        )
        if answer.get("otp_required") is not True:
            raise _refusal(status, answer, Rejected("password", Reason.WRONG_CREDENTIALS))
        self._server = self._server.model_copy(update={"user": user})
        return _read_code_request(answer)

    async def ask_code(self) -> CodeRequest:
        """Step 1 without password, for an account whose session the server wants confirmed (CODE_REQUIRED).

        Raises SessionExpired when a code will not do, Offline, Busy, Unreadable.
        """
        form = {
            "grant_type": "refresh_token",
            "refresh_token": reveal(self._server.refresh_token),
            "client_id": self._server.client_id,
        }
        _, answer = await self._authority.post(self._server.token_endpoint, form)
        if answer.get("otp_required") is not True:
            raise SessionExpired
        self._session = text_of(answer, "auth_session")
        return _read_code_request(answer)

    async def resend(self) -> CodeRequest:
        """Ask for another code. Raises as ``send_code``."""
        status, answer = await self._challenge({"otp_resend": "true"})
        if answer.get("otp_required") is not True:
            raise _refusal(status, answer, Rejected("code", Reason.EXPIRED_CODE))
        return _read_code_request(answer)

    async def send_code(self, code: str) -> ServerAccount:
        """Step 2, then the exchange for tokens: the account with its refresh token and device key.

        Raises Rejected("code", WRONG_CODE | EXPIRED_CODE), Busy(TOO_MANY_TRIES), Offline, Unreadable.
        """
        status, answer = await self._challenge({"otp": code})
        granted = text_of(answer, "authorization_code")
        if not granted:
            raise _refusal(status, answer, Rejected("code", Reason.WRONG_CODE))
        return await self._redeem(granted)

    async def _redeem(self, code: str) -> ServerAccount:
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "client_id": self._server.client_id,
            "code_verifier": self._verifier,
        }
        status, answer = await self._authority.post(self._server.token_endpoint, form)
        refresh_token = text_of(answer, "refresh_token")
        if text_of(answer, "token_type").lower() != "dpop" or not refresh_token:
            raise _refusal(status, answer, Rejected("code", Reason.EXPIRED_CODE))
        return self._server.model_copy(
            update={
                "person": text_of(answer, "fhirUser"),
                "patients": tuple(filter(None, [text_of(answer, "patient")])),
                "refresh_token": SecretStr(refresh_token),
                "dpop_key": SecretStr(self._key),
                "auth_session": SecretStr(text_of(answer, "auth_session") or self._session),
            }
        )

    async def _challenge(self, form: Mapping[str, str]) -> tuple[int, dict[str, Any]]:
        bound = {
            "auth_session": self._session,
            "code_challenge": derive_challenge(self._verifier),
            "code_challenge_method": "S256",
        }
        sent = {name: value for name, value in {**bound, **form}.items() if value}
        status, answer = await self._authority.post(self._server.challenge_endpoint, sent)
        self._session = text_of(answer, "auth_session") or self._session
        return status, answer


def _refusal(status: int, answer: Mapping[str, Any], usual: MesError) -> MesError:
    """The error behind a refusal; ``usual`` where the server names the ordinary fault of that step."""
    match answer.get("error"):
        case "insufficient_authorization" | "access_denied" | "invalid_grant":
            return usual
        case "invalid_session":
            return Rejected("code", Reason.EXPIRED_CODE)
        case "redirect_to_web":
            return NotAllowed(Reason.FORBIDDEN)
        case _:
            return Unreadable(Reason.SERVER_FAULT, status=status)


def _read_code_request(answer: Mapping[str, Any]) -> CodeRequest:
    channel = answer.get("otp_channel")
    return CodeRequest(
        channel=OtpChannel(channel) if channel in set(OtpChannel) else OtpChannel.TOTP,
        hint=text_of(answer, "otp_hint"),
        expires_in=_seconds(answer, "otp_expires_in", 300),
        resend_in=_seconds(answer, "otp_resend_in", 30),
    )


def _seconds(answer: Mapping[str, Any], name: str, default: int) -> int:
    value = answer.get(name)
    return value if isinstance(value, int) and value >= 0 else default
