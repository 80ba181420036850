"""Carries one-time codes to people. A code is never logged, nor is an address: only that a mail could not leave."""

import logging
from email.message import EmailMessage
from typing import Protocol

import aiosmtplib

from mes_backend.settings import MailSecurity, MailSettings

_log = logging.getLogger(__name__)

SUBJECT = "Votre code de connexion à Mes carnets"
TEXT = """Bonjour,

Votre code de connexion est : {code}

Il est valable {minutes} minutes et ne sert qu'une fois. Ne le communiquez à personne.
Si vous n'avez pas demandé ce code, changez votre mot de passe.

Mes carnets
"""


class Postman(Protocol):
    """Whoever brings a code to its owner."""

    async def deliver(self, user: str, address: str, code: str, minutes: int, /) -> None:
        """Bring ``code``, good for ``minutes``, to ``address``. Never raises: the person may ask for another code."""
        ...


class SmtpPostman:
    """Sends codes by e-mail."""

    def __init__(self, settings: MailSettings) -> None:
        self._settings = settings

    async def deliver(self, _user: str, address: str, code: str, minutes: int) -> None:
        """As ``Postman.deliver``; a failure is logged by its kind alone."""
        try:
            await self._send(write_mail(self._settings.sender, address, code, minutes))
        except (aiosmtplib.SMTPException, OSError) as error:
            _log.error("A code could not be mailed: %s", type(error).__name__)

    async def _send(self, mail: EmailMessage) -> None:
        settings = self._settings
        await aiosmtplib.send(
            mail,
            hostname=settings.host,
            port=settings.port,
            username=settings.user,
            password=settings.password,
            use_tls=settings.security is MailSecurity.TLS,
            start_tls=settings.security is MailSecurity.STARTTLS,
            timeout=20,
        )


def write_mail(sender: str, address: str, code: str, minutes: int) -> EmailMessage:
    """The mail that brings ``code``; its subject, shown on locked phones, does not hold it."""
    mail = EmailMessage()
    mail["From"] = sender
    mail["To"] = address
    mail["Subject"] = SUBJECT
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(TEXT.format(code=code, minutes=minutes))
    return mail
