"""The files chosen to be added, in their order: what each shows, what was changed in it, or why it is refused."""

import asyncio
from collections.abc import Callable, Sequence

import flet as ft

from mes_app.i18n import size, t
from mes_app.i18n.explanations import explain
from mes_app.services.adding import show_photo
from mes_app.views.documents.picking import Item, move_item
from mes_app.views.theme import RADIUS, TARGET
from mes_app.views.widgets.boundaries import component
from mes_app.views.widgets.cards import card
from mes_app.views.widgets.covers import use_cover_paint
from mes_app.views.widgets.loading import use_loaded
from mes_app.views.widgets.previews import preview_wait
from mes_app.views.widgets.rows import tinted_icon
from mes_app.views.widgets.signs import note_sign
from mes_app.views.widgets.texts import muted, one_line, wrong

SIDE = 56
MOST_ENLARGED = 6

Change = Callable[[tuple[Item, ...]], None]


@component
def chosen_list(items: Sequence[Item], change: Change) -> ft.Control:
    """A card of ``items``, which may be looked at, moved and taken away; ``change`` hears them as they then are."""
    nothing: Item | None = None
    shown, show = ft.use_state(nothing)
    paint = use_cover_paint()
    ft.use_dialog(_enlarged(shown, lambda: show(None), paint) if shown else None)
    return card(ft.Column([_row(items, item, change, show) for item in items], spacing=8), padding=8)


def _row(items: Sequence[Item], item: Item, change: Change, show: Callable[[Item], None]) -> ft.Control:
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
    return ft.Row([_sketch(item, show), words, buttons], spacing=10, key=str(item.number))


def _tell(item: Item) -> ft.Control:
    if item.refused:
        said = explain(item.refused)
        return wrong(f"{said.what} {said.next}")
    changes = sorted(item.ready.changes) if item.ready else []
    told = [size(len(item.ready.data)) if item.ready else "", *(t(f"adding.changes.{each}") for each in changes)]
    return muted(" · ".join(told))


def _sketch(item: Item, show: Callable[[Item], None]) -> ft.Control:
    if not item.sketch:
        return tinted_icon(ft.Icons.BLOCK_ROUNDED if item.refused else ft.Icons.DESCRIPTION_OUTLINED, size=SIDE)
    image = ft.Image(src=item.sketch, width=SIDE, height=SIDE, fit=ft.BoxFit.COVER, exclude_from_semantics=True)
    pressed = ft.Container(
        image,
        border_radius=RADIUS,
        clip_behavior=ft.ClipBehavior.ANTI_ALIAS,
        ink=True,
        on_click=lambda: show(item),
    )
    return ft.MergeSemantics(ft.Semantics(content=pressed, label=t("adding.enlarge", name=item.name), button=True))


def _enlarged(item: Item, close: Callable[[], None], paint: ft.BoxDecoration) -> ft.AlertDialog:
    """The photo in all the place there is, to be moved and enlarged with fingers or mouse."""
    return ft.AlertDialog(
        title=one_line(item.name),
        content=ft.Container(_photo(item), foreground_decoration=paint),
        actions=[ft.TextButton(t("app.close"), on_click=close)],
        inset_padding=16,
        content_padding=ft.Padding.symmetric(horizontal=16),
        on_dismiss=close,
    )


@component
def _photo(item: Item) -> ft.Control:
    async def draw() -> bytes:
        return await asyncio.to_thread(show_photo, item.ready) if item.ready else b""

    def show(jpeg: bytes) -> ft.Control:
        image = ft.Image(src=jpeg, fit=ft.BoxFit.CONTAIN, semantics_label=item.name)
        return ft.InteractiveViewer(image, max_scale=MOST_ENLARGED, on_interaction_start=note_sign)

    return use_loaded(draw, [item]).show(show, lambda: preview_wait(t("app.loading")))


def _button(icon: ft.IconData, key: str, item: Item, handler: Callable[[], None], *, off: bool = False) -> ft.Control:
    named = ft.Icon(icon, size=20, semantics_label=t(key, name=item.name))
    return ft.IconButton(named, on_click=handler, disabled=off, width=TARGET, height=TARGET)
