"""What the tests of the login share: two people, a mailbox, an app around the login, and a sign-in done right."""

from dataclasses import asdict, replace
from typing import Annotated, Any

import pyotp
from fastapi import Depends, FastAPI

from mes_backend.login.access import Access, current_access
from mes_backend.login.desk import Desk
from mes_backend.login.proofs import Proofs
from mes_backend.login.routes import install
from tests.backend.login.strict_client import StrictClient
from tests.backend.serving import Clock

PASSWORD = "une phrase assez longue à retenir"
TOTP_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


class Mailbox:
    """A postman that keeps what it is given."""

    def __init__(self) -> None:
        self.letters: list[tuple[str, str]] = []

    async def deliver(self, _user: str, address: str, code: str, _minutes: int) -> None:
        self.letters.append((address, code))

    @property
    def code(self) -> str:
        return self.letters[-1][1]


def build_app(desk: Desk, url: str) -> FastAPI:
    """The login alone, and one address that tells whose token it was given."""
    app = FastAPI()
    settings = replace(desk.settings, public_url=url)
    install(app, replace(desk, settings=settings, proofs=Proofs(url, desk.clock)))

    @app.get("/fhir/me")
    def get_me(access: Annotated[Access, Depends(current_access)]) -> dict[str, Any]:
        return asdict(access)

    return app


def read_authenticator(clock: Clock) -> str:
    """What alex's telephone shows now."""
    return pyotp.TOTP(TOTP_SECRET).at(clock.now)


def sign_in(client: StrictClient, mailbox: Mailbox) -> dict[str, Any]:
    """Camille's tokens, all steps done right."""
    client.send_password("camille", PASSWORD)
    code = client.send_code(mailbox.code).json()["authorization_code"]
    tokens: dict[str, Any] = client.redeem(code).json()
    return tokens
