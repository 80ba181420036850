"""The lines below the app bar, each only while it holds: this is a demonstration; the data is from then; sign in."""

from collections.abc import Awaitable, Callable
from datetime import datetime

import flet as ft

from mes_app.domain.sync_status import Stopped
from mes_app.errors import Offline, SessionExpired
from mes_app.i18n import moment, t
from mes_app.services.vault import VaultState
from mes_app.views import routes
from mes_app.views.state import use_carnets, use_leave, use_store, use_sync
from mes_app.views.widgets.boundaries import component
from mes_app.views.widgets.commands import use_command
from mes_app.views.widgets.fields import other_error
from mes_app.views.widgets.texts import muted


@component
def notices() -> ft.Control:
    """What holds now, above the record of a person."""
    lines = [demonstration_banner()]
    match use_sync().status:
        case Stopped(error=Offline(), last_success=last):
            lines.append(_offline(last))
        case Stopped(error=SessionExpired()):
            lines.append(_signed_out())
    return ft.Column(lines, spacing=0)


@component
def demonstration_banner() -> ft.Control:
    """Says that nobody here is real, from the first screen on; leaves as soon as there is something to leave."""
    carnets, session, leaving = use_carnets(), use_store().session, use_command(use_leave())
    if not (carnets.demo or (session and session.temporary)):
        return ft.Container()
    begun = session is not None or carnets.vault.state() is not VaultState.ABSENT
    line = _banner(leaving.run if begun else None)
    return ft.Column([line, *other_error(leaving.error)], spacing=0)


def _banner(leave: Callable[[], Awaitable[None]] | None) -> ft.Control:
    colour = ft.Colors.ON_TERTIARY_CONTAINER
    words = ft.Text(t("app.demonstration"), color=colour, expand=True)
    button = [ft.TextButton(t("app.leave_demonstration"), on_click=leave)] if leave else []
    return ft.Container(
        ft.Row([ft.Icon(ft.Icons.SCIENCE_OUTLINED, size=20, color=colour), words, *button], spacing=12),
        bgcolor=ft.Colors.TERTIARY_CONTAINER,
        padding=ft.Padding.only(left=16, right=8, top=0 if leave else 8, bottom=0 if leave else 8),
    )


def _offline(last_success: datetime | None) -> ft.Control:
    words = t("sync.offline_since", moment=moment(last_success)) if last_success else t("sync.offline")
    return _line(ft.Icons.CLOUD_OFF_OUTLINED, words, vertical=6)


def _signed_out() -> ft.Control:
    button = ft.TextButton(t("login.sign_in"), on_click=lambda: routes.go(routes.RENEWAL))
    return _line(ft.Icons.LOCK_CLOCK_OUTLINED, t("sync.signed_out"), button)


def _line(icon: ft.IconData, words: str, *actions: ft.Control, vertical: int = 0) -> ft.Control:
    sign = ft.Icon(icon, size=18, color=ft.Colors.ON_SURFACE_VARIANT)
    return ft.Container(
        ft.Row([sign, ft.Container(muted(words), expand=True), *actions], spacing=8),
        bgcolor=ft.Colors.SURFACE_CONTAINER,
        padding=ft.Padding.only(left=16, right=8, top=vertical, bottom=vertical),
    )
