"""Looking closer at a picture without fingers or a mouse: two buttons, and keys."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

import flet as ft

from mes_app.i18n import t
from mes_app.views.theme import TARGET

ZOOM_STEP = 1.5
"""What one press enlarges by."""
_CLOSER, _FARTHER = ("+", "=", "Numpad Add"), ("-", "Numpad Subtract")

Zoom = Callable[[float], Awaitable[None]]
Press = Callable[[], object]


@dataclass(frozen=True)
class Zooming:
    """``viewer`` is the place of the viewer; ``fit`` is told the size of what is around it."""

    viewer: ft.Ref[ft.InteractiveViewer]
    zoom: Zoom
    fit: Callable[[ft.LayoutSizeChangeEvent[ft.LayoutControl]], None]


def use_zoom() -> Zooming:
    """What enlarges a picture by a factor, around the middle of what is seen; before it is drawn nothing happens."""
    viewer = ft.use_memo(ft.Ref[ft.InteractiveViewer], [])
    middle: ft.MutableRef[tuple[float, float]] = ft.use_ref((0.0, 0.0))

    def fit(event: ft.LayoutSizeChangeEvent[ft.LayoutControl]) -> None:
        middle.current = (event.width / 2, event.height / 2)

    async def zoom(factor: float) -> None:
        if viewer.current:
            across, down = middle.current
            await viewer.current.zoom(factor)  # around the corner
            await viewer.current.pan(across * (1 / factor - 1), down * (1 / factor - 1))

    return Zooming(viewer, zoom, fit)


def zoom_buttons(zoom: Zoom) -> list[ft.Control]:
    """Smaller, then larger."""

    async def closer() -> None:
        await zoom(ZOOM_STEP)

    async def farther() -> None:
        await zoom(1 / ZOOM_STEP)

    return [
        sign_button(ft.Icons.ZOOM_OUT_ROUNDED, "files.zoom_out", farther),
        sign_button(ft.Icons.ZOOM_IN_ROUNDED, "files.zoom_in", closer),
    ]


def sign_button(icon: ft.IconData, key: str, press: Press, *, off: bool = False) -> ft.Control:
    """A sign to press; ``key`` is that of its words."""
    sign = ft.Icon(icon, semantics_label=t(key))
    return ft.IconButton(sign, on_click=press, disabled=off, width=TARGET, height=TARGET)


def with_keys(content: ft.Control, zoom: Zoom, presses: Mapping[str, Press]) -> ft.Control:
    """``content``, which hears + and -, and ``presses`` by the names of their keys, while the keyboard is in it.

    The keyboard is there as soon as it is shown; it is not heard in other parts of the screen, where people type.
    """

    async def hear(event: ft.KeyDownEvent) -> None:
        if event.key in _CLOSER or event.key in _FARTHER:
            await zoom(ZOOM_STEP if event.key in _CLOSER else 1 / ZOOM_STEP)
        elif press := presses.get(event.key):
            press()

    return ft.KeyboardListener(content, autofocus=True, on_key_down=hear, expand=True)
