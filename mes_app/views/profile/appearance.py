"""How a profile is told from the others on this device: its colour, its sign, its place. Never sent."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial

import flet as ft

from mes_app.domain.people import COLOURS, SYMBOLS, Profile
from mes_app.i18n import t
from mes_app.views.state import use_profile, use_session, use_store
from mes_app.views.theme import TARGET
from mes_app.views.widgets.avatars import SYMBOL_ICONS, avatar
from mes_app.views.widgets.boundaries import component
from mes_app.views.widgets.cards import card, error_card
from mes_app.views.widgets.commands import Command, use_command
from mes_app.views.widgets.fields import other_error
from mes_app.views.widgets.picked_files import read_picked, use_picker
from mes_app.views.widgets.texts import body, muted, section_title

_MOVES = {"up": (-1, ft.Icons.ARROW_UPWARD_ROUNDED), "down": (1, ft.Icons.ARROW_DOWNWARD_ROUNDED)}


@component
def appearance_card() -> ft.Control:
    """« Apparence » of the profile in the address."""
    session, shown = use_session(), use_profile()
    colouring = use_command(lambda colour: session.appearances.choose_colour(shown.pid, colour))
    marking = use_command(lambda symbol: session.appearances.choose_symbol(shown.pid, symbol))
    return card(
        ft.Column(
            [
                ft.Row(
                    [avatar(shown, 56), ft.Container(section_title(t("appearance.title")), expand=True)], spacing=16
                ),
                _group("appearance.colour", [_colour(name, shown, colouring) for name in COLOURS]),
                _group("appearance.sign", [_symbol(symbol, shown, marking) for symbol in ("", *SYMBOLS)]),
                _photo_buttons(shown),
                *other_error(colouring.error or marking.error),
                muted(t("appearance.told")),
            ],
            spacing=16,
            horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
        )
    )


@component
def order_card() -> ft.Control:
    """In which order profiles stand, where there is anything to move."""
    session, people = use_session(), use_store().profiles or ()
    moving = use_command(session.appearances.move)
    others = [one for one in people if not one.holder]
    if len(others) < 2:
        return ft.Container()
    rows = [_placed(one, others, moving) for one in others]
    note = [muted(t("appearance.holder_first"))] if len(others) < len(people) else []
    return card(ft.Column([section_title(t("appearance.order")), *rows, *note, *other_error(moving.error)], spacing=8))


def _group(title: str, choices: list[ft.Control]) -> ft.Control:
    """``choices`` that a screen reader knows by what they choose."""
    row = ft.Semantics(content=ft.Row(choices, spacing=4, run_spacing=4, wrap=True), label=t(title), container=True)
    return ft.Column([ft.Semantics(content=body(t(title)), exclude_semantics=True), row], spacing=4)


def _colour(name: str, shown: Profile, choosing: Command) -> ft.Control:
    colour = COLOURS[name]
    chosen = shown.colour == colour
    icon = ft.Icons.CHECK_ROUNDED if chosen else ft.Icons.CIRCLE
    sign = ft.Icon(icon, color=ft.Colors.WHITE if chosen else colour, semantics_label=_name(f"colour_{name}", chosen))
    return _sign_button(sign, partial(choosing.run, colour), bgcolor=colour)


def _symbol(symbol: str, shown: Profile, choosing: Command) -> ft.Control:
    """A symbol, or with none the initials."""
    chosen = not shown.photo and shown.symbol == symbol
    icon = SYMBOL_ICONS.get(symbol, ft.Icons.TEXT_FIELDS_ROUNDED)
    sign = ft.Icon(icon, semantics_label=_name(f"symbol_{symbol or 'initials'}", chosen))
    return _sign_button(
        sign, partial(choosing.run, symbol), bgcolor=ft.Colors.PRIMARY_CONTAINER if chosen else ft.Colors.TRANSPARENT
    )


def _name(key: str, chosen: bool) -> str:
    name = t(f"appearance.{key}")
    return t("appearance.chosen", name=name) if chosen else name


def _sign_button(sign: ft.Icon, choose: Callable[..., Awaitable[None]], *, bgcolor: str) -> ft.Control:
    return ft.IconButton(sign, on_click=choose, bgcolor=bgcolor, width=TARGET, height=TARGET)


@component
def _photo_buttons(shown: Profile) -> ft.Control:
    """A photo of this device, and back to the initials."""
    session, pick = use_session(), use_picker(several=False)

    async def take() -> None:
        for file in await pick(ft.FilePickerFileType.IMAGE):
            await session.appearances.choose_photo(shown.pid, await asyncio.to_thread(read_picked, file))

    async def remove() -> None:
        await session.appearances.choose_symbol(shown.pid, "")

    picking, removing = use_command(take), use_command(remove)
    choose = ft.OutlinedButton(
        t("appearance.photo"), icon=ft.Icons.ADD_A_PHOTO_OUTLINED, on_click=picking.run, disabled=picking.running
    )
    back = ft.TextButton(t("appearance.remove_photo"), on_click=removing.run, disabled=removing.running)
    buttons = ft.Row([choose, *([back] if shown.photo else [])], wrap=True, spacing=8)
    error = picking.error or removing.error
    return ft.Column([buttons, *([error_card(error)] if error else [])], spacing=8)


def _placed(one: Profile, others: list[Profile], moving: Command) -> ft.Control:
    """A profile and its two ways; at an end, one leads nowhere."""
    place = others.index(one)
    free = {"up": place > 0, "down": place < len(others) - 1}
    buttons = [
        ft.IconButton(
            ft.Icon(icon, semantics_label=t(f"appearance.{way}", name=one.name)),
            on_click=partial(moving.run, one.pid, step),
            disabled=not free[way],
            width=TARGET,
            height=TARGET,
        )
        for way, (step, icon) in _MOVES.items()
    ]
    name = ft.Container(body(one.name), expand=True)
    return ft.Row([avatar(one, 40), name, *buttons], spacing=12, vertical_alignment=ft.CrossAxisAlignment.CENTER)
