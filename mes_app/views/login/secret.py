"""The secret that will open the vault on this device: chosen, then given again, since nobody else knows it."""

from collections.abc import Callable

import flet as ft

from mes_app.i18n import t
from mes_app.services.vault import SecretKind
from mes_app.views.login.state import SignIn, Step
from mes_app.views.state import use_carnets, use_store
from mes_app.views.widgets.boundaries import screen
from mes_app.views.widgets.commands import Command, use_command
from mes_app.views.widgets.entrance import entrance_view
from mes_app.views.widgets.fields import main_button, other_error, read_field_error, secret_field
from mes_app.views.widgets.pin_pad import pin_pad


@screen
def secret_screen(sign_in: SignIn) -> ft.View:
    """A PIN where the device has a key store, else a passphrase, with the reason why; then the vault is made."""
    carnets, store = use_carnets(), use_store()
    first, set_first = ft.use_state("")
    typed, set_typed = ft.use_state("")
    differs, set_differs = ft.use_state(False)
    kind = carnets.vault.secret_kind()

    async def proceed(given: str = typed) -> None:
        set_typed("")
        set_differs(bool(first) and given != first)
        set_first("" if first else given)
        if given == first:
            session = await carnets.vault.create(given)
            if sign_in.account:
                await session.syncing.connect(sign_in.account)
            store.open(session, welcoming=True)

    command = use_command(proceed)
    step = "again" if first else "choose"
    wrong = t(f"login.differs_{kind}") if differs else read_field_error(command.error)
    field = None if kind is SecretKind.PIN else _passphrase(typed, set_typed, command, wrong)
    asked = [field] if field else _pin(typed, set_typed, command, wrong)
    button = main_button(t("app.continue"), command, disabled=not typed)
    title, hint = t(f"login.{kind}_{step}_title"), t(f"login.{kind}_{step}_hint")
    return entrance_view(
        Step.SECRET,
        ft.Icons.KEY_OUTLINED,
        title,
        hint,
        [*asked, *other_error(command.error), button],
        on_back=sign_in.go_back,
    )


def _pin(typed: str, set_typed: Callable[[str], None], command: Command, wrong: str) -> list[ft.Control]:
    said = ft.Text(wrong, color=ft.Colors.ERROR, text_align=ft.TextAlign.CENTER)
    return [*([ft.Semantics(content=said, live_region=True)] if wrong else []), pin_pad(typed, set_typed, command.run)]


def _passphrase(typed: str, set_typed: Callable[[str], None], command: Command, wrong: str) -> ft.TextField:
    return secret_field(
        t("login.passphrase"),
        typed,
        set_typed,
        error=wrong,
        autofocus=True,
        on_submit=command.run,
    )
