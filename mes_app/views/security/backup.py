"""A backup: the passphrase that will open it, then how far it is, then what was written."""

from collections.abc import Awaitable, Callable

import flet as ft

from mes_app.errors import MesError
from mes_app.i18n import size, t
from mes_app.views import routes
from mes_app.views.state import read_today, use_session
from mes_app.views.widgets.boundaries import component, screen
from mes_app.views.widgets.cards import notice_card
from mes_app.views.widgets.commands import use_command
from mes_app.views.widgets.entrance import FORM_WIDTH
from mes_app.views.widgets.fields import main_button, other_error, read_field_error, secret_field
from mes_app.views.widgets.progress import progress_panel
from mes_app.views.widgets.shell import modal_view, page_column
from mes_app.views.widgets.texts import body, muted, page_title
from mes_app.views.widgets.writing import Outcome, Writing, use_writing

LEAST, GOOD = 12, 20
"""The fewest characters that are taken, and enough against whoever has the file and much time."""


@screen
def backup_screen() -> ft.View:
    """One thing at a time: the form, the progress, the end."""
    writing = use_writing(f"mes-carnets-{read_today()}.sauvegarde", use_session().backups.write)
    if writing.outcome is Outcome.DONE:
        step, shown = "done", _tell_done(writing.progress.total)
    elif writing.command.running and writing.progress.total:
        step, shown = "work", [_progress(writing)]
    else:
        step, shown = "form", [body(t("security.backup.what")), _form(writing.start, writing.command.error)]
        if writing.outcome is Outcome.STOPPED:
            shown.insert(0, notice_card(t("security.backup.stopped")))
    return modal_view(t("security.backup.title"), page_column(shown, width=FORM_WIDTH, step=step), back=routes.SECURITY)


@component
def _form(save: Callable[[str], Awaitable[None]], error: MesError | None) -> ft.Control:
    """The passphrase twice. Whatever is typed is gone once the form is left."""
    passphrase, set_passphrase = ft.use_state("")
    again, set_again = ft.use_state("")
    differs, set_differs = ft.use_state(False)

    async def submit() -> None:
        set_differs(passphrase != again)
        if passphrase == again:
            await save(passphrase)

    command = use_command(submit)
    first = secret_field(
        t("security.backup.passphrase"),
        passphrase,
        set_passphrase,
        hint=_tell_strength(passphrase),
        error=read_field_error(error),
        autofocus=True,
    )
    second = secret_field(
        t("security.backup.again"),
        again,
        set_again,
        error=t("security.backup.differs") if differs else "",
        on_submit=command.run,
    )
    button = main_button(t("security.backup.save"), command, disabled=len(passphrase) < LEAST or not again)
    return ft.Column(
        [first, second, notice_card(t("security.backup.warning")), *other_error(error), button],
        spacing=16,
        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
    )


def _tell_strength(passphrase: str) -> str:
    missing = LEAST - len(passphrase)
    if not passphrase:
        return t("security.backup.passphrase_hint")
    if missing > 0:
        return t("security.backup.strength_short", count=missing)
    return t("security.backup.strength_good" if len(passphrase) >= GOOD else "security.backup.strength_enough")


def _progress(writing: Writing) -> ft.Control:
    progress = writing.progress
    counted = t("app.counted", done=size(progress.done), total=size(progress.total))
    cancel = ft.Row([ft.OutlinedButton(t("app.cancel"), on_click=writing.cancel)])
    return progress_panel(t("security.backup.writing"), counted, progress, [cancel])


def _tell_done(total: int) -> list[ft.Control]:
    return [
        page_title(t("security.backup.done")),
        body(t("security.backup.done_told", size=size(total))),
        muted(t("security.backup.warning")),
        ft.FilledButton(t("security.done"), on_click=routes.way_to(routes.SECURITY)),
    ]
