"""One of some choices: a few are all seen at once, many are in a list that opens."""

from collections.abc import Awaitable, Callable, Mapping

import flet as ft

from mes_app.views.state import use_ui
from mes_app.views.theme import RADIUS, TARGET
from mes_app.views.widgets.cards import card
from mes_app.views.widgets.texts import section_title

STACKED_ABOVE = 1.25
_LIST_HEIGHT = 360
UNIT_WIDTH = 132
"""Of a list of units."""


def choice_bar(words: Mapping[str, str], chosen: str, choose: Callable[[str], object]) -> ft.Control:
    """The ``words`` of each choice side by side; one below the other where large text needs the place.

    A plain function that uses hooks. ``choose`` is given the key of the choice made.
    """
    ui = use_ui()
    stacked = ui.preferences.text_scale > STACKED_ABOVE and not ui.rail
    return ft.SegmentedButton(
        segments=[ft.Segment(value=value, label=ft.Text(label)) for value, label in words.items()],
        selected=[chosen],
        show_selected_icon=False,
        direction=ft.Axis.VERTICAL if stacked else ft.Axis.HORIZONTAL,
        style=ft.ButtonStyle(
            padding=ft.Padding.symmetric(vertical=16, horizontal=8),
            shape=ft.RoundedRectangleBorder(radius=RADIUS),  # a round end would cut the first and the last word
        ),
        on_change=lambda event: choose(event.control.selected[0]),
    )


def choice_card(title: str, words: Mapping[str, str], chosen: str, choose: Callable[[str], None]) -> ft.Control:
    """The ``words`` of each choice one below the other, under ``title``. ``choose`` is given the key of the choice."""
    radios: list[ft.Control] = [ft.Container(ft.Radio(name, value=key), height=TARGET) for key, name in words.items()]
    group = ft.RadioGroup(
        ft.Column(radios, spacing=0), value=chosen, on_change=lambda event: choose(event.control.value)
    )
    return card(ft.Column([section_title(title), ft.Semantics(content=group, label=title, container=True)], spacing=12))


def choice_list(
    name: str, words: Mapping[str, str], chosen: str, choose: Callable[[str], Awaitable[object]]
) -> ft.Control:
    """The ``words`` of each choice in a list that opens, as wide as its place; a screen reader knows it as ``name``."""

    async def tell(event: ft.Event[ft.Dropdown]) -> None:
        await choose(event.control.value or "")

    opening = ft.Dropdown(
        value=chosen or None,
        options=[ft.DropdownOption(key=key, text=label) for key, label in words.items()],
        on_select=tell,
        menu_height=_LIST_HEIGHT,
        border=ft.OutlineInputBorder(border_radius=RADIUS),
        expand=True,
    )
    return ft.Semantics(content=ft.Row([opening]), label=name, value=words.get(chosen, ""))
