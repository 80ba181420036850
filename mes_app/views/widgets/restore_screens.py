"""Restore a backup: which file, its passphrase, what will open it on this device, then the work in numbers.

The same questions on the welcome and before a vault that its usual way no longer opens.
"""

import asyncio
from collections.abc import Awaitable, Callable

import flet as ft

from mes_app.errors import MesError, Reason, Rejected, Unreadable
from mes_app.i18n import find, size, t
from mes_app.services.vault import VaultState
from mes_app.views.state import use_carnets, use_store
from mes_app.views.widgets.boundaries import component, screen
from mes_app.views.widgets.cards import error_card, problem_card
from mes_app.views.widgets.commands import Command, use_command
from mes_app.views.widgets.consents import consent
from mes_app.views.widgets.entrance import entrance_view
from mes_app.views.widgets.fields import main_button, other_error, secret_field
from mes_app.views.widgets.new_secret import new_secret_view
from mes_app.views.widgets.progress import progress_panel, use_progress
from mes_app.views.widgets.restoring import RestoreStep, Restoring, hold_backup
from mes_app.views.widgets.texts import bullets, muted

GoBack = Callable[[], None]

_ABOUT_THE_FILE = (Reason.NOT_A_BACKUP, Reason.NEWER_VERSION, Reason.TRUNCATED, Reason.DAMAGED)


@screen
def restore_screen(restoring: Restoring, on_back: GoBack) -> ft.View:
    """The question of now; afterwards the records of the backup. ``on_back`` goes one question back."""
    ft.use_effect(lambda: None, [], cleanup=restoring.forget)
    return _SCREENS[restoring.step](restoring, on_back)


@screen
def _file_screen(restoring: Restoring, on_back: GoBack) -> ft.View:
    """Which file; where a vault is there already, what goes with it, and that it may."""
    carnets = use_carnets()
    picker: ft.MutableRef[ft.FilePicker] = ft.use_ref(ft.FilePicker)
    agreed, set_agreed = ft.use_state(False)
    replacing = carnets.vault.state() is not VaultState.ABSENT

    async def choose() -> None:
        picked = await picker.current.pick_files(with_data=bool(ft.context.page.web))
        if picked:
            restoring.choose(await asyncio.to_thread(hold_backup, picked[0], carnets.open_temporary))

    command = use_command(choose)
    lost = bullets([t("recovery.replaced"), t("recovery.replaced_lost"), t("recovery.replaced_when")])
    agreeing = [lost, consent(t("recovery.replace_agree"), set_agreed, given=agreed)] if replacing else []
    button = main_button(t("recovery.choose_file"), command, disabled=replacing and not agreed)
    return entrance_view(
        RestoreStep.FILE,
        ft.Icons.SETTINGS_BACKUP_RESTORE_ROUNDED,
        t("recovery.restore_title"),
        t("recovery.restore_told"),
        [*agreeing, *other_error(command.error), button],
        on_back=on_back,
    )


@screen
def _passphrase_screen(restoring: Restoring, on_back: GoBack) -> ft.View:
    """The passphrase of the file, which is tried only once the rest is known too."""
    typed, set_typed = ft.use_state(restoring.passphrase)

    async def proceed(given: str = typed) -> None:
        restoring.passphrase = given
        restoring.step = RestoreStep.WORK if restoring.secret else RestoreStep.SECRET

    command = use_command(proceed)
    field = secret_field(
        t("recovery.passphrase"),
        typed,
        set_typed,
        hint=t("recovery.passphrase_hint"),
        autofocus=True,
        on_submit=command.run,
    )
    chosen = [muted(f"{restoring.backup.name} · {size(restoring.backup.size)}")] if restoring.backup else []
    return entrance_view(
        RestoreStep.PASSPHRASE,
        ft.Icons.PASSWORD_ROUNDED,
        t("recovery.passphrase_title"),
        t("recovery.passphrase_told"),
        [*chosen, field, main_button(t("app.continue"), command, disabled=not typed)],
        on_back=on_back,
    )


@screen
def _secret_screen(restoring: Restoring, on_back: GoBack) -> ft.View:
    """What will open the records on this device."""

    async def keep(secret: str) -> None:
        restoring.secret, restoring.refused, restoring.step = secret, None, RestoreStep.WORK

    kind = use_carnets().vault.new_kind()
    return new_secret_view(RestoreStep.SECRET, kind, keep, on_back, refused=restoring.refused)


@screen
def _work_screen(restoring: Restoring, on_back: GoBack) -> ft.View:
    """Restores from the moment it shows; says how far it is, or why it did not work and what to answer again."""
    progress, report = use_progress()
    command = use_command(_use_restore(restoring, report))
    ft.use_effect(lambda: ft.context.page.run_task(command.run), [])
    counted = t("app.counted", done=size(progress.done), total=size(progress.total))
    stop = ft.TextButton(t("app.cancel"), on_click=on_back)
    working = [progress_panel(t("recovery.restoring"), counted, progress, [stop])]
    return entrance_view(
        RestoreStep.WORK,
        ft.Icons.SETTINGS_BACKUP_RESTORE_ROUNDED,
        t("recovery.restore_title"),
        "" if command.error else t("recovery.restoring_told"),
        [_failure(restoring, command.error, command)] if command.error else working,
        on_back=on_back,
    )


def _use_restore(restoring: Restoring, report: Callable[[int, int], None]) -> Callable[[], Awaitable[None]]:
    """What restores, opens, and can be interrupted; a secret that the vault does not take is asked again."""
    vault, store = use_carnets().vault, use_store()

    async def restore() -> None:
        if restoring.backup is None:
            return
        path, replace = restoring.backup.path, vault.state() is not VaultState.ABSENT
        work = asyncio.create_task(vault.restore(path, restoring.passphrase, restoring.secret, report, replace=replace))
        restoring.work = work
        try:
            store.open(await work)
        except asyncio.CancelledError:
            if not work.cancelled():
                raise
        except Rejected as error:
            restoring.secret, restoring.refused, restoring.step = "", error, RestoreStep.SECRET

    return restore


@component
def _failure(restoring: Restoring, error: MesError, again: Command) -> ft.Control:
    """What went wrong, then the question to answer differently, or the same work once more."""
    wrong = _find_wrong_answer(error)

    async def answer() -> None:
        if wrong:
            restoring.step = wrong

    answering = use_command(answer)
    of_file = isinstance(error, Unreadable) and find(f"recovery.backup_{error.reason}")
    said = problem_card(of_file, t(f"recovery.backup_next_{error.reason}")) if of_file else error_card(error)
    button = main_button(t(f"recovery.other_{wrong.name.lower()}"), answering) if wrong else None
    return ft.Column(
        [said, button or main_button(t("app.try_again"), again)],
        spacing=16,
        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
    )


def _find_wrong_answer(error: MesError) -> RestoreStep | None:
    if error.reason is Reason.WRONG_PASSPHRASE:
        return RestoreStep.PASSPHRASE
    return RestoreStep.FILE if error.reason in _ABOUT_THE_FILE else None


_SCREENS = {
    RestoreStep.FILE: _file_screen,
    RestoreStep.PASSPHRASE: _passphrase_screen,
    RestoreStep.SECRET: _secret_screen,
    RestoreStep.WORK: _work_screen,
}
