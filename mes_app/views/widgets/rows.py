"""Rows of lists, 72 pixels high at the usual text size and growing with it, and the headings between them."""

from collections.abc import Callable

import flet as ft

from mes_app.domain.record import Row
from mes_app.i18n import month, t
from mes_app.views.theme import RADIUS
from mes_app.views.widgets.texts import Hits, muted, short_title

ROW_HEIGHT = 72


def list_row(
    title: str,
    subtitle: str = "",
    *,
    title_hits: Hits = (),
    subtitle_hits: Hits = (),
    below: ft.Control | None = None,
    icon: ft.IconData | None = None,
    leading: ft.Control | None = None,
    trailing: ft.Control | None = None,
    strong: bool = False,
    selected: bool = False,
    lines: int | None = 2,
    on_click: Callable[..., object] | None = None,
    on_long_press: Callable[..., object] | None = None,
) -> ft.Control:
    """One row. ``icon`` is tinted with the person's colour; ``strong`` for what is unread; read aloud as one button.

    Title and subtitle are each cut after ``lines``, and what was looked for stands out in them. ``below`` comes under
    the subtitle.
    """
    told = [muted(subtitle, lines=lines, hits=subtitle_hits)] if subtitle else []
    words = [*told, *([below] if below else [])]
    tile = ft.ListTile(
        title=short_title(title, strong=strong, lines=lines, hits=title_hits),
        subtitle=ft.Column(words, spacing=2, tight=True) if len(words) > 1 else words[0] if words else None,
        leading=leading or (tinted_icon(icon) if icon else None),
        trailing=trailing,
        content_padding=ft.Padding.symmetric(horizontal=12),
        min_height=ROW_HEIGHT,
        title_alignment=ft.ListTileTitleAlignment.CENTER,
        shape=ft.RoundedRectangleBorder(radius=RADIUS),
        selected=selected,
        selected_tile_color=ft.Colors.SECONDARY_CONTAINER,
        on_click=on_click,
        on_long_press=on_long_press,
    )
    return ft.Semantics(content=tile, container=True)  # alone on its page, it would melt into what surrounds it


def way_row(title: str, hint: str, icon: ft.IconData, on_click: Callable[[], object]) -> ft.Control:
    """A row that leads somewhere. Its words are never cut, however large the text."""
    chevron = ft.Icon(ft.Icons.CHEVRON_RIGHT_ROUNDED, color=ft.Colors.ON_SURFACE_VARIANT)
    return list_row(title, hint, icon=icon, strong=True, trailing=chevron, lines=None, on_click=on_click)


def choice_mark() -> ft.Control:
    """On the row of a record of which two versions wait for a choice."""
    return ft.Icon(ft.Icons.CALL_SPLIT_ROUNDED, color=ft.Colors.ERROR, semantics_label=t("sync.choice"))


def tinted_icon(icon: ft.IconData, *, size: int = 40) -> ft.Control:
    """An icon on a square of the person's colour; silent for screen readers."""
    square = ft.Container(
        ft.Icon(icon, size=size * 0.55, color=ft.Colors.ON_PRIMARY_CONTAINER),
        width=size,
        height=size,
        bgcolor=ft.Colors.PRIMARY_CONTAINER,
        border_radius=size // 4,
        alignment=ft.Alignment.CENTER,
    )
    return ft.Semantics(content=square, exclude_semantics=True)


def month_heading(text: str) -> ft.Control:
    """The heading of a month in a list."""
    heading = ft.Text(text, theme_style=ft.TextThemeStyle.LABEL_MEDIUM, color=ft.Colors.ON_SURFACE_VARIANT)
    return ft.Semantics(
        content=ft.Container(heading, padding=ft.Padding.only(left=12, top=16, bottom=4)), header=True, heading_level=2
    )


def month_of(row: Row) -> str:
    """The words of the month of a row: « novembre 2026 »; empty without a date."""
    when = row.date.day if row.date else None
    return month(when) if when else ""
