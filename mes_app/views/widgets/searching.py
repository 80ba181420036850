"""Looking for something in a list that answers while one types: the field, and what stays on screen meanwhile."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

import flet as ft

from mes_app.i18n import t
from mes_app.views.theme import TARGET
from mes_app.views.widgets.fields import text_field

T = TypeVar("T")


def search_field(
    label: str, text: str, change: Callable[[str], None], submit: Callable[[str], Awaitable[None]]
) -> ft.Control:
    """What is looked for, which a button and the Escape key clear; the Enter key gives it to ``submit``.

    Uses hooks, as ``text_field``.
    """
    take, leave = _use_escape(lambda: change(""))
    clear = ft.IconButton(
        ft.Icon(ft.Icons.CLOSE_ROUNDED, semantics_label=t("search.clear")),
        on_click=lambda: change(""),
        width=TARGET,
        height=TARGET,
    )
    return text_field(
        label,
        text,
        change,
        on_submit=submit,
        prefix_icon=ft.Icons.SEARCH_ROUNDED,
        suffix_icon=clear if text else None,
        autocorrect=False,
        width=float("inf"),
        on_focus=take,
        on_blur=leave,
    )


def use_latest(pid: str, value: T | None) -> T | None:
    """``value``, or while it is read again the one shown just before, of the same profile: typing must not blink."""
    nothing: tuple[str, T | None] = (pid, None)
    ref: ft.MutableRef[tuple[str, T | None]] = ft.use_ref(nothing)
    if value is not None or ref.current[0] != pid:
        ref.current = (pid, value)
    latest: T | None = ref.current[1]
    return latest


def _use_escape(act: Callable[[], None]) -> tuple[Callable[[], None], Callable[[], None]]:
    """What a field calls as it takes the focus, for the Escape key to do ``act``, and as it gives the focus back.

    The page listens for as long as the field is there: in Flet 1.0.5 it is built anew as it begins or ends to, and what
    the Tab key has just reached loses the focus.
    """
    page = ft.context.page
    latest: ft.MutableRef[Callable[[], None]] = ft.use_ref()
    latest.current = act
    focused: ft.MutableRef[bool] = ft.use_ref(False)
    listening: ft.MutableRef[Callable[[ft.KeyboardEvent], None]] = ft.use_ref()

    def listen() -> None:
        def heard(event: ft.KeyboardEvent) -> None:
            if focused.current and event.key == "Escape":
                latest.current()

        page.on_keyboard_event = listening.current = heard

    def stop() -> None:
        if page.on_keyboard_event is listening.current:  # what took its place may hear by now
            page.on_keyboard_event = None

    def hold(taken: bool) -> None:
        focused.current = taken

    ft.use_effect(listen, [], cleanup=stop)
    return lambda: hold(True), lambda: hold(False)
