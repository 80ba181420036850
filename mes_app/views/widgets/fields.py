"""Fields of forms: the label above, the hint below, the error in the field's own words."""

from collections.abc import Awaitable, Callable
from typing import Any

import flet as ft

from mes_app.errors import MesError, Rejected
from mes_app.i18n import t
from mes_app.i18n.explanations import explain
from mes_app.views.theme import RADIUS, TARGET
from mes_app.views.widgets.cards import error_card
from mes_app.views.widgets.commands import Command


def text_field(
    label: str,
    value: str,
    on_change: Callable[[str], Awaitable[None] | None],
    *,
    on_submit: Callable[[str], Awaitable[None]] | None = None,
    hint: str = "",
    error: str | ft.Control = "",
    **options: Any,
) -> ft.TextField:
    """A controlled field. The Enter key gives what it holds to ``on_submit``; ``options`` go to the TextField.

    With ``error`` it is red: words, or a control where they are said elsewhere.

    Uses hooks: part of every drawing of its component.
    """
    drawn: ft.MutableRef[ft.TextField | None] = ft.use_ref()
    told: ft.MutableRef[str] = ft.use_ref("")

    async def change(event: ft.Event[ft.TextField]) -> None:
        told.current = event.control.value
        done = on_change(event.control.value)
        if done is not None:
            await done

    async def submit(event: ft.Event[ft.TextField]) -> None:
        if on_submit:
            await on_submit(event.control.value)

    newest = drawn.current.value if drawn.current and value == told.current else value
    told.current = value
    field = ft.TextField(
        label=label,
        value=newest,  # a key may have been typed since: drawing what came before it would take it back
        on_change=change,
        on_submit=submit,
        helper=hint or None,
        helper_max_lines=4,
        error=error or None,
        error_max_lines=6,
        border=ft.OutlineInputBorder(border_radius=RADIUS),
        content_padding=ft.Padding.symmetric(horizontal=16, vertical=18),
        **options,
    )
    drawn.current = field
    return field


def secret_field(
    label: str, value: str, on_change: Callable[[str], Awaitable[None] | None], **options: Any
) -> ft.TextField:
    """A field that hides what is typed, with a named button that shows it. Uses hooks, as ``text_field``.

    Flet's own button has no name and is out of reach of the keyboard.
    """
    shown, set_shown = ft.use_state(False)
    icon = ft.Icons.VISIBILITY_OFF_OUTLINED if shown else ft.Icons.VISIBILITY_OUTLINED
    button = ft.IconButton(
        ft.Icon(icon, semantics_label=t("app.hide_secret" if shown else "app.show_secret")),
        on_click=lambda: set_shown(not shown),
        width=TARGET,
        height=TARGET,
    )
    return text_field(label, value, on_change, password=not shown, suffix_icon=button, **options)


def main_button(words: str, command: Command, *, disabled: bool = False, wide: bool = True) -> ft.Control:
    """The one filled button of a screen, as wide as it or, if not ``wide``, as its words; a ring turns in it while
    ``command`` runs.
    """
    ring = ft.ProgressRing(width=20, height=20, stroke_width=2.5, semantics_label=t("app.loading"))
    return ft.FilledButton(
        words,
        icon=ring if command.running else None,
        on_click=command.run,
        disabled=disabled or command.running,
        width=float("inf") if wide else None,
        style=ft.ButtonStyle(padding=ft.Padding.symmetric(horizontal=18, vertical=18 if wide else 14)),
    )


def read_field_error(error: MesError | None) -> str:
    """The words for the field when ``error`` asks to correct it, else nothing."""
    if not isinstance(error, Rejected):
        return ""
    said = explain(error)
    return f"{said.what} {said.next}"


def other_error(error: MesError | None) -> list[ft.Control]:
    """A card for what no field can correct; an empty list otherwise."""
    return [error_card(error)] if error and not isinstance(error, Rejected) else []
