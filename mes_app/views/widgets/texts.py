"""Text by its role on the page. Colours are roles of the theme, sizes follow the person's text size."""

from collections.abc import Sequence

import flet as ft

Style = ft.TextThemeStyle


def page_title(text: str) -> ft.Control:
    """The one main heading of a screen."""
    return _heading(text, Style.HEADLINE_MEDIUM, 1)


def section_title(text: str) -> ft.Control:
    """The heading of a part of a screen."""
    return _heading(text, Style.TITLE_MEDIUM, 2)


def body(text: str, *, align: ft.TextAlign = ft.TextAlign.START) -> ft.Control:
    """Running text."""
    return ft.Text(text, theme_style=Style.BODY_LARGE, text_align=align)


def muted(text: str, *, align: ft.TextAlign = ft.TextAlign.START, lines: int | None = None) -> ft.Control:
    """What comes second: dates, authors, hints. Cut with an ellipsis after ``lines``."""
    return ft.Text(
        text,
        theme_style=Style.BODY_MEDIUM,
        color=ft.Colors.ON_SURFACE_VARIANT,
        text_align=align,
        max_lines=lines,
        overflow=ft.TextOverflow.ELLIPSIS if lines else ft.TextOverflow.CLIP,
    )


def bullets(texts: Sequence[str]) -> ft.Control:
    """Short texts one below the other, each behind a dot."""
    lines: list[ft.Control] = [
        ft.Row([body("•"), ft.Container(body(text), expand=True)], vertical_alignment=ft.CrossAxisAlignment.START)
        for text in texts
    ]
    return ft.Column(lines, spacing=8)


def one_line(text: str, *, strong: bool = False) -> ft.Control:
    """A name on one line, cut with an ellipsis; ``strong`` in semibold."""
    return ft.Text(
        text,
        theme_style=Style.TITLE_MEDIUM if strong else Style.BODY_LARGE,
        max_lines=1,
        overflow=ft.TextOverflow.ELLIPSIS,
    )


def short_title(text: str, *, strong: bool = False, lines: int | None = 2) -> ft.Control:
    """The title of a row, cut with an ellipsis after ``lines``; ``strong`` in semibold."""
    return ft.Text(
        text,
        theme_style=Style.TITLE_MEDIUM if strong else Style.BODY_LARGE,
        max_lines=lines,
        overflow=ft.TextOverflow.ELLIPSIS if lines else ft.TextOverflow.CLIP,
    )


def _heading(text: str, style: ft.TextThemeStyle, level: int) -> ft.Control:
    return ft.Semantics(content=ft.Text(text, theme_style=style), header=True, heading_level=level, container=True)
