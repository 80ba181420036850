"""Tonal cards without shadows: a section, something empty, something that went wrong."""

from collections.abc import Callable, Sequence

import flet as ft

from mes_app.errors import MesError
from mes_app.i18n import t
from mes_app.i18n.explanations import explain
from mes_app.views.theme import RADIUS
from mes_app.views.widgets.texts import announced, muted, section_title

Handler = Callable[..., object]


def card(content: ft.Control, *, on_click: Handler | None = None, padding: int = 16, bgcolor: str = "") -> ft.Control:
    """A card around ``content``; the whole of it can be pressed when ``on_click`` is given."""
    around = ft.Container(
        content,
        padding=padding,
        border_radius=RADIUS,
        bgcolor=bgcolor or ft.Colors.SURFACE_CONTAINER_LOW,
        border=ft.Border.all(1, ft.Colors.OUTLINE_VARIANT) if not bgcolor else None,
        on_click=on_click,
        ink=on_click is not None,
        clip_behavior=ft.ClipBehavior.ANTI_ALIAS,
    )
    return ft.MergeSemantics(ft.Semantics(content=around, button=True)) if on_click else around


def section_card(title: str, controls: Sequence[ft.Control], *, more: tuple[str, Handler] | None = None) -> ft.Control:
    """A titled card over ``controls``; ``more`` is a text button at the right of the title: (words, handler)."""
    action = [ft.TextButton(more[0], on_click=more[1])] if more else []
    heading = ft.Row(
        [ft.Container(section_title(title), expand=True), *action], vertical_alignment=ft.CrossAxisAlignment.CENTER
    )
    return card(
        ft.Column(
            [ft.Container(heading, padding=ft.Padding.only(left=12, top=4 if more else 12)), *controls], spacing=4
        ),
        padding=4,
    )


def above_others(shown: ft.Control) -> ft.Control:
    """``shown`` with the space below it that a page leaves between its cards, for what may show nothing at all."""
    return ft.Container(shown, padding=ft.Padding.only(bottom=16))


def empty_state(icon: ft.IconData, what: str, *, action: tuple[str, Handler] | None = None) -> ft.Control:
    """What would be here, and the one thing to do about it: (words, handler)."""
    button = [ft.FilledTonalButton(action[0], on_click=action[1])] if action else []
    return ft.Container(
        ft.Column(
            [
                ft.Container(
                    ft.Icon(icon, size=32, color=ft.Colors.ON_PRIMARY_CONTAINER),
                    bgcolor=ft.Colors.PRIMARY_CONTAINER,
                    shape=ft.BoxShape.CIRCLE,
                    width=72,
                    height=72,
                    alignment=ft.Alignment.CENTER,
                ),
                muted(what, align=ft.TextAlign.CENTER),
                *button,
            ],
            horizontal_alignment=ft.CrossAxisAlignment.CENTER,
            spacing=16,
        ),
        padding=ft.Padding.symmetric(horizontal=32, vertical=48),
        alignment=ft.Alignment.CENTER,
    )


def error_card(error: MesError, *, retry: Handler | None = None) -> ft.Control:
    """What happened and what is safe, then what to do. ``retry`` adds a button that tries again."""
    said = explain(error)
    return problem_card(said.what, said.next, retry)


def notice_card(what: str, *, title: str = "", action: tuple[str, Handler] | None = None) -> ft.Control:
    """What deserves attention without being a fault; ``action``: (words, handler) of the one thing to do about it."""
    colour = ft.Colors.ON_TERTIARY_CONTAINER
    texts: list[ft.Control] = [ft.Text(what, theme_style=ft.TextThemeStyle.BODY_LARGE, color=colour)]
    if title:
        texts.insert(0, ft.Text(title, theme_style=ft.TextThemeStyle.TITLE_MEDIUM, color=colour))
    if action:
        texts.append(ft.FilledButton(action[0], on_click=action[1]))
    row = ft.Row(
        [ft.Icon(ft.Icons.WARNING_AMBER_ROUNDED, color=colour), ft.Column(texts, spacing=8, expand=True)],
        vertical_alignment=ft.CrossAxisAlignment.START,
        spacing=12,
    )
    return card(row, bgcolor=ft.Colors.TERTIARY_CONTAINER)


def unexpected_card(*, retry: Handler | None = None) -> ft.Control:
    """The card of a fault of ours."""
    return problem_card(t("app.unexpected"), t("app.unexpected_next"), retry)


def problem_card(what: str, then: str, retry: Handler | None = None) -> ft.Control:
    """What happened and what is safe, then what to do; read aloud as soon as it shows."""
    colour = ft.Colors.ON_ERROR_CONTAINER
    texts: list[ft.Control] = [
        ft.Text(what, theme_style=ft.TextThemeStyle.TITLE_MEDIUM, color=colour),
        ft.Text(then, theme_style=ft.TextThemeStyle.BODY_LARGE, color=colour),
    ]
    if retry:
        texts.append(ft.OutlinedButton(t("app.try_again"), on_click=retry))
    row = ft.Row(
        [ft.Icon(ft.Icons.ERROR_OUTLINE, color=colour), ft.Column(texts, spacing=8, expand=True)],
        vertical_alignment=ft.CrossAxisAlignment.START,
        spacing=12,
    )
    return announced(card(row, bgcolor=ft.Colors.ERROR_CONTAINER))
