"""The lock: asks the secret, shows no name. What opens it is decided by the vault."""

from collections.abc import Callable

import flet as ft

from mes_app.i18n import t
from mes_app.services.vault import SecretKind
from mes_app.views.state import use_carnets, use_store
from mes_app.views.widgets.boundaries import screen
from mes_app.views.widgets.cards import error_card
from mes_app.views.widgets.commands import Command, use_command
from mes_app.views.widgets.entrance import entrance_view
from mes_app.views.widgets.fields import main_button, secret_field
from mes_app.views.widgets.pin_pad import pin_pad
from mes_app.views.widgets.texts import body


@screen
def unlock_screen() -> ft.View:
    """Asks the PIN or passphrase and opens the session."""
    carnets, store = use_carnets(), use_store()
    secret, set_secret = ft.use_state("")

    async def unlock(given: str = secret) -> None:
        set_secret("")
        store.open(await carnets.vault.unlock(given))

    command = use_command(unlock)
    failed = [error_card(command.error)] if command.error else []
    button = main_button(t("lock.unlock"), command, disabled=not secret)
    kind = carnets.vault.secret_kind()
    field = None if kind is SecretKind.PIN else _passphrase(secret, set_secret, command)
    asked = field or pin_pad(secret, set_secret, command.run)
    controls = [*failed, asked, button]
    return entrance_view(
        "/verrou",
        ft.Icons.LOCK_OUTLINE_ROUNDED,
        t("lock.title"),
        t(f"lock.hint_{kind}"),
        controls,
    )


def _passphrase(secret: str, set_secret: Callable[[str], None], command: Command) -> ft.TextField:
    return secret_field(
        t("lock.passphrase"),
        secret,
        set_secret,
        autofocus=True,
        on_submit=command.run,
    )


@screen
def damaged_screen() -> ft.View:
    """The vault's files are there but cannot be a vault: nothing is done to them."""
    told = body(t("lock.damaged"))
    return entrance_view("/coffre", ft.Icons.REPORT_OUTLINED, t("lock.damaged_title"), "", [told])
