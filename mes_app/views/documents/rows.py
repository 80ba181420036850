"""The list of documents: rows under the heading of their month, or as they were found."""

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from typing import Any, cast

import flet as ft

from mes_app.domain.record import ContentState, Row
from mes_app.domain.searching import Excerpt, Term, find_hits
from mes_app.i18n import t
from mes_app.services.search import Found
from mes_app.views.documents.selecting import Selection, Touch, chosen_mark
from mes_app.views.widgets.boundaries import component
from mes_app.views.widgets.icons import choose_icon
from mes_app.views.widgets.rows import list_row, month_heading, month_of
from mes_app.views.widgets.texts import muted
from mes_app.views.widgets.words import name_episode, tell_source


@component
def _document_row(
    row: Row,
    touch: Touch,
    *,
    selected: bool,
    marked: bool | None,
    terms: tuple[Term, ...] = (),
    excerpt: Excerpt | None = None,
) -> ft.Control:
    return list_row(
        row.name,
        tell_source(row),
        title_hits=find_hits(row.name, terms),
        subtitle_hits=find_hits(row.subtitle, terms),
        below=muted(excerpt.text, lines=3, hits=excerpt.hits) if excerpt else None,
        icon=choose_icon(row),
        leading=None if marked is None else chosen_mark(chosen=marked),
        trailing=_marks(row),
        strong=row.unread,
        selected=selected if marked is None else marked,
        on_click=lambda: touch.press(row),
        on_long_press=lambda: touch.hold(row),
    )


_kept_row = cast(Callable[..., ft.Control], cast(Any, ft.memo)(_document_row))
"""Drawn again only when its own row changes: a list of thousands stays quick."""


def list_by_month(rows: Iterable[Row], shown: str, selection: Selection, *, pinned_first: bool) -> Iterator[ft.Control]:
    """``rows`` by date, each month under its name, before them those that are pinned if they come first.

    ``shown`` is the id of the one beside the list.
    """

    def name_part(row: Row) -> str:
        return t("folders.pins") if pinned_first and row.pinned else month_of(row) or t("documents.undated")

    for name, of_part in groupby(rows, name_part):
        heading = month_heading(name)
        heading.key = name
        yield heading
        for row in of_part:
            yield _show_row(row, shown, selection)


def list_by_episode(documents: Iterable[Found], shown: str, selection: Selection) -> Iterator[ft.Control]:
    """``documents`` in their order, each episode under its dates and its place."""
    for episode, of_part in groupby(documents, lambda found: found.episode):
        if episode:
            heading = month_heading(name_episode(episode))
            heading.key = f"episode {episode.id}"
            yield heading
        for found in of_part:
            yield _show_row(found.row, shown, selection)


def list_found(documents: Iterable[Found], shown: str, selection: Selection) -> Iterator[ft.Control]:
    """``documents`` in their order, what was looked for marked, each with the words that were found in its content."""
    for found in documents:
        yield _show_row(found.row, shown, selection, terms=found.terms, excerpt=found.excerpt)


def _show_row(row: Row, shown: str, selection: Selection, **words: Any) -> ft.Control:
    marked = selection.marks(row.id)
    return _kept_row(row, selection.touch, selected=row.id == shown, marked=marked, key=row.id, **words)


def _marks(row: Row) -> ft.Control | None:
    """What is special about a document, each sign with its words."""
    signs = []
    if row.hidden:
        signs.append((ft.Icons.VISIBILITY_OFF_OUTLINED, "documents.hidden"))
    if row.pinned:
        signs.append((ft.Icons.PUSH_PIN_OUTLINED, "folders.is_pinned"))
    if row.kept:
        signs.append((ft.Icons.OFFLINE_PIN_OUTLINED, "documents.kept_here"))
    if row.content in (ContentState.REMOTE, ContentState.FREED):
        signs.append((ft.Icons.CLOUD_DOWNLOAD_OUTLINED, "documents.not_here"))
    elif row.content is not ContentState.STORED:
        signs.append((ft.Icons.CLOUD_OFF_OUTLINED, "documents.not_kept"))
    icons: list[ft.Control] = [
        ft.Icon(
            icon,
            size=20,
            color=ft.Colors.ON_SURFACE_VARIANT,
            semantics_label=t(key),
            tooltip=ft.Tooltip(t(key), exclude_from_semantics=True),
        )
        for icon, key in signs
    ]
    return ft.Row(icons, spacing=8, tight=True) if icons else None
