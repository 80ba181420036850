"""What an import found, as rows: what may be added with a box to tick, the rest with why it is not."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import flet as ft

from mes_app.domain.imports import Item, ItemState
from mes_app.domain.record import Kind
from mes_app.i18n import find, partial, t
from mes_app.i18n.explanations import explain
from mes_app.i18n.joining import name_setting
from mes_app.views.widgets.cards import card
from mes_app.views.widgets.consents import consent
from mes_app.views.widgets.icons import KIND_ICONS
from mes_app.views.widgets.rows import tinted_icon
from mes_app.views.widgets.texts import body, muted, section_title

MOST_SHOWN = 100
"""Rows of each part: the boxes above act on all, shown or not."""
_ICON = 36


@dataclass(frozen=True)
class Choosing:
    """The numbers ``chosen``; ``choose`` is given them as they become."""

    chosen: frozenset[int]
    choose: Callable[[frozenset[int]], None]

    def mark(self, numbers: frozenset[int], *, given: bool) -> None:
        """Choose these too, or no longer."""
        self.choose(self.chosen | numbers if given else self.chosen - numbers)


def found_cards(items: Sequence[Item], choosing: Choosing) -> list[ft.Control]:
    """A card for each part that has something in it: to add, in place of what is set, of others, faulty, there."""
    new = [item for item in items if item.state is ItemState.NEW]
    mine = [item for item in new if not item.person]
    parts = [
        _choice_card("new", [item for item in mine if not item.replaces], choosing),
        _choice_card("replacing", [item for item in mine if item.replaces], choosing),
        _choice_card("others", [item for item in new if item.person], choosing),
        failed_card("faulty", [item for item in items if item.state is ItemState.FAULTY]),
        _twins_card([item for item in items if item.state is ItemState.DUPLICATE]),
    ]
    return [part for part in parts if part]


def failed_card(name: str, items: Sequence[Item]) -> ft.Control | None:
    """Each with the reason that keeps it out."""
    return _card(name, items, [_told_row(item, _tell_fault(item)) for item in items[:MOST_SHOWN]]) if items else None


def _twins_card(items: Sequence[Item]) -> ft.Control | None:
    return (
        _card("twins", items, [_told_row(item, muted(_tell(item))) for item in items[:MOST_SHOWN]]) if items else None
    )


def _choice_card(name: str, items: Sequence[Item], choosing: Choosing) -> ft.Control | None:
    if not items:
        return None
    numbers = frozenset(item.number for item in items)

    def mark_all() -> None:
        choosing.mark(numbers, given=not numbers <= choosing.chosen)

    mark = t("importing.none" if numbers <= choosing.chosen else "importing.all")
    told = [muted(words)] if (words := find(f"importing.{name}_told")) else []
    button = [ft.Row([ft.TextButton(mark, on_click=mark_all)])] if len(items) > 1 else []
    rows = [_choice_row(item, choosing) for item in items[:MOST_SHOWN]]
    return _card(name, items, [*told, *button, *rows])


def _card(name: str, items: Sequence[Item], controls: Sequence[ft.Control]) -> ft.Control:
    more = len(items) - MOST_SHOWN
    rest = [muted(t("importing.more", count=more))] if more > 0 else []
    title = section_title(f"{t(f'importing.{name}')} ({len(items)})")
    return card(ft.Column([title, *controls, *rest], spacing=8))


def _choice_row(item: Item, choosing: Choosing) -> ft.Control:
    def mark(given: bool) -> None:
        choosing.mark(frozenset({item.number}), given=given)

    return consent(_name(item), mark, given=item.number in choosing.chosen, told=_tell(item), key=str(item.number))


def _told_row(item: Item, told: ft.Control) -> ft.Control:
    icon = ft.Icons.BLOCK_ROUNDED if item.fault else KIND_ICONS[item.kind] if item.kind else ft.Icons.TUNE_ROUNDED
    words = ft.Column([body(_name(item)), told], spacing=0, expand=True)
    return ft.MergeSemantics(ft.Row([tinted_icon(icon, size=_ICON), words], spacing=12), key=str(item.number))


def _tell_fault(item: Item) -> ft.Control:
    if item.fault is None:
        return muted(_tell(item))
    said = explain(item.fault)
    return ft.Text(f"{said.what} {said.next}", theme_style=ft.TextThemeStyle.BODY_MEDIUM, color=ft.Colors.ERROR)


def _name(item: Item) -> str:
    return name_setting(item.setting) if item.setting else item.title or item.name or t("importing.unnamed")


def _tell(item: Item) -> str:
    """What is known of it, from whose it is to what was taken out of it."""
    category = item.category.lower() if item.category else ""
    document = t(f"categories.{category}") if category else ""
    section = t(f"sections.{item.kind}.title") if item.kind else t("importing.setting")
    told = [
        *([t("importing.of_person", name=item.person)] if item.person else []),
        *([partial(item.date.text)] if item.date else []),
        document if item.kind is Kind.DOCUMENTS else section,
        item.author,
        *(t(f"adding.changes.{change}") for change in sorted(item.changes)),
    ]
    return " · ".join(filter(None, told))
