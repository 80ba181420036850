"""Where a sign-in stands: one step a screen, and what the steps have learnt. Forgotten when the vault is open."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from enum import StrEnum

import flet as ft

from mes_app.domain.servers import CodeRequest, ServerAccount
from mes_app.views.widgets.restoring import Restoring


class Step(StrEnum):
    """The screens; the value is their address."""

    WELCOME = "/bienvenue"
    SERVER = "/connexion"
    PASSWORD = "/connexion/mot-de-passe"  # noqa: S105 - an address
    CODE = "/connexion/code"
    BROWSER = "/connexion/navigateur"
    PLAIN = "/serveur-fhir"
    RESTORE = "/sauvegarde"
    SECRET = "/connexion/secret"  # noqa: S105 - an address


@ft.observable
@dataclass
class SignIn:
    """``server`` is found, ``code`` asked for (``sent`` times anew), ``account`` enrolled. Never holds a password.

    ``path``: the steps gone through after the first screen. ``receive``: what is done with the account where a vault is
    open already. ``known``: who signs in, and where, is not asked again.
    """

    address: str = ""
    user: str = ""
    patients: str = ""
    path: tuple[Step, ...] = ()
    server: ServerAccount | None = None
    code: CodeRequest | None = None
    sent: int = 0
    account: ServerAccount | None = None
    receive: Callable[[ServerAccount], Awaitable[None]] | None = None
    known: bool = False
    restoring: Restoring = field(default_factory=Restoring)

    @property
    def step(self) -> Step:
        """The question of now."""
        return self.path[-1] if self.path else Step.WELCOME

    def proceed(self, step: Step) -> None:
        """Show the next question."""
        self.path = (*self.path, step)

    def go_back(self) -> None:
        """Show the question before this one."""
        if self.step is Step.RESTORE and self.restoring.go_back():
            return
        self.path = self.path[:-1]

    async def enrol(self, account: ServerAccount) -> None:
        """Go on with the account that the server has let in; no way leads back to its code, which is spent."""
        if self.receive:
            await self.receive(account)
        else:
            self.account, self.path = account, (Step.SECRET,)
