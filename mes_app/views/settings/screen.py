"""Settings: what can be done now first, then how it looks, then what it is."""

from collections.abc import Callable

import flet as ft

from mes_app.i18n import t
from mes_app.services.settings import Preferences
from mes_app.views import routes
from mes_app.views.state import use_carnets, use_lock, use_outgoing, use_session, use_store, use_sync, use_ui
from mes_app.views.widgets.boundaries import component, screen
from mes_app.views.widgets.cards import card
from mes_app.views.widgets.choices import choice_bar
from mes_app.views.widgets.commands import use_command
from mes_app.views.widgets.rows import list_row, way_row
from mes_app.views.widgets.shell import modal_view, page_column
from mes_app.views.widgets.statuses import name_status
from mes_app.views.widgets.texts import muted, section_title

TEXT_SCALES = (1.0, 1.25, 1.5, 2.0)


@screen
def settings_screen() -> ft.View:
    """All settings on one page."""
    about = _row("about", ft.Icons.INFO_OUTLINE_ROUNDED, routes.way_to(routes.ABOUT))
    kept = [
        _row("storage", ft.Icons.SD_STORAGE_OUTLINED, routes.way_to(routes.STORAGE)),
        _row("export", ft.Icons.DRIVE_FOLDER_UPLOAD_OUTLINED, routes.way_to(routes.EXPORT)),
        _row("import", ft.Icons.MOVE_TO_INBOX_OUTLINED, routes.way_to(routes.IMPORT)),
    ]
    storage = card(ft.Column(kept, spacing=0), padding=4)
    protection = [] if use_session().temporary else [_protection_card()]
    return modal_view(
        t("app.settings"), page_column([_sync_card(), *protection, storage, _look_card(), card(about, padding=4)])
    )


@component
def _protection_card() -> ft.Control:
    """What locks, and what protects: nothing of a demonstration, where nothing stays."""
    locking = use_command(use_lock())
    rows = [
        _row("lock", ft.Icons.LOCK_OUTLINE_ROUNDED, locking.run),
        _row("security", ft.Icons.SHIELD_OUTLINED, routes.way_to(routes.SECURITY)),
    ]
    return card(ft.Column(rows, spacing=0), padding=4)


def _row(name: str, icon: ft.IconData, on_click: Callable[..., object]) -> ft.Control:
    words = t(f"settings.{name}"), t(f"settings.{name}_hint")
    return list_row(*words, icon=icon, strong=True, lines=None, on_click=on_click)


@component
def _sync_card() -> ft.Control:
    """How the sync stands in a few words, and the way to the rest of it."""
    store, sync, outgoing = use_store(), use_sync(), use_outgoing()
    alone = bool(store.local) and len(store.local) == len(store.profiles or ())
    told = t("newcomers.here") if alone else name_status(sync.status, outgoing)
    row = way_row(t("syncing.title"), told, ft.Icons.SYNC_ROUNDED, routes.way_to(routes.SYNC))
    return card(row, padding=4)


@component
def _look_card() -> ft.Control:
    """Theme and text size; both apply at once and are kept."""
    carnets, ui = use_carnets(), use_ui()

    def change(**choices: object) -> None:
        ui.preferences = Preferences.model_validate({**ui.preferences.model_dump(), **choices})
        carnets.settings.save(ui.preferences)

    themes = {name: t(f"settings.theme_{name}") for name in ("system", "light", "dark")}
    sizes = {str(scale): t("settings.percent", value=round(scale * 100)) for scale in TEXT_SCALES}
    return card(
        ft.Column(
            [
                section_title(t("settings.theme")),
                choice_bar(themes, ui.preferences.theme, lambda value: change(theme=value)),
                section_title(t("settings.text_size")),
                choice_bar(sizes, str(ui.preferences.text_scale), lambda value: change(text_scale=float(value))),
                muted(t("settings.text_sample")),
            ],
            spacing=12,
        )
    )
