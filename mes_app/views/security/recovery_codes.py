"""The recovery code on screen, this once: large, in groups, each read letter by letter by a screen reader."""

from collections.abc import Callable

import flet as ft

from mes_app.i18n import t
from mes_app.services.recovery_sheets import split_groups
from mes_app.views.state import use_session, use_ui
from mes_app.views.theme import RADIUS
from mes_app.views.widgets.boundaries import component
from mes_app.views.widgets.loading import use_loaded
from mes_app.views.widgets.saving import save_button
from mes_app.views.widgets.texts import body, muted, page_title

CELL = 112
"""Three side by side on a phone; wide enough for the widest letters."""


@component
def code_shown(code: str, go_on: Callable[[], None]) -> ft.Control:
    """The code, its sheet to save, and the way on once it is noted."""
    session, scale = use_session(), use_ui().preferences.text_scale
    sheet = use_loaded(lambda: session.recovery_sheets.make(code), [code])
    groups = [_group(number, group, CELL * scale) for number, group in enumerate(split_groups(code), start=1)]
    return ft.Column(
        [
            page_title(t("security.recovery.shown_title")),
            body(t("security.recovery.shown_told")),
            ft.Row(groups, wrap=True, spacing=8, run_spacing=8),
            muted(t("security.recovery.not_kept")),
            save_button(sheet.value, t("security.recovery.sheet"), main=False),
            ft.FilledButton(t("security.recovery.copied"), on_click=go_on),
        ],
        spacing=16,
        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
    )


def _group(number: int, group: str, width: float) -> ft.Control:
    cell = ft.Container(
        ft.Column(
            [muted(str(number)), ft.Text(group, theme_style=ft.TextThemeStyle.HEADLINE_MEDIUM, no_wrap=True)],
            spacing=0,
            horizontal_alignment=ft.CrossAxisAlignment.CENTER,
        ),
        width=width,
        padding=8,
        border_radius=RADIUS,
        bgcolor=ft.Colors.SURFACE_CONTAINER_HIGH,
    )
    letters = t("security.recovery.group", number=number, letters=", ".join(group))
    return ft.Semantics(content=cell, label=letters, container=True, exclude_semantics=True)
