"""The secret that will open the vault from now on: chosen, then given again, since nobody else knows it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import flet as ft

from mes_app.errors import MesError
from mes_app.i18n import t
from mes_app.services.vault import SecretKind, check_strength
from mes_app.views.widgets.commands import Command, use_command
from mes_app.views.widgets.entrance import entrance_view
from mes_app.views.widgets.fields import main_button, other_error, read_field_error, secret_field
from mes_app.views.widgets.pin_pad import pin_pad
from mes_app.views.widgets.texts import announced

Keep = Callable[[str], Awaitable[None]]


@dataclass(frozen=True)
class NewSecret:
    """What asks it now: the words of the heading, and what lies below it."""

    title: str
    hint: str
    controls: list[ft.Control]


def use_new_secret(kind: SecretKind, keep: Keep, refused: MesError | None = None) -> NewSecret:
    """Ask a new secret of ``kind`` twice, then ``keep`` it: a PIN on a pad, a passphrase with the reason why.

    What ``keep`` raises is told, and the choice begins anew. ``refused``: why the one before was not taken.
    """
    first, set_first = ft.use_state("")
    typed, set_typed = ft.use_state("")
    differs, set_differs = ft.use_state(False)

    async def proceed(given: str = typed) -> None:
        set_typed("")
        if not first:
            check_strength(kind, given)
        set_differs(bool(first) and given != first)
        set_first("" if first else given)
        if given == first:
            await keep(given)

    command = use_command(proceed)
    step = "again" if first else "choose"
    wrong = t(f"login.differs_{kind}") if differs else read_field_error(command.error or (None if first else refused))
    field = None if kind is SecretKind.PIN else _passphrase(typed, set_typed, command, wrong)
    asked = [field] if field else _pin(typed, set_typed, command, wrong)
    button = main_button(t("app.continue"), command, disabled=not typed)
    return NewSecret(
        title=t(f"login.{kind}_{step}_title"),
        hint=t(f"login.{kind}_{step}_hint"),
        controls=[*asked, *other_error(command.error), button],
    )


def new_secret_view(
    route: str, kind: SecretKind, keep: Keep, on_back: Callable[[], None], *, refused: MesError | None = None
) -> ft.View:
    """The whole view, before the records. Uses hooks: call it once, at the end of a screen."""
    asked = use_new_secret(kind, keep, refused)
    return entrance_view(route, ft.Icons.KEY_OUTLINED, asked.title, asked.hint, asked.controls, on_back=on_back)


def _pin(typed: str, set_typed: Callable[[str], None], command: Command, wrong: str) -> list[ft.Control]:
    said = ft.Text(wrong, color=ft.Colors.ERROR, text_align=ft.TextAlign.CENTER)
    pad = pin_pad(typed, set_typed, command.run, disabled=command.running)
    return [*([announced(said)] if wrong else []), pad]


def _passphrase(typed: str, set_typed: Callable[[str], None], command: Command, wrong: str) -> ft.TextField:
    return secret_field(
        t("login.passphrase"),
        typed,
        set_typed,
        error=wrong,
        autofocus=True,
        on_submit=command.run,
    )
