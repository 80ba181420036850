"""What a person agrees to before something goes for good: said in full beside the box that is ticked."""

from collections.abc import Callable

import flet as ft

from mes_app.views.theme import TARGET
from mes_app.views.widgets.texts import body, muted


def consent(
    words: str, on_change: Callable[[bool], object], *, given: bool, told: str = "", key: str | None = None
) -> ft.Control:
    """A box to tick, read aloud together with ``words``, which a press also ticks and which wrap when they are long.

    ``told`` is said below them. ``key`` tells it from others of a list.
    """

    def change(event: ft.Event[ft.Checkbox]) -> None:
        on_change(bool(event.control.value))

    def toggle() -> None:
        on_change(not given)

    box = ft.Checkbox(value=given, on_change=change, width=TARGET, height=TARGET)
    texts = ft.Column([body(words), *([muted(told)] if told else [])], spacing=0)
    said = ft.Container(texts, on_click=toggle, expand=True)
    return ft.MergeSemantics(ft.Row([box, said], spacing=8), key=key)
