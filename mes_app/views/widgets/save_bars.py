"""The bar below a page that scrolls: what saves it is always in sight."""

from collections.abc import Sequence

import flet as ft

from mes_app.views.state import use_ui
from mes_app.views.widgets.shell import READING_WIDTH


def save_bar(controls: Sequence[ft.Control]) -> ft.Control:
    """``controls`` one below the other, as wide as what is read above."""
    content = ft.Column([*controls], spacing=8, tight=True, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)
    inside = ft.Container(content, expand=True, expand_loose=True, width=READING_WIDTH)
    return ft.Container(
        ft.Row([inside], alignment=ft.MainAxisAlignment.CENTER),
        padding=ft.Padding.symmetric(horizontal=use_ui().margin, vertical=12),
        bgcolor=ft.Colors.SURFACE_CONTAINER,
    )
