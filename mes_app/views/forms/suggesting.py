"""What may be meant, below the field where it is being typed: a press takes it, and typing anything else goes on."""

from collections.abc import Awaitable, Callable

import flet as ft

from mes_app.domain.suggestions import accept, suggest
from mes_app.i18n import t
from mes_app.views.theme import TARGET
from mes_app.views.widgets.texts import announced, muted


def suggested(
    named: ft.Control, field: ft.TextField, listed: str, value: str, change: Callable[[str], Awaitable[None]]
) -> ft.Control:
    """``named`` above what the list ``listed`` proposes for ``value``; a choice gives ``field`` the keyboard back.

    They come after the field for the Tab key and a screen reader, which hears that there are some.

    Uses hooks: part of every drawing of its component.
    """
    drawn: ft.MutableRef[ft.TextField] = ft.use_ref(field)
    drawn.current = field

    def button(words: str) -> ft.Control:
        async def take() -> None:
            await change(accept(value, words))
            await drawn.current.focus()

        return ft.OutlinedButton(words, on_click=take, height=TARGET)

    proposed = suggest(listed, value)
    told = announced(muted(t("forms.suggestions")))
    buttons = ft.Row([button(words) for words in proposed], spacing=8, run_spacing=8, wrap=True)
    below = ft.Semantics(content=buttons, label=t("forms.suggestions"), container=True)
    shown = [named, told, below] if proposed else [named]
    return ft.Column(shown, spacing=6, tight=True, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)
