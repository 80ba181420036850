"""The frame of the screens before the records: one question, one button, nothing of anybody's record."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence

import flet as ft

from mes_app.i18n import t
from mes_app.views.state import use_ui
from mes_app.views.theme import RADIUS, TARGET
from mes_app.views.widgets.notices import demonstration_banner
from mes_app.views.widgets.rows import tinted_icon
from mes_app.views.widgets.texts import muted, page_title

FORM_WIDTH = 440
SLIDE = 0.5
"""Seconds after which a view has slid in."""
SLIDES = 4
"""How often as long it may take on a slow device."""


def entrance_view(
    route: str,
    icon: ft.IconData,
    title: str,
    hint: str,
    controls: Sequence[ft.Control],
    *,
    on_back: Callable[[], None] | None = None,
) -> ft.View:
    """A view with one question. Uses hooks: call it once, at the end of a screen. ``on_back`` adds the way back.

    The field with ``autofocus`` gets the keyboard.
    """
    wide = use_ui().rail
    _use_keyboard([each for each in controls if isinstance(each, ft.TextField)])
    words = ft.Column([page_title(title), *([muted(hint)] if hint else [])], spacing=8)
    heading = ft.Column([*_back_button(on_back), ft.Row([tinted_icon(icon, size=56)]), words], spacing=16)
    form = ft.Column(
        [heading, ft.Container(height=8), *controls],
        spacing=16,
        tight=True,
        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
    )
    card = ft.Container(
        form,
        width=FORM_WIDTH if wide else None,
        padding=ft.Padding.all(40) if wide else ft.Padding.only(left=24, right=24, bottom=24, top=8 if on_back else 40),
        border_radius=RADIUS * 2,
        bgcolor=ft.Colors.SURFACE_CONTAINER_LOW if wide else None,
        border=ft.Border.all(1, ft.Colors.OUTLINE_VARIANT) if wide else None,
    )
    page = ft.Column(
        [card],
        scroll=ft.ScrollMode.AUTO,
        alignment=ft.MainAxisAlignment.CENTER if wide else ft.MainAxisAlignment.START,
        horizontal_alignment=ft.CrossAxisAlignment.CENTER if wide else ft.CrossAxisAlignment.STRETCH,
        expand=True,
    )
    stretch = ft.CrossAxisAlignment.STRETCH
    framed = ft.Column([demonstration_banner(), page], spacing=0, horizontal_alignment=stretch)
    return ft.View(route=route, padding=0, horizontal_alignment=stretch, controls=[ft.SafeArea(framed, expand=True)])


async def offer_keyboard(
    read_fields: Callable[[], Sequence[ft.TextField]],
    has_it: Callable[[], bool],
    wait: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> None:
    """Ask for the keyboard for the field with autofocus: in Flet 1.0.5 any focus is lost while the view slides in.

    A slow device slides for longer: the field is asked again until it ``has_it``, but never once somebody has begun to
    type.
    """
    before = [each.value for each in read_fields()]
    for _ in range(SLIDES):
        await wait(SLIDE)
        fields = read_fields()
        if has_it() or [each.value for each in fields] != before:
            return
        if field := _find_first(fields):
            await field.focus()  # type: ignore[no-untyped-call]


def _use_keyboard(fields: Sequence[ft.TextField]) -> None:
    drawn: ft.MutableRef[Sequence[ft.TextField]] = ft.use_ref(list)
    drawn.current = fields
    ready: ft.MutableRef[bool] = ft.use_ref(False)
    given: ft.MutableRef[bool] = ft.use_ref(False)

    def note() -> None:
        given.current = ready.current

    async def wait(seconds: float) -> None:
        await asyncio.sleep(seconds)
        ready.current = True

    async def offer() -> None:
        await offer_keyboard(lambda: drawn.current, lambda: given.current, wait)

    if first := _find_first(fields):
        first.on_focus = note
    ft.use_effect(offer, [], cleanup=lambda: None)


def _find_first(fields: Sequence[ft.TextField]) -> ft.TextField | None:
    return next((each for each in fields if each.autofocus), None)


def _back_button(on_back: Callable[[], None] | None) -> list[ft.Control]:
    if on_back is None:
        return []
    icon = ft.Icon(ft.Icons.ARROW_BACK_ROUNDED, semantics_label=t("app.back"))
    button = ft.IconButton(icon, on_click=on_back, width=TARGET, height=TARGET)
    return [ft.Container(ft.Row([button]), margin=ft.Margin.only(left=-12))]
