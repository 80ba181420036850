"""Filters and order of the documents, in one sheet above the list, which answers at each choice."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import flet as ft

from mes_app.domain.document_filters import EVERY_DOCUMENT, MONTHS, DocumentFilter, Order, check_filter, count_back
from mes_app.domain.record import Source
from mes_app.domain.typed_values import parse_date
from mes_app.domain.values import PartialDate
from mes_app.errors import Reason, Rejected
from mes_app.i18n import decimal, t
from mes_app.views.state import read_today, use_profile, use_session
from mes_app.views.theme import TARGET
from mes_app.views.widgets.boundaries import component
from mes_app.views.widgets.covers import use_cover_paint
from mes_app.views.widgets.fields import read_field_error, text_field
from mes_app.views.widgets.loading import use_loaded
from mes_app.views.widgets.sheets import bottom_sheet
from mes_app.views.widgets.texts import muted, section_title

Change = Callable[[DocumentFilter], None]
AUTHORS = 8
"""So many are proposed, those of most documents; the others are found by their name."""
_SOURCES = (Source.SELF, Source.RELATIVE, Source.PROFESSIONAL)


@dataclass(frozen=True)
class _Typed:
    """The period as it is typed; the filter follows once it is one."""

    since: str = ""
    until: str = ""
    error: Rejected | None = None


@component
def filters_button(wanted: DocumentFilter, change: Change, *, searching: bool) -> ft.Control:
    """Opens the sheet; says how many choices leave out documents, but those of category and folder."""
    session, shown = use_session(), use_profile()
    is_open, set_open = ft.use_state(False)
    typed, set_typed = ft.use_state(_Typed())
    paint = use_cover_paint()

    async def read_authors() -> dict[str, int]:
        return await session.search.authors(shown.pid) if is_open else {}

    authors = use_loaded(read_authors, [shown.pid, is_open])

    def take_period(since: str, until: str) -> None:
        try:
            period = _read_period(since, until)
        except Rejected as error:
            set_typed(_Typed(since, until, error))
        else:
            set_typed(_Typed(since, until))
            change(check_filter(wanted.model_copy(update=period)))

    def clear() -> None:
        set_typed(_Typed())
        change(EVERY_DOCUMENT.model_copy(update={"category": wanted.category, "folder": wanted.folder}))

    unread = _chips(wanted, "unread", {True: t("filters.unread")}, change)
    parts = [
        *_part("order", _chips(wanted, "order", {order: t(f"filters.orders.{order}") for order in Order}, change)),
        *([muted(t("filters.order_searching"))] if searching else []),
        *_period_part(wanted, typed, take_period),
        *_part("source", _chips(wanted, "source", {name: t(f"filters.sources.{name}") for name in _SOURCES}, change)),
        *_part("shown", [*_chips(wanted, "hidden", _tell_hidden(), change), *unread]),
        *_author_part(wanted, authors.value or {}, change),
    ]
    clearer = ft.TextButton(t("filters.clear"), on_click=clear)
    close = partial(set_open, False)
    sheet = bottom_sheet(t("filters.title"), parts, close, paint, beside=[clearer], spacing=12) if is_open else None
    ft.use_dialog(sheet)
    return _button(wanted, lambda: set_open(True))


def _read_period(since: str, until: str) -> dict[str, PartialDate | None]:
    """Both days as typed. Raises Rejected("since" or "until", NOT_A_DATE or BEFORE_START)."""
    period: dict[str, PartialDate | None] = {}
    for name, text in (("since", since), ("until", until)):
        period[name] = parse_date(text.strip()) if text.strip() else None
        if text.strip() and period[name] is None:
            raise Rejected(name, Reason.NOT_A_DATE)
    check_filter(EVERY_DOCUMENT.model_copy(update=period))
    return period


def _button(wanted: DocumentFilter, open_sheet: Callable[[], None]) -> ft.Control:
    count = wanted.model_copy(update={"category": None, "folder": ""}).count
    words = t("filters.count", count=count) if count else t("filters.title")
    return ft.IconButton(
        ft.Icon(ft.Icons.TUNE_ROUNDED, semantics_label=words),
        tooltip=ft.Tooltip(words, exclude_from_semantics=True),
        badge=str(count) if count else None,
        selected=bool(count),
        on_click=open_sheet,
        width=TARGET,
        height=TARGET,
    )


def _period_part(wanted: DocumentFilter, typed: _Typed, take: Callable[[str, str], None]) -> list[ft.Control]:
    """Some periods that end today, or any other by its first and last year, month or day."""

    def preset(months: int) -> ft.Chip:
        first = count_back(read_today(), months)
        chosen = wanted.since == first and wanted.until is None

        def pick() -> None:
            take("" if chosen else first.text, "")

        return ft.Chip(label=t(f"filters.months.{months}"), selected=chosen, on_select=pick)

    def field(name: str, text: str, change: Callable[[str], None]) -> ft.Control:
        wrong = typed.error if typed.error and typed.error.field == name else None
        words = t(f"filters.{name}")
        typing = ft.KeyboardType.DATETIME
        return text_field(words, text, change, error=read_field_error(wrong), keyboard_type=typing, expand=True)

    since = field("since", typed.since, lambda text: take(text, typed.until))
    until = field("until", typed.until, lambda text: take(typed.since, text))
    return [
        *_part("period", [preset(months) for months in MONTHS]),
        ft.Row([since, until], spacing=8, vertical_alignment=ft.CrossAxisAlignment.START),
        muted(t("filters.date_hint")),
    ]


def _author_part(wanted: DocumentFilter, authors: dict[str, int], change: Change) -> list[ft.Control]:
    """Those of most documents, and the one that is chosen."""
    names = dict.fromkeys([*list(authors)[:AUTHORS], *([wanted.author] if wanted.author else [])])
    words = {name: t("filters.chip", words=name, count=decimal(authors.get(name, 0))) for name in names}
    return _part("author", _chips(wanted, "author", words, change)) if words else []


def _tell_hidden() -> dict[bool, str]:
    return {True: t("filters.hidden.yes"), False: t("filters.hidden.no")}


def _chips(wanted: DocumentFilter, name: str, words: Mapping[Any, str], change: Change) -> list[ft.Chip]:
    """One for each value of the choice ``name``; pressed again, it is no longer chosen."""

    def chip(value: object) -> ft.Chip:
        chosen = getattr(wanted, name) == value
        picked = DocumentFilter.model_fields[name].default if chosen else value

        def pick() -> None:
            change(wanted.model_copy(update={name: picked}))

        return ft.Chip(label=words[value], selected=chosen, on_select=pick)

    return [chip(value) for value in words]


def _part(name: str, chips: Sequence[ft.Control]) -> list[ft.Control]:
    return [section_title(t(f"filters.{name}")), ft.Row([*chips], spacing=8, run_spacing=8, wrap=True)]
