"""The lock: asks the secret, shows no name. What opens it is decided by the vault."""

import flet as ft

from mes_app.i18n import t
from mes_app.services.vault import SecretKind
from mes_app.views.state import use_carnets, use_store
from mes_app.views.widgets.boundaries import screen
from mes_app.views.widgets.cards import empty_state, error_card
from mes_app.views.widgets.commands import use_command
from mes_app.views.widgets.entrance import entrance_view
from mes_app.views.widgets.fields import main_button, text_field
from mes_app.views.widgets.pin_pad import pin_pad


@screen
def unlock_screen() -> ft.View:
    """Asks the PIN or passphrase and opens the session."""
    carnets, store = use_carnets(), use_store()
    secret, set_secret = ft.use_state("")

    async def unlock() -> None:
        given = secret
        set_secret("")
        store.open(await carnets.vault.unlock(given))

    command = use_command(unlock)
    failed = [error_card(command.error)] if command.error else []
    button = main_button(t("lock.unlock"), command, disabled=not secret)
    if carnets.vault.secret_kind() is SecretKind.PIN:
        asked: ft.Control = pin_pad(secret, set_secret, command.run)
    else:
        asked = text_field(
            t("lock.passphrase"), secret, set_secret, password=True, can_reveal_password=True, autofocus=True,
            on_submit=command.run,
        )  # fmt: skip
    hint = t(f"lock.hint_{carnets.vault.secret_kind()}")
    return entrance_view("/verrou", t("lock.title"), hint, [*failed, asked, button], back=False)


@screen
def damaged_screen() -> ft.View:
    """The vault's files are there but cannot be a vault: nothing is done to them."""
    what = empty_state(ft.Icons.REPORT_OUTLINED, t("lock.damaged"))
    return entrance_view("/coffre", t("lock.damaged_title"), "", [what], back=False)
