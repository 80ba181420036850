"""The keyboard goes where something is to be corrected, as soon as a form says so."""

import flet as ft


def use_focus(field: ft.TextField, *, wrong: bool) -> None:
    """Give ``field`` the keyboard each time it becomes ``wrong``. A hook: part of every drawing of its component."""
    drawn: ft.MutableRef[ft.TextField] = ft.use_ref(field)
    drawn.current = field

    async def take() -> None:
        if wrong:
            await drawn.current.focus()

    ft.use_effect(take, [wrong])
