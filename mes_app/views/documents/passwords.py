"""Ask for the password of a document. It is used once and kept nowhere."""

from collections.abc import Awaitable, Callable

import flet as ft

from mes_app.i18n import t
from mes_app.i18n.explanations import explain
from mes_app.services.previews import Preview
from mes_app.views.state import use_ui
from mes_app.views.theme import TARGET
from mes_app.views.widgets.boundaries import component
from mes_app.views.widgets.commands import use_command
from mes_app.views.widgets.texts import body, muted

FORM_WIDTH = 420

Open = Callable[[str], Awaitable[Preview]]


@component
def password_form(open_document: Open, show: Callable[[Preview], None]) -> ft.Control:
    """The field and its button; what ``open_document`` gives is handed to ``show``."""
    typed, type_in = ft.use_state("")

    async def send() -> None:
        if typed:
            preview = await open_document(typed)
            type_in("")
            show(preview)

    command = use_command(send)
    field = ft.TextField(
        value=typed,
        label=t("reading.password"),
        password=True,
        can_reveal_password=True,
        autofocus=True,
        error=explain(command.error).what if command.error else None,
        on_change=lambda event: type_in(event.control.value or ""),
        on_submit=command.run,
    )
    button = ft.FilledButton(
        t("reading.password_open"),
        icon=ft.Icons.LOCK_OPEN_ROUNDED,
        on_click=command.run,
        disabled=command.running or not typed,
        height=TARGET,
    )
    asked = [
        _apart(body(t("errors.unreadable.password_protected.what"))),
        field,
        _apart(muted(t("reading.password_note"))),
        button,
    ]
    column = ft.Column(asked, spacing=16, width=FORM_WIDTH, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)
    held = ft.Row([column], alignment=ft.MainAxisAlignment.CENTER, wrap=True)
    return ft.ListView([held], padding=use_ui().margin, expand=True)


def _apart(words: ft.Control) -> ft.Control:
    """Read on its own, and not as part of the name of the field."""
    return ft.Semantics(content=words, container=True)
