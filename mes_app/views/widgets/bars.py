"""What the app bar says: whose record this is, and whether it is up to date."""

import flet as ft

from mes_app.domain.people import Profile
from mes_app.domain.sync_status import Running, Stopped
from mes_app.errors import SessionExpired
from mes_app.i18n import t
from mes_app.views import routes
from mes_app.views.state import use_outgoing, use_profile, use_store, use_sync, use_ui
from mes_app.views.theme import TARGET
from mes_app.views.widgets.avatars import avatar, read_age
from mes_app.views.widgets.boundaries import component
from mes_app.views.widgets.statuses import choose_status_icon, name_status
from mes_app.views.widgets.texts import muted, one_line


@component
def profile_switcher(*, short: bool = False) -> ft.Control:
    """Name, age and colour of the person shown; pressed, the others to go to. ``short`` shows the first name only.

    Each profile is found where it was left. The menu also leads to who this person is, and offers to add another.
    """
    store, shown = use_store(), use_profile()
    others = [profile for profile in store.profiles or () if profile.pid != shown.pid]
    about = ft.PopupMenuItem(
        content=_menu_line(ft.Icon(ft.Icons.BADGE_OUTLINED), t("profiles.about"), ""),
        height=64,
        on_click=lambda: routes.go(routes.person(shown.pid)),
    )
    add = ft.PopupMenuItem(
        content=_menu_line(ft.Icon(ft.Icons.PERSON_ADD_OUTLINED), t("app.add_profile"), ""),
        height=64,
        on_click=lambda: routes.go(routes.ADD_PROFILE),
    )
    items = [_menu_item(profile, store.places.get(profile.pid, routes.home(profile.pid))) for profile in others]
    return ft.PopupMenuButton(
        content=_pill(shown, short=short),
        items=[*items, about, add],
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
    """What the sync says now, or that the person shown is on this device only: an icon, with its words where there is
    room; pressed, what can be done about it.
    """
    status, outgoing, wide = use_sync().status, use_outgoing(), use_ui().rail
    shown, size = use_store().find(use_profile().pid), 22
    local = shown is not None and shown.is_local
    words = t("newcomers.here") if local else name_status(status, outgoing)
    name = None if wide else words
    icon: ft.Control
    if local:
        icon = ft.Icon(ft.Icons.DEVICES_OUTLINED, size=size, semantics_label=name)
    elif isinstance(status, Running):
        icon = ft.ProgressRing(width=size, height=size, stroke_width=2.5, semantics_label=name)
    else:
        icon = ft.Icon(choose_status_icon(status, outgoing), size=size, semantics_label=name)
    expired = not local and isinstance(status, Stopped) and isinstance(status.error, SessionExpired)
    address = routes.RENEWAL if expired else routes.SYNC
    if wide:
        return ft.TextButton(words, icon=icon, on_click=lambda: routes.go(address))
    return ft.IconButton(icon, on_click=lambda: routes.go(address), width=TARGET, height=TARGET)


def settings_button() -> ft.Control:
    """To the settings."""
    return ft.IconButton(
        ft.Icon(ft.Icons.SETTINGS_OUTLINED, semantics_label=t("app.settings")),
        on_click=lambda: routes.go(routes.SETTINGS),
        width=TARGET,
        height=TARGET,
    )
