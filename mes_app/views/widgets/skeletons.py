"""What shows while a slow reading lasts: the shape of what comes, still, so that nothing blinks."""

import flet as ft

from mes_app.i18n import t
from mes_app.views.theme import RADIUS


def skeleton_rows(count: int = 6) -> ft.Control:
    """The shape of a list of rows."""
    return ft.Semantics(
        content=ft.Column([_row() for _ in range(count)], spacing=0), label=t("app.loading"), exclude_semantics=True
    )


def _row() -> ft.Control:
    lines = ft.Column([_bar(180), _bar(110)], spacing=8, alignment=ft.MainAxisAlignment.CENTER)
    return ft.Container(
        ft.Row([_bar(40, 40), lines], spacing=16), height=72, padding=ft.Padding.symmetric(horizontal=16)
    )


def _bar(width: int, height: int = 14) -> ft.Control:
    return ft.Container(
        width=width, height=height, bgcolor=ft.Colors.SURFACE_CONTAINER_HIGH, border_radius=min(RADIUS, height // 2)
    )
