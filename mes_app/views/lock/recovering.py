"""Open by the recovery code: the code, then what will open from then on. Nothing is lost on this way."""

import asyncio
from collections.abc import Awaitable, Callable

import flet as ft

from mes_app.errors import MesError, Rejected
from mes_app.i18n import t
from mes_app.services.recovery_codes import GROUP, GROUPS, check_recovery_code, group_code
from mes_app.views.lock.state import Closed, Step
from mes_app.views.state import use_carnets, use_store
from mes_app.views.theme import SEMIBOLD
from mes_app.views.widgets.boundaries import screen
from mes_app.views.widgets.commands import use_command
from mes_app.views.widgets.entrance import entrance_view
from mes_app.views.widgets.fields import main_button, other_error, read_field_error, text_field
from mes_app.views.widgets.new_secret import new_secret_view

PAUSE = 0.4
"""Seconds without a key after which what is typed is grouped: before, a key just pressed could be lost."""
_TOLD = 8000
"""Milliseconds for which the last word is shown."""


@screen
def code_screen(closed: Closed) -> ft.View:
    """Asks the recovery code in one field, which takes it in any writing and groups it."""
    recover = _use_recover(closed)

    async def proceed(given: str = closed.code) -> None:
        closed.refused = None
        check_recovery_code(given)
        closed.code = group_code(given)
        if closed.secret:
            await recover(closed.secret)
        else:
            closed.proceed(Step.SECRET)

    command = use_command(proceed)
    _use_grouping(closed)
    error = command.error or closed.refused

    async def change(typed: str) -> None:
        if typed == f"{closed.code}\n":  # the Enter key of a field that may hold several lines
            return await command.run()
        command.clear()
        closed.code, closed.refused = typed, None
        return None

    field = text_field(
        t("recovery.code"),
        closed.code,
        change,
        hint=_count_groups(closed.code),
        error=_tell_mistake(closed.code, error),
        autofocus=True,
        autocorrect=False,
        enable_suggestions=False,
        capitalization=ft.TextCapitalization.CHARACTERS,
        multiline=True,
        min_lines=1,
        max_lines=3,
        text_style=ft.TextStyle(size=20, font_family=SEMIBOLD),
    )
    button = main_button(t("app.continue"), command, disabled=not closed.code.strip())
    return entrance_view(
        Step.CODE,
        ft.Icons.PIN_OUTLINED,
        t("recovery.code_title"),
        t("recovery.code_told"),
        [field, *other_error(error), button],
        on_back=closed.go_back,
    )


@screen
def new_secret_screen(closed: Closed) -> ft.View:
    """Asks what will open from now on, then opens."""
    kind = use_carnets().vault.new_kind()
    return new_secret_view(Step.SECRET, kind, _use_recover(closed), closed.go_back)


def _use_recover(closed: Closed) -> Callable[[str], Awaitable[None]]:
    """What opens by the code with a new secret, and says that the code stays good; a code not taken is asked again."""
    vault, store = use_carnets().vault, use_store()

    async def recover(secret: str) -> None:
        try:
            store.open(await vault.recover(closed.code, secret))
        except MesError as error:
            if isinstance(error, Rejected) and error.field == "secret":
                closed.secret = ""
                raise
            closed.secret = secret
            closed.refuse(error)
        else:
            told = ft.SnackBar(ft.Text(t("recovery.recovered")), duration=_TOLD)
            ft.context.page.show_dialog(told)

    return recover


def _use_grouping(closed: Closed) -> None:
    """Group what was typed at the end or pasted. A correction in the middle is left alone: the cursor would jump."""
    former: ft.MutableRef[str] = ft.use_ref("")
    typed = closed.code

    async def group() -> None:
        before, former.current = former.current or "", typed
        if typed.startswith(before):
            await asyncio.sleep(PAUSE)
            closed.code = group_code(typed)

    ft.use_effect(group, [typed], cleanup=lambda: None)


def _count_signs(code: str) -> int:
    return len(group_code(code).replace("-", ""))


def _count_groups(code: str) -> str:
    return t("recovery.groups", count=_count_signs(code) // GROUP, total=GROUPS)


def _tell_mistake(code: str, error: MesError | None) -> str:
    """The words for the field: how much is missing or too much, else those of the error."""
    if not isinstance(error, Rejected):
        return ""
    missing = GROUPS * GROUP - _count_signs(code)
    if missing:
        return t("recovery.missing" if missing > 0 else "recovery.surplus", count=abs(missing))
    return read_field_error(error)
