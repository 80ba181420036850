"""Where a person stands before a closed vault: one step a screen. Forgotten when the vault is open."""

from dataclasses import dataclass, field
from enum import StrEnum

import flet as ft

from mes_app.errors import MesError
from mes_app.views.widgets.restoring import Restoring


class Step(StrEnum):
    """The screens above the first one; the value is their address."""

    EMERGENCY = "/verrou/urgence"
    FORGOTTEN = "/verrou/oubli"
    UNLOCK = "/verrou/essai"
    CODE = "/verrou/recuperation"
    SECRET = "/verrou/recuperation/code"  # noqa: S105 - an address
    RESTORE = "/verrou/sauvegarde"
    START_OVER = "/verrou/repartir"


@ft.observable
@dataclass
class Closed:
    """``path``: the steps gone through above the first screen.

    ``code``: the recovery code as typed, ``secret``: what was chosen to open the vault from then on, ``refused``: why
    the vault did not take that code.
    """

    path: tuple[Step, ...] = ()
    code: str = field(default="", repr=False)
    secret: str = field(default="", repr=False)
    refused: MesError | None = None
    restoring: Restoring = field(default_factory=Restoring)

    @property
    def step(self) -> Step | None:
        """The screen of now; None: the first one."""
        return self.path[-1] if self.path else None

    def proceed(self, step: Step) -> None:
        """Show the next screen."""
        self.path = (*self.path, step)

    def go_back(self) -> None:
        """Show the screen before this one."""
        if self.step is Step.RESTORE and self.restoring.go_back():
            return
        if self.step is Step.CODE:
            self.code, self.secret, self.refused = "", "", None
        self.path = self.path[:-1]

    def refuse(self, error: MesError) -> None:
        """Ask the recovery code again, since ``error``; what was chosen is kept."""
        self.refused = error
        self.path = self.path[: self.path.index(Step.CODE) + 1]
