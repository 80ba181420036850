"""What surrounds an input: its label above, its hint and what is wrong with it below."""

from collections.abc import Sequence

import flet as ft

from mes_app.domain.forms import Input
from mes_app.i18n import find, t
from mes_app.views.theme import SEMIBOLD
from mes_app.views.widgets.texts import announced, muted


def name_input(asked: Input) -> str:
    """« Depuis », « Depuis (facultatif) »: what must be filled goes without saying."""
    label = t(asked.label)
    return label if asked.required else t("forms.optional", label=label)


def hint_input(asked: Input) -> str:
    """What helps to fill it; empty where nothing does."""
    return find(f"forms.hints.{asked.label.removeprefix('sections.')}") or find(f"forms.hints.{asked.kind}") or ""


def labelled(asked: Input, content: ft.Control, *, error: str = "", hint: str | None = None) -> ft.Control:
    """``content`` below the name of ``asked``. ``hint``: another than its own."""
    told = hint_input(asked) if hint is None else hint
    below = [_tell_error(error)] if error else [ft.Semantics(content=muted(told), container=True)] if told else []
    return ft.Column([tell_name(asked), content, *below], spacing=6, tight=True, horizontal_alignment=_STRETCH)


def tell_name(asked: Input) -> ft.Control:
    """Its name for the eye; the control below says it to a screen reader."""
    words = ft.Text(name_input(asked), theme_style=ft.TextThemeStyle.BODY_LARGE, font_family=SEMIBOLD)
    return ft.Semantics(content=words, exclude_semantics=True)


def grouped(asked: Input, controls: Sequence[ft.Control]) -> ft.Control:
    """``controls`` that are one input together, named together for a screen reader."""
    row = ft.Row([*controls], spacing=8, run_spacing=8, wrap=True, vertical_alignment=ft.CrossAxisAlignment.CENTER)
    return ft.Semantics(content=row, label=name_input(asked), container=True)


_STRETCH = ft.CrossAxisAlignment.STRETCH


def _tell_error(error: str) -> ft.Control:
    words = ft.Text(error, theme_style=ft.TextThemeStyle.BODY_MEDIUM, color=ft.Colors.ERROR)
    sign = ft.Icon(ft.Icons.ERROR_OUTLINE, size=18, color=ft.Colors.ERROR)
    row = ft.Row([sign, ft.Container(words, expand=True)], spacing=6, vertical_alignment=ft.CrossAxisAlignment.START)
    return announced(row)
