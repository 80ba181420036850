"""A pad of ten keys for the PIN, which a hardware keyboard can also fill. What is typed is never shown."""

from collections.abc import Awaitable, Callable

import flet as ft

from mes_app.i18n import t
from mes_app.views.theme import SEMIBOLD
from mes_app.views.widgets.boundaries import component

KEY = 64
LONGEST = 16
_ROWS = (("1", "2", "3"), ("4", "5", "6"), ("7", "8", "9"))


@component
def pin_pad(value: str, on_change: Callable[[str], object], on_submit: Callable[[str], Awaitable[None]]) -> ft.Control:
    """Dots for what is typed, then the keys. The Enter key of a keyboard calls ``on_submit``."""
    latest: ft.MutableRef[str] = ft.use_ref("")
    latest.current = value

    def change(typed: str) -> None:
        """Keys may come faster than the screen is drawn: what is typed is kept here at once."""
        latest.current = typed
        on_change(typed)

    def press(digit: str) -> None:
        change((latest.current + digit)[:LONGEST])

    def erase() -> None:
        change(latest.current[:-1])

    async def submit() -> None:
        await on_submit(latest.current)

    _use_keyboard(press, erase, submit)
    rows = [[_digit_key(digit, press) for digit in row] for row in _ROWS]
    rows.append([ft.Container(width=KEY), _digit_key("0", press), _erase_key(erase)])
    return ft.Column(
        [
            _dots(len(value)),
            ft.Container(height=8),
            *(ft.Row(row, alignment=ft.MainAxisAlignment.CENTER, spacing=24) for row in rows),
        ],
        spacing=12,
        horizontal_alignment=ft.CrossAxisAlignment.CENTER,
    )


def _use_keyboard(
    press: Callable[[str], None], erase: Callable[[], None], submit: Callable[[], Awaitable[None]]
) -> None:
    page = ft.context.page

    async def heard(event: ft.KeyboardEvent) -> None:
        key = event.key.removeprefix("Numpad ")
        if key.isdecimal() and len(key) == 1:
            press(key)
        elif key == "Backspace":
            erase()
        elif key == "Enter":
            await submit()

    def listen() -> None:
        page.on_keyboard_event = heard

    def stop() -> None:
        page.on_keyboard_event = None

    ft.use_effect(listen, None, cleanup=stop)


def _dots(count: int) -> ft.Control:
    dots: list[ft.Control] = [
        ft.Container(
            width=14,
            height=14,
            shape=ft.BoxShape.CIRCLE,
            bgcolor=ft.Colors.PRIMARY if place < count else None,
            border=ft.Border.all(2, ft.Colors.PRIMARY if place < count else ft.Colors.OUTLINE),
        )
        for place in range(max(count, 6))
    ]
    row = ft.Row(dots, alignment=ft.MainAxisAlignment.CENTER, spacing=12, wrap=True)
    return ft.Semantics(content=row, label=t("lock.typed", count=count), live_region=True, exclude_semantics=True)


def _digit_key(digit: str, press: Callable[[str], None]) -> ft.Control:
    style = ft.ButtonStyle(
        shape=ft.CircleBorder(),
        padding=0,
        text_style=ft.TextStyle(size=26, font_family=SEMIBOLD),
    )
    return ft.FilledTonalButton(digit, width=KEY, height=KEY, style=style, on_click=lambda: press(digit))


def _erase_key(erase: Callable[[], None]) -> ft.Control:
    icon = ft.Icon(ft.Icons.BACKSPACE_OUTLINED, semantics_label=t("lock.erase"))
    return ft.IconButton(icon, width=KEY, height=KEY, on_click=erase)
