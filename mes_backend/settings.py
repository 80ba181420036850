"""What the server is told once at its start: defaults, environment and command line in one frozen value."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

DEFAULT_DATABASE = "sqlite:///mes-carnets-serveur.db"


class MailSecurity(StrEnum):
    """How the SMTP connection is protected: TLS from the first byte, required STARTTLS, or nothing (same machine)."""

    TLS = "tls"
    STARTTLS = "starttls"
    NONE = "none"


@dataclass(frozen=True)
class MailSettings:
    """An SMTP server and the address that its mails come from."""

    host: str
    port: int
    sender: str
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    security: MailSecurity = MailSecurity.STARTTLS


@dataclass(frozen=True)
class Settings:
    """``public_url``: the address that clients use, without a final slash; all durations are in seconds."""

    public_url: str
    database: str = DEFAULT_DATABASE
    demo: bool = False
    mail: MailSettings | None = None
    otp_seconds: int = 300
    resend_seconds: int = 30
    code_seconds: int = 60
    access_seconds: int = 900
    session_seconds: int = 30 * 86_400

    @property
    def fhir_base(self) -> str:
        """The FHIR base address, the ``resource`` of every token."""
        return f"{self.public_url}/fhir"


def read_mail_settings(environment: Mapping[str, str] = os.environ) -> MailSettings | None:
    """The SMTP server named by MES_SMTP_HOST, _PORT, _USER, _PASSWORD, _FROM and _SECURITY; None without a host."""
    if not (host := environment.get("MES_SMTP_HOST")):
        return None
    return MailSettings(
        host=host,
        port=int(environment.get("MES_SMTP_PORT", "587")),
        sender=environment.get("MES_SMTP_FROM", f"ne-pas-repondre@{host}"),
        user=environment.get("MES_SMTP_USER"),
        password=environment.get("MES_SMTP_PASSWORD"),
        security=MailSecurity(environment.get("MES_SMTP_SECURITY", "starttls")),
    )
