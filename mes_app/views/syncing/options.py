"""One of two versions, to be chosen: read aloud as one radio button, pressed anywhere."""

from collections.abc import Callable

import flet as ft

from mes_app.views.theme import RADIUS
from mes_app.views.widgets.texts import body, muted


def option_row(
    whose: str, words: str, choose: Callable[[], None], *, chosen: bool, more: ft.Control | None = None
) -> ft.Control:
    """``words`` under the name of the version they are from; ``more`` below them. Chosen, it is marked and framed."""
    sign = ft.Icons.RADIO_BUTTON_CHECKED if chosen else ft.Icons.RADIO_BUTTON_UNCHECKED
    colour = ft.Colors.PRIMARY if chosen else ft.Colors.ON_SURFACE_VARIANT
    texts = ft.Column([muted(whose), body(words), *([more] if more else [])], spacing=4, expand=True)
    row = ft.Row([ft.Icon(sign, color=colour), texts], spacing=12, vertical_alignment=ft.CrossAxisAlignment.START)
    around = ft.Container(
        row,
        padding=16,
        border_radius=RADIUS,
        border=ft.Border.all(2 if chosen else 1, ft.Colors.PRIMARY if chosen else ft.Colors.OUTLINE),
        bgcolor=ft.Colors.PRIMARY_CONTAINER if chosen else ft.Colors.SURFACE_CONTAINER_LOW,
        on_click=choose,
        ink=True,
    )
    return ft.MergeSemantics(ft.Semantics(content=around, button=True, checked=chosen))
