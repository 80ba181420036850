"""A recovery code: why, then shown once, then asked back, and only then kept. Until then the former one stays."""

from collections.abc import Callable

import flet as ft

from mes_app.i18n import t
from mes_app.services.recovery_sheets import CopyCheck, ask_groups
from mes_app.services.ways import RecoveryDraft
from mes_app.views import routes
from mes_app.views.security.recovery_codes import code_shown
from mes_app.views.state import use_carnets, use_session
from mes_app.views.widgets.boundaries import component, screen
from mes_app.views.widgets.cards import notice_card
from mes_app.views.widgets.commands import use_command
from mes_app.views.widgets.entrance import FORM_WIDTH
from mes_app.views.widgets.fields import main_button, other_error, text_field
from mes_app.views.widgets.secret_questions import secret_question
from mes_app.views.widgets.shell import modal_view, page_column
from mes_app.views.widgets.texts import body, page_title

_NO_DRAFT: RecoveryDraft | None = None
_NO_CHECK: CopyCheck | None = None


@screen
def recovery_screen() -> ft.View:
    """The steps, one after the other."""
    draft, set_draft = ft.use_state(_NO_DRAFT)
    check, set_check = ft.use_state(_NO_CHECK)
    kept, set_kept = ft.use_state(False)

    def keep() -> None:
        set_kept(True)
        set_draft(None)
        set_check(None)

    if kept:
        step, shown = "kept", _tell_kept()
    elif draft is None:
        step, shown = "ask", [_ask(set_draft)]
    elif check is None:
        step, shown = "show", [code_shown(draft.code, lambda: set_check(ask_groups(draft.code)))]
    else:
        step, shown = "check", [_check_copy(draft, check, keep, lambda: set_check(None))]
    page = page_column(shown, width=FORM_WIDTH, step=step)
    return modal_view(t("security.recovery.title"), page, back=routes.SECURITY)


@component
def _ask(go_on: Callable[[RecoveryDraft], None]) -> ft.Control:
    """What it is for, and the secret that allows to make one."""
    ways, vault = use_session().ways, use_carnets().vault

    async def prepare(secret: str) -> None:
        go_on(await ways.prepare_recovery(secret))

    words = t(f"security.recovery.ask_{vault.secret_kind()}")
    question = secret_question(vault, words, t("security.recovery.create"), use_command(prepare))
    former = [notice_card(t("security.recovery.replaces"))] if vault.has_recovery() else []
    return ft.Column([body(t("security.recovery.what")), *former, question], spacing=16)


@component
def _check_copy(
    draft: RecoveryDraft, check: CopyCheck, keep: Callable[[], None], look_again: Callable[[], None]
) -> ft.Control:
    """Asks two groups back; the code is kept when both are right."""
    ways = use_session().ways
    typed, set_typed = ft.use_state(dict.fromkeys(check.numbers, ""))
    wrong, set_wrong = ft.use_state(frozenset[int]())

    async def verify() -> None:
        found = check.find_wrong(typed)
        set_wrong(found)
        if not found:
            await ways.keep_recovery(draft)
            keep()

    def note(number: int) -> Callable[[str], None]:
        return lambda value: set_typed(lambda old: {**old, number: value})

    command = use_command(verify)
    fields = [
        text_field(
            t("security.recovery.check_group", number=number),
            typed[number],
            note(number),
            error=t("security.recovery.wrong_group", number=number) if number in wrong else "",
            autofocus=place == 0,
            on_submit=command.run,
            autocorrect=False,
            capitalization=ft.TextCapitalization.CHARACTERS,
        )
        for place, number in enumerate(check.numbers)
    ]
    return ft.Column(
        [
            page_title(t("security.recovery.check_title")),
            body(t("security.recovery.check_told")),
            *fields,
            *other_error(command.error),
            main_button(t("security.recovery.keep"), command, disabled=not all(typed.values())),
            ft.TextButton(t("security.recovery.look_again"), on_click=look_again),
        ],
        spacing=16,
        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
    )


def _tell_kept() -> list[ft.Control]:
    return [
        page_title(t("security.recovery.kept")),
        body(t("security.recovery.kept_told")),
        ft.FilledButton(t("security.done"), on_click=routes.way_to(routes.SECURITY)),
    ]
