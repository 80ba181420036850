"""What the app bar says: whose record this is, whether it is up to date; and the notices below it."""

from collections.abc import Awaitable, Callable
from datetime import datetime

import flet as ft

from mes_app.domain.people import Profile
from mes_app.domain.sync_status import Idle, Running, Stopped, SyncStatus
from mes_app.errors import Offline
from mes_app.i18n import decimal, moment, t
from mes_app.views import routes
from mes_app.views.state import use_carnets, use_lock, use_profile, use_session, use_store, use_sync, use_ui
from mes_app.views.theme import TARGET
from mes_app.views.widgets.avatars import avatar, read_age
from mes_app.views.widgets.boundaries import component
from mes_app.views.widgets.texts import muted, one_line


@component
def profile_switcher(*, short: bool = False) -> ft.Control:
    """Name, age and colour of the person shown; pressed, the others to go to. ``short`` shows the first name only.

    Each profile is found where it was left. With one profile the menu offers to add another.
    """
    store, shown = use_store(), use_profile()
    others = [profile for profile in store.profiles or () if profile.pid != shown.pid]
    add = ft.PopupMenuItem(
        content=_menu_line(ft.Icon(ft.Icons.PERSON_ADD_OUTLINED), t("app.add_profile"), ""),
        height=64,
        on_click=lambda: routes.go(routes.ADD_PROFILE),
    )
    items = [_menu_item(profile, store.places.get(profile.pid, routes.home(profile.pid))) for profile in others]
    return ft.PopupMenuButton(
        content=_pill(shown, short=short),
        items=[*items, add],
        tooltip=t("app.switch_profile"),
        menu_position=ft.PopupMenuPosition.UNDER,
    )


def _pill(profile: Profile, *, short: bool) -> ft.Control:
    name = profile.first_name if short else profile.name
    texts = [one_line(name, strong=True), muted(read_age(profile), lines=1)]
    column = ft.Column(texts, spacing=0, tight=True, alignment=ft.MainAxisAlignment.CENTER)
    content: list[ft.Control] = [
        avatar(profile, 36),
        ft.Container(column, expand=True, expand_loose=True),
        ft.Icon(ft.Icons.EXPAND_MORE_ROUNDED, color=ft.Colors.ON_SURFACE_VARIANT),
    ]
    return ft.Container(ft.Row(content, spacing=10, tight=True), padding=ft.Padding.symmetric(horizontal=6))


def _menu_item(profile: Profile, address: str) -> ft.PopupMenuItem:
    line = _menu_line(avatar(profile, 40), profile.name, read_age(profile))
    return ft.PopupMenuItem(content=line, height=64, on_click=lambda: routes.go(address))


def _menu_line(leading: ft.Control, title: str, subtitle: str) -> ft.Control:
    texts = [one_line(title), *([muted(subtitle)] if subtitle else [])]
    square = ft.Container(leading, width=40, alignment=ft.Alignment.CENTER)
    return ft.Row([square, ft.Column(texts, spacing=0, tight=True)], spacing=12)


@component
def sync_chip() -> ft.Control:
    """What the sync says now: an icon, with its words where there is room; pressed, the settings tell more."""
    status, wide = use_sync().status, use_ui().rail
    words, size = _describe(status), 22
    name = None if wide else words
    icon = (
        ft.ProgressRing(width=size, height=size, stroke_width=2.5, semantics_label=name)
        if isinstance(status, Running)
        else ft.Icon(_icon(status), size=size, semantics_label=name)
    )
    if wide:
        return ft.TextButton(words, icon=icon, on_click=lambda: routes.go(routes.SETTINGS))
    return ft.IconButton(icon, on_click=lambda: routes.go(routes.SETTINGS), width=TARGET, height=TARGET)


def _icon(status: SyncStatus) -> ft.IconData:
    match status:
        case Stopped(error=Offline()):
            return ft.Icons.CLOUD_OFF_OUTLINED
        case Stopped():
            return ft.Icons.SYNC_PROBLEM_OUTLINED
        case _:
            return ft.Icons.CLOUD_DONE_OUTLINED


def _describe(status: SyncStatus) -> str:
    match status:
        case Running(done=done, total=total):
            return t("app.sync_progress", done=decimal(done), total=decimal(total)) if total else t("app.sync_running")
        case Idle(last_success=last):
            return t("app.sync_done" if last else "app.sync_never")
        case Stopped(error=None):
            return t("app.sync_cancelled")
        case Stopped(error=error):
            return t("app.sync_offline" if isinstance(error, Offline) else "app.sync_failed")


def settings_button() -> ft.Control:
    """To the settings."""
    return ft.IconButton(
        ft.Icon(ft.Icons.SETTINGS_OUTLINED, semantics_label=t("app.settings")),
        on_click=lambda: routes.go(routes.SETTINGS),
        width=TARGET,
        height=TARGET,
    )


@component
def notices() -> ft.Control:
    """The lines under the app bar, each only when it holds: this is a demonstration; the data is from then."""
    lines = []
    temporary, leave = use_session().temporary, use_lock()
    if temporary or use_carnets().demo:
        lines.append(_demonstration(leave if temporary else None))
    match use_sync().status:
        case Stopped(error=Offline(), last_success=last):
            lines.append(_offline(last))
    return ft.Column(lines, spacing=0)


def _demonstration(leave: Callable[[], Awaitable[None]] | None) -> ft.Control:
    """``leave``: None where the demonstration is a whole app of its own."""
    colour = ft.Colors.ON_TERTIARY_CONTAINER
    words = ft.Text(t("app.demonstration"), color=colour, expand=True)
    button = [ft.TextButton(t("app.leave_demonstration"), on_click=leave)] if leave else []
    return ft.Container(
        ft.Row([ft.Icon(ft.Icons.SCIENCE_OUTLINED, size=20, color=colour), words, *button], spacing=12),
        bgcolor=ft.Colors.TERTIARY_CONTAINER,
        padding=ft.Padding.only(left=16, right=8, top=0 if leave else 8, bottom=0 if leave else 8),
    )


def _offline(last_success: datetime | None) -> ft.Control:
    words = t("app.offline_since", moment=moment(last_success)) if last_success else t("app.offline")
    return ft.Container(
        ft.Row(
            [ft.Icon(ft.Icons.CLOUD_OFF_OUTLINED, size=18, color=ft.Colors.ON_SURFACE_VARIANT), muted(words)], spacing=8
        ),
        bgcolor=ft.Colors.SURFACE_CONTAINER,
        padding=ft.Padding.symmetric(horizontal=16, vertical=6),
    )
