"""Mails that leave through a real SMTP server, and what is said when they cannot."""

import asyncio
import logging
import socket
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Sink
from aiosmtpd.smtp import SMTP, Envelope, Session

from mes_backend.login.postmen import SmtpPostman
from mes_backend.settings import MailSecurity, MailSettings

ADDRESS, CODE = "camille@famille.example", "042137"


class Received(Sink):
    """Keeps what the server received."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        assert isinstance(envelope.content, bytes)
        mail = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(mail, EmailMessage)
        self.mails.append(mail)
        return "250 OK"


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


@pytest.fixture
def received() -> Iterator[tuple[Received, int]]:
    handler, port = Received(), free_port()
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    yield handler, port
    controller.stop()


def deliver(port: int, security: MailSecurity = MailSecurity.NONE) -> None:
    settings = MailSettings("127.0.0.1", port, "ne-pas-repondre@carnets.example", security=security)
    asyncio.run(SmtpPostman(settings).deliver("camille", ADDRESS, CODE, 5))


def test_a_code_arrives_by_mail_and_not_in_the_subject(received: tuple[Received, int]) -> None:
    handler, port = received
    deliver(port)
    (mail,) = handler.mails
    assert (mail["To"], mail["From"]) == (ADDRESS, "ne-pas-repondre@carnets.example")
    assert CODE in mail.get_content()
    assert "5 minutes" in mail.get_content()
    assert CODE not in mail["Subject"]


def test_a_code_never_leaves_unprotected_where_tls_is_wanted(
    received: tuple[Received, int], caplog: pytest.LogCaptureFixture
) -> None:
    handler, port = received
    deliver(port, MailSecurity.STARTTLS)
    assert handler.mails == []
    assert caplog.records


def test_s12_a_mail_that_cannot_leave_is_logged_without_code_or_address(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        deliver(free_port())
    assert [record.levelname for record in caplog.records if record.name.startswith("mes_backend")] == ["ERROR"]
    assert CODE not in caplog.text
    assert ADDRESS not in caplog.text
