"""The bar below a page that scrolls: what saves it is always in sight."""

from collections.abc import Sequence

import flet as ft

from mes_app.views.state import use_store, use_ui
from mes_app.views.widgets.shell import READING_WIDTH

_NOTICE_HEIGHT = 64


def use_notice_room() -> float:
    """Pixels at the lower edge that the bar which says what was done covers right now."""
    scale = use_ui().preferences.text_scale
    return _NOTICE_HEIGHT * scale if use_store().notice else 0


def save_bar(controls: Sequence[ft.Control]) -> ft.Control:
    """``controls`` one below the other, as wide as what is read above; above what is said while it shows."""
    ui, below = use_ui(), use_notice_room()
    content = ft.Column([*controls], spacing=8, tight=True, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)
    inside = ft.Container(content, expand=True, expand_loose=True, width=READING_WIDTH)
    return ft.Container(
        ft.Row([inside], alignment=ft.MainAxisAlignment.CENTER),
        padding=ft.Padding.only(left=ui.margin, right=ui.margin, top=12, bottom=12 + below),
        bgcolor=ft.Colors.SURFACE_CONTAINER,
    )
