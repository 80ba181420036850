"""Proof that the owner is there: what cannot be undone asks the secret again, then goes on by itself."""

from collections.abc import Awaitable, Callable
from typing import Any

import flet as ft

from mes_app.errors import Locked, Reason
from mes_app.i18n import t
from mes_app.views.state import use_carnets, use_session
from mes_app.views.widgets.commands import Command, use_command
from mes_app.views.widgets.secret_questions import secret_question

QUESTION_WIDTH = 400


def use_confirmed(action: Callable[..., Awaitable[Any]]) -> Command:
    """A command over ``action``. Where it raises Locked(CONFIRM_SECRET), the secret is asked and it runs again."""
    ways, kind = use_session().ways, use_carnets().vault.secret_kind()
    nothing: tuple[object, ...] | None = None
    waiting, set_waiting = ft.use_state(nothing)

    async def attempt(*given: object) -> None:
        try:
            await action(*given)
        except Locked as error:
            if error.reason is not Reason.CONFIRM_SECRET:
                raise
            set_waiting(given)

    async def confirm(secret: str) -> None:
        await ways.confirm(secret)
        set_waiting(None)
        await command.run(*(waiting or ()))

    command, confirming = use_command(attempt), use_command(confirm)
    use_secret_dialog(
        t(f"security.confirm.told_{kind}"), confirming, lambda: set_waiting(None), shown=waiting is not None
    )
    return command


def use_secret_dialog(words: str, command: Command, close: Callable[[], None], *, shown: bool) -> None:
    """While ``shown``, a dialog that asks the secret for ``command``. ``close`` is called when it is put away."""

    def put_away() -> None:
        command.clear()
        close()

    question = secret_question(use_carnets().vault, words, t("security.confirm.go_on"), command)
    dialog = ft.AlertDialog(
        modal=True,
        scrollable=True,
        title=t("security.confirm.title"),
        content=ft.Container(question, width=QUESTION_WIDTH),
        actions=[ft.TextButton(t("app.cancel"), on_click=put_away)],
        on_dismiss=put_away,
    )
    ft.use_dialog(dialog if shown else None)
