"""The files chosen to be added, in their order: what each shows, what was changed in it, or why it is refused."""

from collections.abc import Callable, Sequence

import flet as ft

from mes_app.i18n import size, t
from mes_app.i18n.explanations import explain
from mes_app.views.documents.picking import Item, move_item
from mes_app.views.theme import RADIUS, TARGET
from mes_app.views.widgets.cards import card
from mes_app.views.widgets.rows import tinted_icon
from mes_app.views.widgets.texts import muted, one_line

SIDE = 56

Change = Callable[[tuple[Item, ...]], None]


def chosen_list(items: Sequence[Item], change: Change) -> list[ft.Control]:
    """A card of ``items``, which may be moved and taken away; ``change`` hears them as they then are."""
    return [card(ft.Column([_row(items, item, change) for item in items], spacing=8), padding=8)] if items else []


def _row(items: Sequence[Item], item: Item, change: Change) -> ft.Control:
    def move(step: int) -> Callable[[], None]:
        return lambda: change(move_item(items, item, step))

    def remove() -> None:
        change(tuple(each for each in items if each is not item))

    place = items.index(item)
    moving = [
        _button(ft.Icons.ARROW_UPWARD_ROUNDED, "adding.up", item, move(-1), off=place == 0),
        _button(ft.Icons.ARROW_DOWNWARD_ROUNDED, "adding.down", item, move(1), off=place == len(items) - 1),
    ]
    buttons = ft.Row(
        [
            *(moving if item.ready and len(items) > 1 else []),
            _button(ft.Icons.CLOSE_ROUNDED, "adding.remove", item, remove),
        ],
        spacing=0,
    )
    words = ft.Column([one_line(item.name), _tell(item)], spacing=0, expand=True)
    return ft.Row([_sketch(item), words, buttons], spacing=10, key=str(item.number))


def _tell(item: Item) -> ft.Control:
    if item.refused:
        said = explain(item.refused)
        words = ft.Text(f"{said.what} {said.next}", theme_style=ft.TextThemeStyle.BODY_MEDIUM, color=ft.Colors.ERROR)
        return ft.Semantics(content=words, live_region=True, container=True)
    changes = sorted(item.ready.changes) if item.ready else []
    told = [size(len(item.ready.data)) if item.ready else "", *(t(f"adding.changes.{each}") for each in changes)]
    return muted(" · ".join(told))


def _sketch(item: Item) -> ft.Control:
    if item.sketch:
        return ft.Image(
            src=item.sketch,
            width=SIDE,
            height=SIDE,
            fit=ft.BoxFit.COVER,
            border_radius=RADIUS,
            exclude_from_semantics=True,
        )
    return tinted_icon(ft.Icons.BLOCK_ROUNDED if item.refused else ft.Icons.DESCRIPTION_OUTLINED, size=SIDE)


def _button(icon: ft.IconData, key: str, item: Item, handler: Callable[[], None], *, off: bool = False) -> ft.Control:
    named = ft.Icon(icon, size=20, semantics_label=t(key, name=item.name))
    return ft.IconButton(named, on_click=handler, disabled=off, width=TARGET, height=TARGET)
