"""The entries of the health profile that are found while one types, each with the name of its section."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, cast

import flet as ft

from mes_app.domain.measure_types import MeasureType
from mes_app.domain.record import Kind, Row
from mes_app.domain.searching import Excerpt, Term, find_hits, holds_all, make_excerpt, parse_query
from mes_app.domain.sections import BOOKLET, SECTIONS
from mes_app.i18n import t
from mes_app.services.finding import MOST
from mes_app.services.session import Session
from mes_app.views import routes
from mes_app.views.health.words import name_measure, tell_row, tell_value
from mes_app.views.state import use_profile, use_session, use_ui
from mes_app.views.widgets.boundaries import component
from mes_app.views.widgets.cards import empty_state
from mes_app.views.widgets.icons import KIND_ICONS
from mes_app.views.widgets.loading import use_loaded
from mes_app.views.widgets.rows import list_row
from mes_app.views.widgets.searching import use_latest
from mes_app.views.widgets.shell import READING_WIDTH
from mes_app.views.widgets.texts import announced, muted
from mes_app.views.widgets.words import tell_day

_FOUND_AMONG = (*SECTIONS, *BOOKLET, Kind.RESULTS, Kind.PEOPLE, Kind.DOCUMENTS)
"""What the answer depends on: the médecin traitant is named by the person, some measures by documents."""


@component
def found_entries(text: str, clear: Callable[[], None]) -> ft.Control:
    """What ``text`` finds in the profile in the address, and how much that is; where it is nothing, a way back."""
    session, pid = use_session(), use_profile().pid
    shown = ft.use_route_params().get("id", "")
    read = use_loaded(lambda: find_entries(session, pid, text), [pid, text], _FOUND_AMONG)
    rows = use_latest(pid, read.value)
    if rows is None:
        return read.show(lambda _: ft.Container())
    if not rows:
        nothing = empty_state(
            ft.Icons.SEARCH_OFF_ROUNDED, t("search.nothing_in_health"), action=(t("search.clear"), clear)
        )
        return ft.ListView([announced(nothing)])
    terms = tuple(replace(term, begun=True) for term in parse_query(text))
    return _list_found(rows, terms, shown)


async def find_entries(session: Session, pid: str, text: str, limit: int = MOST) -> list[Row]:
    """The best answers to ``text``, of measures by the names that the screens give them."""
    names = {measure.value: name_measure(measure) for measure in MeasureType}
    return await session.health.find(pid, text, names, limit)


def open_found(row: Row, *, panes: bool) -> None:
    """Show an entry, a measure among all its values; where it covers what was found, one comes back to that."""
    go = routes.go if panes else routes.go_across
    go(routes.entry(row.profile, row.kind, _name_of(row)))


def _name_of(row: Row) -> str:
    return row.category if row.kind is Kind.MEASURES and row.category else row.id


def _list_found(rows: Sequence[Row], terms: tuple[Term, ...], shown: str) -> ft.Control:
    words = t("search.found", count=len(rows)) if len(rows) < MOST else t("search.found_most", count=MOST)
    count = ft.Container(muted(words), padding=ft.Padding.only(left=12, bottom=4))
    told = announced(count)
    listed = [_kept_row(row, terms, selected=_name_of(row) == shown, key=row.id) for row in rows]
    width = READING_WIDTH
    column = ft.Container(ft.Column([told, *listed], spacing=0), expand=True, expand_loose=True, width=width)
    return ft.ListView(
        [ft.Row([column], alignment=ft.MainAxisAlignment.CENTER)],
        padding=ft.Padding.only(left=4, right=4, bottom=32),
    )


@component
def _found_row(row: Row, terms: tuple[Term, ...], *, selected: bool) -> ft.Control:
    panes, (title, said) = use_ui().panes, _tell(row)
    section = t(f"sections.{row.kind}.title")
    excerpt = None if holds_all(title, terms) else make_excerpt(said, terms)
    excerpt = excerpt or Excerpt(said, ())
    before = f"{section} · " if excerpt.text else section
    return list_row(
        title,
        before + excerpt.text,
        title_hits=find_hits(title, terms),
        subtitle_hits=[(len(before) + start, len(before) + end) for start, end in excerpt.hits],
        icon=KIND_ICONS[row.kind],
        selected=selected,
        on_click=lambda: open_found(row, panes=panes),
    )


_kept_row = cast(Callable[..., ft.Control], cast(Any, ft.memo)(_found_row))
"""Drawn again only when its own row or what is looked for changes."""


def _tell(row: Row) -> tuple[str, str]:
    """Title and subtitle: as in its section, but a measure has its name here, and every number its unit."""
    title, said = tell_row(row)
    if row.kind is Kind.MEASURES:
        return name_measure(row.category) or row.title, f"{title} · {said}"
    if row.value is not None:
        said = " · ".join(part for part in (tell_value(row), tell_day(row.date)) if part)
    return title, said
