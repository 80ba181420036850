"""The frame of the screens before the records: one question, one button, nothing of anybody's record."""

from collections.abc import Sequence

import flet as ft

from mes_app.i18n import t
from mes_app.views.state import use_ui
from mes_app.views.theme import RADIUS
from mes_app.views.widgets.texts import muted, page_title

FORM_WIDTH = 440


def entrance_view(route: str, title: str, hint: str, controls: Sequence[ft.Control], *, back: bool = True) -> ft.View:
    """A view with one question. Uses hooks: call it once, at the end of a screen. ``back``: shows the way back."""
    wide = use_ui().rail
    heading = [page_title(title), *([muted(hint)] if hint else []), ft.Container(height=4)]
    form = ft.Column([*heading, *controls], spacing=16, tight=True, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)
    card = ft.Container(
        form,
        width=FORM_WIDTH if wide else None,
        padding=ft.Padding.all(32) if wide else ft.Padding.only(left=24, right=24, bottom=24, top=8),
        border_radius=RADIUS * 2,
        bgcolor=ft.Colors.SURFACE_CONTAINER_LOW if wide else None,
        border=ft.Border.all(1, ft.Colors.OUTLINE_VARIANT) if wide else None,
    )
    return ft.View(
        route=route,
        padding=0,
        scroll=ft.ScrollMode.AUTO,
        appbar=ft.AppBar(title=ft.Text(t("app.name")), automatically_imply_leading=back, center_title=not wide),
        horizontal_alignment=ft.CrossAxisAlignment.CENTER if wide else ft.CrossAxisAlignment.STRETCH,
        controls=[ft.Container(height=48 if wide else 0), ft.SafeArea(card)],
    )
