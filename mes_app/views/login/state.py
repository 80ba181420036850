"""Where a sign-in stands: one step a screen, and what the steps have learnt. Forgotten when the vault is open."""

from dataclasses import dataclass
from enum import StrEnum

import flet as ft

from mes_app.domain.servers import CodeRequest, ServerAccount


class Step(StrEnum):
    """The screens in their order; the value is their address."""

    WELCOME = "/bienvenue"
    SERVER = "/connexion"
    PASSWORD = "/connexion/mot-de-passe"  # noqa: S105 - an address
    CODE = "/connexion/code"
    PLAIN = "/serveur-fhir"
    SECRET = "/connexion/secret"  # noqa: S105 - an address


_BEFORE = {
    Step.SERVER: Step.WELCOME,
    Step.PASSWORD: Step.SERVER,
    Step.CODE: Step.PASSWORD,
    Step.PLAIN: Step.WELCOME,
    Step.SECRET: Step.WELCOME,
}


@ft.observable
@dataclass
class SignIn:
    """``server`` is found, ``code`` asked for (``sent`` times anew), ``account`` enrolled. Never holds a password."""

    step: Step = Step.WELCOME
    address: str = ""
    user: str = ""
    server: ServerAccount | None = None
    code: CodeRequest | None = None
    sent: int = 0
    account: ServerAccount | None = None

    def go_back(self) -> None:
        """Show the question before this one."""
        self.step = _BEFORE.get(self.step, Step.WELCOME)
