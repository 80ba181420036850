"""Menus of what is rarely done: the button that opens one, and the items that turn something on or off."""

from collections.abc import Sequence

import flet as ft

from mes_app.views.theme import TARGET
from mes_app.views.widgets.commands import Command


def more_button(items: Sequence[ft.PopupMenuItem], words: str) -> ft.Control:
    """Three dots that open ``items``; ``words`` are their name for a screen reader."""
    icon = ft.Container(ft.Icon(ft.Icons.MORE_VERT_ROUNDED), width=TARGET, height=TARGET)
    return ft.PopupMenuButton(content=icon, items=[*items], tooltip=words)


def toggle_item(command: Command, words: str, icon: ft.IconData, *, on: bool) -> ft.PopupMenuItem:
    """An item whose ``words`` say what it will do: ``command`` is given the contrary of ``on``."""

    async def turn() -> None:
        await command.run(not on)

    return ft.PopupMenuItem(content=words, icon=icon, on_click=turn)
