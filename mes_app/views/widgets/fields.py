"""Fields of forms: the label above, the hint below, the error in the field's own words."""

from collections.abc import Awaitable, Callable
from typing import Any

import flet as ft

from mes_app.errors import MesError, Rejected
from mes_app.i18n import t
from mes_app.i18n.explanations import explain
from mes_app.views.theme import RADIUS
from mes_app.views.widgets.cards import error_card
from mes_app.views.widgets.commands import Command


def text_field(
    label: str,
    value: str,
    on_change: Callable[[str], Awaitable[None] | None],
    *,
    on_submit: Callable[[str], Awaitable[None]] | None = None,
    hint: str = "",
    error: str = "",
    **options: Any,
) -> ft.TextField:
    """A controlled field. The Enter key gives what it holds to ``on_submit``; ``options`` go to the TextField."""

    async def change(event: ft.Event[ft.TextField]) -> None:
        done = on_change(event.control.value)
        if done is not None:
            await done

    async def submit(event: ft.Event[ft.TextField]) -> None:
        if on_submit:
            await on_submit(event.control.value)

    return ft.TextField(
        label=label,
        value=value,
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


def main_button(words: str, command: Command, *, disabled: bool = False) -> ft.Control:
    """The one filled button of a screen, as wide as the form; a ring turns in it while ``command`` runs."""
    ring = ft.ProgressRing(width=20, height=20, stroke_width=2.5, semantics_label=t("app.loading"))
    return ft.FilledButton(
        words,
        icon=ring if command.running else None,
        on_click=command.run,
        disabled=disabled or command.running,
        width=float("inf"),
        style=ft.ButtonStyle(padding=18),
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
