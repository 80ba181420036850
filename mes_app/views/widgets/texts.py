"""Text by its role on the page. Colours are roles of the theme, sizes follow the person's text size."""

from collections.abc import Sequence
from typing import Any

import flet as ft

Style = ft.TextThemeStyle
Hits = Sequence[tuple[int, int]]
"""Parts of a text (start, end): what was looked for."""


def page_title(text: str) -> ft.Control:
    """The one main heading of a screen."""
    return _heading(text, Style.HEADLINE_MEDIUM, 1)


def form_title(text: str) -> ft.Control:
    """The main heading of a screen where it shares its line with a button."""
    return _heading(text, Style.TITLE_LARGE, 1)


def section_title(text: str) -> ft.Control:
    """The heading of a part of a screen."""
    return _heading(text, Style.TITLE_MEDIUM, 2)


def body(text: str, *, align: ft.TextAlign = ft.TextAlign.START) -> ft.Control:
    """Running text."""
    return ft.Text(text, theme_style=Style.BODY_LARGE, text_align=align)


def muted(
    text: str, *, align: ft.TextAlign = ft.TextAlign.START, lines: int | None = None, hits: Hits = ()
) -> ft.Control:
    """What comes second: dates, authors, hints. Cut with an ellipsis after ``lines``; ``hits`` stand out."""
    return ft.Text(
        **_words(text, hits),
        theme_style=Style.BODY_MEDIUM,
        color=ft.Colors.ON_SURFACE_VARIANT,
        text_align=align,
        max_lines=lines,
        overflow=ft.TextOverflow.ELLIPSIS if lines else ft.TextOverflow.CLIP,
    )


def wrong(text: str) -> ft.Control:
    """What is to be corrected."""
    return announced(ft.Text(text, theme_style=Style.BODY_MEDIUM, color=ft.Colors.ERROR))


def announced(told: ft.Control, *, label: str = "") -> ft.Control:
    """``told`` as a screen reader says it as soon as it shows or changes; in the words of ``label`` if there are any.

    A node of its own: as a part of what surrounds it, it would not be heard.
    """
    if label:
        return ft.Semantics(content=told, label=label, live_region=True, container=True, exclude_semantics=True)
    return ft.Semantics(content=told, live_region=True, container=True)


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


def short_title(text: str, *, strong: bool = False, lines: int | None = 2, hits: Hits = ()) -> ft.Control:
    """The title of a row, cut with an ellipsis after ``lines``; ``strong`` in semibold; ``hits`` stand out."""
    return ft.Text(
        **_words(text, hits),
        theme_style=Style.TITLE_MEDIUM if strong else Style.BODY_LARGE,
        max_lines=lines,
        overflow=ft.TextOverflow.ELLIPSIS if lines else ft.TextOverflow.CLIP,
    )


def _words(text: str, hits: Hits) -> dict[str, Any]:
    """``text`` as a Text takes it; its ``hits`` stand out by their weight, not by a colour alone."""
    if not hits:
        return {"value": text}
    hit = ft.TextStyle(
        weight=ft.FontWeight.W_700, color=ft.Colors.ON_TERTIARY_CONTAINER, bgcolor=ft.Colors.TERTIARY_CONTAINER
    )
    spans, end = [], 0
    for start, stop in hits:
        spans += [ft.TextSpan(text[end:start]), ft.TextSpan(text[start:stop], style=hit)]
        end = stop
    return {"spans": [*spans, ft.TextSpan(text[end:])], "semantics_label": text}


def _heading(text: str, style: ft.TextThemeStyle, level: int) -> ft.Control:
    return ft.Semantics(content=ft.Text(text, theme_style=style), header=True, heading_level=level, container=True)
