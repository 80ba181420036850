"""What of a record that began here may join another, as cards: who both are about, then each section with its boxes."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import flet as ft

from mes_app.domain.joining import JoinItem, JoinPlan, JoinState
from mes_app.domain.record import Kind
from mes_app.i18n import partial, t
from mes_app.i18n.joining import name_joined, tell_difference
from mes_app.views.widgets.cards import card, notice_card
from mes_app.views.widgets.consents import consent
from mes_app.views.widgets.icons import KIND_ICONS
from mes_app.views.widgets.rows import list_row
from mes_app.views.widgets.texts import muted, section_title

MOST_SHOWN = 100
"""Rows of each section: the button above acts on all, shown or not."""


@dataclass(frozen=True)
class Choosing:
    """The keys ``chosen``; ``choose`` is given them as they become."""

    chosen: frozenset[str]
    choose: Callable[[frozenset[str]], None]

    def mark(self, keys: frozenset[str], *, given: bool) -> None:
        """Choose these too, or no longer."""
        self.choose(self.chosen | keys if given else self.chosen - keys)


def identity_cards(plan: JoinPlan, confirm: Callable[[bool], None], *, confirmed: bool) -> list[ft.Control]:
    """That both are about the same person, or in what they differ and the box to confirm it all the same."""
    differences = plan.list_differences()
    if not differences:
        return [muted(t("joining.same"))]
    told = "\n".join(tell_difference(*each) for each in differences)
    return [
        notice_card(told, title=t("joining.differs")),
        consent(t("joining.same_person"), confirm, given=confirmed),
    ]


def item_cards(items: Sequence[JoinItem], choosing: Choosing) -> list[ft.Control]:
    """A card for each section that has something, then for what was set."""
    return [_section(kind, found, choosing) for kind, found in _group(items)]


def _group(items: Sequence[JoinItem]) -> Iterator[tuple[Kind | None, list[JoinItem]]]:
    for kind in (*Kind, None):
        if found := [item for item in items if item.kind is kind]:
            yield kind, found


def _section(kind: Kind | None, items: Sequence[JoinItem], choosing: Choosing) -> ft.Control:
    title = t(f"sections.{kind}.title") if kind else t("joining.own")
    keys = frozenset(item.key for item in items if item.may_go)

    def mark_all() -> None:
        choosing.mark(keys, given=not keys <= choosing.chosen)

    words = t("joining.none" if keys <= choosing.chosen else "joining.all")
    button = [ft.Row([ft.TextButton(words, on_click=mark_all)])] if len(keys) > 1 else []
    rows = [_row(item, choosing) for item in items[:MOST_SHOWN]]
    more = len(items) - MOST_SHOWN
    rest = [muted(t("joining.more", count=more))] if more > 0 else []
    return card(ft.Column([section_title(f"{title} ({len(items)})"), *button, *rows, *rest], spacing=8))


def _row(item: JoinItem, choosing: Choosing) -> ft.Control:
    def mark(given: bool) -> None:
        choosing.mark(frozenset({item.key}), given=given)

    name = name_joined(item.key, item.kind or "", item.title, item.category)
    state = [] if item.state is JoinState.NEW else [t(f"joining.{item.state}")]
    told = " · ".join([*([partial(item.date.text)] if item.date else []), *state])
    if not item.may_go:
        return list_row(name, told, icon=KIND_ICONS[item.kind] if item.kind else None, lines=None)
    return consent(name, mark, given=item.key in choosing.chosen, told=told, key=item.key)
