"""A pad of ten keys for the PIN, which a hardware keyboard can also fill. What is typed is never shown."""

from collections.abc import Awaitable, Callable

import flet as ft

from mes_app.i18n import t
from mes_app.views.theme import SEMIBOLD
from mes_app.views.widgets.boundaries import component
from mes_app.views.widgets.texts import announced

KEY = 64
SHORTEST, LONGEST = 6, 16
_ROWS = (("1", "2", "3"), ("4", "5", "6"), ("7", "8", "9"))


@component
def pin_pad(
    value: str,
    on_change: Callable[[str], object],
    on_submit: Callable[[str], Awaitable[None]],
    *,
    disabled: bool = False,
) -> ft.Control:
    """Dots for what is typed, then the keys. The Enter key of a keyboard calls ``on_submit`` with a whole PIN.

    ``disabled``: it neither takes nor hears anything, as while another screen lies above.
    """
    latest: ft.MutableRef[str] = ft.use_ref("")
    latest.current = value
    pressing: ft.MutableRef[bool] = ft.use_ref(False)

    def change(typed: str) -> None:
        """Keys may come faster than the screen is drawn: what is typed is kept here at once."""
        latest.current = typed
        on_change(typed)

    def press(digit: str) -> None:
        change((latest.current + digit)[:LONGEST])

    def erase() -> None:
        change(latest.current[:-1])

    async def submit() -> None:
        if len(latest.current) >= SHORTEST and not pressing.current:
            await on_submit(latest.current)

    def note_focus() -> None:
        """On a key of the pad the Enter key presses that key: it cannot submit as well."""
        pressing.current = True

    def note_blur() -> None:
        pressing.current = False

    def make_key(content: str | ft.Icon, on_click: Callable[[], None]) -> ft.Control:
        return _key(content, on_click, note_focus, note_blur)

    _use_keyboard(press, erase, submit, disabled=disabled)
    rows = [[make_key(digit, _presses(press, digit)) for digit in row] for row in _ROWS]
    erasing = ft.Icon(ft.Icons.BACKSPACE_OUTLINED, semantics_label=t("lock.erase"))
    rows.append([ft.Container(width=KEY), make_key("0", _presses(press, "0")), make_key(erasing, erase)])
    return ft.Column(
        [
            _dots(len(value)),
            ft.Container(height=8),
            *(ft.Row(row, alignment=ft.MainAxisAlignment.CENTER, spacing=24) for row in rows),
        ],
        spacing=12,
        horizontal_alignment=ft.CrossAxisAlignment.CENTER,
        disabled=disabled,
    )


def _use_keyboard(
    press: Callable[[str], None],
    erase: Callable[[], None],
    submit: Callable[[], Awaitable[None]],
    *,
    disabled: bool,
) -> None:
    page = ft.context.page
    listening: ft.MutableRef[Callable[[ft.KeyboardEvent], Awaitable[None]] | None] = ft.use_ref()

    async def heard(event: ft.KeyboardEvent) -> None:
        key = event.key.removeprefix("Numpad ")
        if key.isdecimal() and len(key) == 1:
            press(key)
        elif key == "Backspace":
            erase()
        elif key == "Enter":
            await submit()

    def listen() -> None:
        if not disabled:
            page.on_keyboard_event = listening.current = heard

    def stop() -> None:
        if page.on_keyboard_event is listening.current:  # a pad on a screen above may hear by now
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
        for place in range(max(count, SHORTEST))
    ]
    row = ft.Row(dots, alignment=ft.MainAxisAlignment.CENTER, spacing=12, wrap=True)
    return announced(row, label=t("lock.typed", count=count))


def _presses(press: Callable[[str], None], digit: str) -> Callable[[], None]:
    """A handler without parameters: Flet gives the event to any parameter."""
    return lambda: press(digit)


def _key(
    content: str | ft.Icon, on_click: Callable[[], None], on_focus: Callable[[], None], on_blur: Callable[[], None]
) -> ft.Control:
    if isinstance(content, ft.Icon):
        return ft.IconButton(content, width=KEY, height=KEY, on_click=on_click, on_focus=on_focus, on_blur=on_blur)
    style = ft.ButtonStyle(shape=ft.CircleBorder(), padding=0, text_style=ft.TextStyle(size=26, font_family=SEMIBOLD))
    return ft.FilledTonalButton(
        content, width=KEY, height=KEY, style=style, on_click=on_click, on_focus=on_focus, on_blur=on_blur
    )
