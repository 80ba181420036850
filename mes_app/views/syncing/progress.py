"""How the sync stands: what goes on or how it ended, when it last succeeded, and the button that asks again."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import assert_never

import flet as ft

from mes_app.domain.people import Profile
from mes_app.domain.servers import ServerAccount
from mes_app.domain.sync_status import Fault, Idle, Running, Stopped, SyncStatus
from mes_app.errors import Busy, MesError, Offline, Reason, SessionExpired
from mes_app.i18n import moment, t
from mes_app.i18n.explanations import explain
from mes_app.views import routes
from mes_app.views.state import use_session, use_store, use_sync
from mes_app.views.widgets.boundaries import component
from mes_app.views.widgets.cards import card, error_card
from mes_app.views.widgets.commands import Command, use_command
from mes_app.views.widgets.loading import use_loaded
from mes_app.views.widgets.statuses import name_status, tell_faults
from mes_app.views.widgets.texts import body, muted, section_title


@component
def progress_card() -> ft.Control:
    """The state, from where the data comes, and what can be done now."""
    session, status, local = use_session(), use_sync().status, use_store().local
    account = use_loaded(lambda: _read_account(session.syncing.account), [])

    async def synchronise(*, thorough: bool = False) -> None:
        await session.schedule.run_now(thorough=thorough)

    command, check = use_command(synchronise), use_command(lambda: synchronise(thorough=True))
    server = account.value[0] if account.value else None
    lines = [section_title(t("syncing.service"))]
    if server:
        lines += [
            *_describe_sync(status),
            muted(t("syncing.server", server=server.fhir_base)),
            ft.Row([_sync_button(status, command, session.syncing.cancel), _more_button(status, check)]),
            *_tell_local(local),
        ]
    elif account.value:
        lines += _tell_alone(status, temporary=session.temporary)
    return card(ft.Column(lines, spacing=12))


def _tell_local(local: Sequence[Profile]) -> list[ft.Control]:
    """Who is on this device only, and the way to join each to a record of the service."""
    if not local:
        return []
    ways = [(t("joining.offer_one", name=one.first_name), routes.way_to(routes.joining(one.pid))) for one in local]
    buttons: list[ft.Control] = [ft.TextButton(words, on_click=way) for words, way in ways]
    return [muted(t("newcomers.some_here", names=", ".join(one.name for one in local))), ft.Row(buttons, wrap=True)]


def _tell_alone(status: SyncStatus, *, temporary: bool) -> list[ft.Control]:
    """No service: that is a choice like another, and the way to one, which a demonstration does not offer."""
    if temporary:
        return [*_describe_sync(status), muted(t("syncing.no_server"))]
    way = routes.way_to(routes.CONNECTION)
    button = ft.FilledTonalButton(t("newcomers.connect"), icon=ft.Icons.ADD_LINK_ROUNDED, on_click=way)
    told = [body(t("newcomers.here")), muted(t("syncing.no_server")), muted(t("newcomers.here_told"))]
    return [*told, ft.Row([button])]


async def _read_account(read: Callable[[], Awaitable[ServerAccount | None]]) -> tuple[ServerAccount | None]:
    return (await read(),)


def _sync_button(status: SyncStatus, command: Command, cancel: Callable[[], Awaitable[None]]) -> ft.Control:
    if isinstance(status, Running):
        return ft.OutlinedButton(t("app.cancel"), on_click=cancel)
    if isinstance(status, Stopped) and isinstance(status.error, SessionExpired):
        return ft.FilledButton(
            t("login.sign_in"), icon=ft.Icons.LOGIN_ROUNDED, on_click=lambda: routes.go(routes.RENEWAL)
        )
    return ft.FilledTonalButton(
        t("syncing.refresh"), icon=ft.Icons.SYNC_ROUNDED, on_click=command.run, disabled=command.running
    )


def _more_button(status: SyncStatus, check: Command) -> ft.Control:
    told = ft.Column([body(t("syncing.check_all")), muted(t("syncing.check_all_told"))], spacing=0, tight=True)
    return ft.PopupMenuButton(
        icon=ft.Icons.MORE_HORIZ_ROUNDED,
        items=[ft.PopupMenuItem(content=told, height=64, on_click=check.run)],
        tooltip=t("syncing.more"),
        disabled=check.running or isinstance(status, Running),
    )


def _describe_sync(status: SyncStatus) -> Sequence[ft.Control]:
    match status:
        case Running(done=done, total=total):
            bar = ft.ProgressBar(value=done / total if total else None, border_radius=4, bar_height=8)
            return [body(name_status(status)), bar]
        case Stopped(error=error, last_success=last):
            return [*_tell_stop(error), *_tell_last(last)]
        case Idle(last_success=None):
            return [body(t("sync.never"))]
        case Idle(last_success=last, faults=faults):
            return [*_tell_last(last), *([_tell_faults(faults)] if faults else [])]
    assert_never(status)


def _tell_stop(error: MesError | None) -> list[ft.Control]:
    """Being offline, or asked to wait or to sign in, is a state like another; only the rest looks like a fault."""
    if error is None:
        return [body(t("syncing.cancelled"))]
    if isinstance(error, Offline | Busy | SessionExpired) and error.reason is not Reason.UNTRUSTED:
        said = explain(error)
        return [body(said.what), muted(said.next)]
    return [error_card(error)]


def _tell_last(last_success: datetime | None) -> list[ft.Control]:
    return [body(t("syncing.last", moment=moment(last_success)))] if last_success else []


def _tell_faults(faults: Sequence[Fault]) -> ft.Control:
    """How many items were left out; opened, of what type and why."""
    return ft.ExpansionTile(
        title=body(t("sync.faults", count=len(faults))),
        subtitle=muted(t("sync.faults_told")),
        leading=ft.Icon(ft.Icons.SYNC_PROBLEM_OUTLINED),
        controls=[muted(line) for line in tell_faults(faults)],
        controls_padding=ft.Padding.only(left=56, right=16, bottom=12),
        expanded_cross_axis_alignment=ft.CrossAxisAlignment.START,
        tile_padding=0,
        shape=ft.RoundedRectangleBorder(radius=0),
    )
