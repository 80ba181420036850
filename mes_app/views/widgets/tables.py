"""Rows and columns of text. On a phone each row becomes a small card: no table is read by scrolling sideways."""

from collections.abc import Sequence

import flet as ft

from mes_app.views.theme import SEMIBOLD
from mes_app.views.widgets.texts import body, muted

WIDEST = 6
"""More columns than that are told as cards on any screen."""
NARROWEST = 2


def text_table(
    header: Sequence[str], rows: Sequence[Sequence[str]], *, caption: str = "", wide: bool = True
) -> ft.Control:
    """``rows`` under ``header``, which may be empty; each row is read aloud as one sentence."""
    columns = max((len(row) for row in [header, *rows]), default=0)
    as_grid = columns <= (WIDEST if wide else NARROWEST)
    lines = [_row(header, row) if as_grid else _card(header, row) for row in rows]
    head = [_head(header)] if as_grid and any(header) else []
    title = [ft.Text(caption, theme_style=ft.TextThemeStyle.BODY_LARGE, font_family=SEMIBOLD)] if caption else []
    return ft.Column([*title, *head, *lines], spacing=0, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)


def ruled(content: ft.Control) -> ft.Control:
    """One line of a table, with a rule below it."""
    return ft.Container(
        content,
        padding=ft.Padding.symmetric(vertical=10),
        border=ft.Border.only(bottom=ft.BorderSide(1, ft.Colors.OUTLINE_VARIANT)),
    )


def told(content: ft.Control, words: str) -> ft.Control:
    """``content``, read aloud as ``words``."""
    return ft.Semantics(content=content, label=words, container=True, exclude_semantics=True)


def _head(header: Sequence[str]) -> ft.Control:
    cells: list[ft.Control] = [ft.Container(_label(words), expand=True) for words in header]
    return ft.Semantics(content=ruled(ft.Row(cells, spacing=12)), exclude_semantics=True)


def _row(header: Sequence[str], row: Sequence[str]) -> ft.Control:
    cells: list[ft.Control] = [ft.Container(body(words), expand=True) for words in row]
    line = ft.Row(cells, spacing=12, vertical_alignment=ft.CrossAxisAlignment.START)
    return told(ruled(line), _tell(header, row))


def _card(header: Sequence[str], row: Sequence[str]) -> ft.Control:
    parts: list[ft.Control] = []
    for rank, words in enumerate(row):
        if words:
            name = header[rank] if rank < len(header) else ""
            parts.append(ft.Column([*([_label(name)] if name else []), body(words)], spacing=0))
    return told(ruled(ft.Column(parts, spacing=6)), _tell(header, row))


def _label(words: str) -> ft.Control:
    return muted(words)


def _tell(header: Sequence[str], row: Sequence[str]) -> str:
    """« Analyse : Glucose, Résultat : 1,26 g/L »."""
    names = [*header, *[""] * (len(row) - len(header))]
    return ", ".join(f"{name} : {words}" if name else words for name, words in zip(names, row, strict=False) if words)
