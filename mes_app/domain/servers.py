"""Servers and what this device knows to talk to one. Kept only inside the vault, never printed."""

from enum import StrEnum

from pydantic import SecretStr

from mes_app.domain.values import Frozen


class SignIn(StrEnum):
    """How a server lets people in."""

    CHALLENGE = "challenge"
    SMART = "smart"
    PLAIN = "plain"


class OtpChannel(StrEnum):
    """Where a one-time code comes from."""

    TOTP = "totp"
    EMAIL = "email"
    SMS = "sms"


class CodeRequest(Frozen):
    """The server waits for a one-time code: from where, hint (``c•••@…``), seconds to live and before a resend."""

    channel: OtpChannel
    hint: str = ""
    expires_in: int = 300
    resend_in: int = 30


class ServerAccount(Frozen):
    """One enrolled device on one server. ``person`` is our profile's ``fhirUser``; ``patients`` for other servers.

    ``names_issuer``: it says who it is when the browser comes back (RFC 9207). ``access_token`` is never written down:
    the vault keeps the refresh token alone.
    """

    fhir_base: str
    sign_in: SignIn
    issuer: str = ""
    token_endpoint: str = ""
    revocation_endpoint: str = ""
    challenge_endpoint: str = ""
    authorization_endpoint: str = ""
    names_issuer: bool = False
    client_id: str = ""
    user: str = ""
    person: str = ""
    patients: tuple[str, ...] = ()
    access_token: SecretStr | None = None
    refresh_token: SecretStr | None = None
    dpop_key: SecretStr | None = None
    bearer: SecretStr | None = None
    auth_session: SecretStr | None = None
