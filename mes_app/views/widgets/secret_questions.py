"""The question that opens and that proves the owner: the PIN or passphrase, with the waits that wrong tries lead to."""

from collections.abc import Awaitable, Callable

import flet as ft

from mes_app.errors import MesError
from mes_app.i18n import t
from mes_app.services.vault import SecretKind, Vault
from mes_app.views.widgets.boundaries import component
from mes_app.views.widgets.cards import error_card
from mes_app.views.widgets.commands import Command, use_command
from mes_app.views.widgets.fields import main_button, secret_field
from mes_app.views.widgets.pin_pad import SHORTEST, pin_pad
from mes_app.views.widgets.texts import body
from mes_app.views.widgets.tries import tell_tries_left, use_tries, wait_card


def use_secret_question(
    vault: Vault, button: str, command: Command, *, covered: bool = False, failed: MesError | None = None
) -> list[ft.Control]:
    """What asks the secret of ``vault`` for ``command``, waiting where it must. ``failed``: how another way failed.

    ``covered``: another screen lies above, which has the keyboard.
    """
    kind, error = vault.secret_kind(), command.error or failed
    secret, set_secret = ft.use_state("")

    async def give(given: str = secret) -> None:
        set_secret("")
        await command.run(given)

    giving, tries = use_command(give), use_tries(vault, command.error)
    told = [wait_card(tries.wait)] if tries.wait else [error_card(error)] if error else []
    waiting = bool(tries.wait) or command.running
    field = None if kind is SecretKind.PIN else _passphrase(secret, set_secret, giving.run, waiting=bool(tries.wait))
    asked = field or pin_pad(secret, set_secret, giving.run, disabled=covered or waiting)
    incomplete = len(secret) < SHORTEST if kind is SecretKind.PIN else not secret
    give_it = main_button(button, giving, disabled=incomplete or waiting)
    return [*told, *tell_tries_left(kind, tries, recovery=vault.has_recovery()), asked, give_it]


@component
def secret_question(vault: Vault, words: str, button: str, command: Command) -> ft.Control:
    """The same with the ``words`` that say what for, as a part of a page or dialog.

    A dialog may be drawn once more after a lock, when the contexts of its screen are gone: it is given ``vault``.
    """
    return ft.Column(
        [body(words), *use_secret_question(vault, button, command)],
        spacing=16,
        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
        tight=True,
    )


def _passphrase(
    value: str, on_change: Callable[[str], None], on_submit: Callable[[str], Awaitable[None]], *, waiting: bool
) -> ft.TextField:
    return secret_field(t("lock.passphrase"), value, on_change, autofocus=True, on_submit=on_submit, disabled=waiting)
