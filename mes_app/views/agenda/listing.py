"""The appointments of a person: those to come by day, the next one first, then those of the past."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

import flet as ft

from mes_app.domain.expiries import list_expiries
from mes_app.domain.record import Kind, Row
from mes_app.domain.values import Precision
from mes_app.i18n import find, t, time
from mes_app.views import routes
from mes_app.views.forms.actions import heading
from mes_app.views.state import read_today, use_outgoing, use_profile, use_session
from mes_app.views.theme import RADIUS
from mes_app.views.widgets.boundaries import component
from mes_app.views.widgets.cards import empty_state
from mes_app.views.widgets.details import capitalise
from mes_app.views.widgets.expiries import expiry_cards
from mes_app.views.widgets.icons import choose_icon
from mes_app.views.widgets.loading import use_loaded
from mes_app.views.widgets.paging import use_pages
from mes_app.views.widgets.refreshing import refresh_button
from mes_app.views.widgets.rows import choice_mark, list_row, month_heading, month_of
from mes_app.views.widgets.texts import muted, section_title
from mes_app.views.widgets.words import tell_day, tell_source

USUAL = ("booked", "fulfilled", "arrived", "checked-in", "unknown")
"""The states that go without saying in a list."""


class _Marks(NamedTuple):
    """What a row may be: the one shown beside, or one that waits for a choice."""

    chosen: str
    waiting: frozenset[str]


@component
def appointment_list(chosen: str) -> ft.Control:
    """The agenda of the profile in the address; ``chosen`` is the id of the appointment shown beside."""
    session, shown, marks = use_session(), use_profile(), _Marks(chosen, use_outgoing().conflicts)
    title = heading(t("app.destination_agenda"), shown.pid, Kind.APPOINTMENTS, extra=refresh_button())
    top = ft.Container(title, padding=ft.Padding.symmetric(horizontal=12, vertical=4))
    coming = use_loaded(lambda: session.agenda.upcoming(shown.pid), [shown.pid], (Kind.APPOINTMENTS,))
    papers = use_loaded(lambda: session.documents.papers(shown.pid), [shown.pid], (Kind.DOCUMENTS,))
    past = use_pages(lambda after: session.agenda.past(shown.pid, after), [shown.pid], (Kind.APPOINTMENTS,))

    def show(rows: list[Row]) -> ft.Control:
        gone = past.read.value.rows if past.read.value else ()
        return ft.ListView(
            [top, *expiry_cards(list_expiries(papers.value or (), read_today())), *_list_agenda(rows, gone, marks)],
            padding=ft.Padding.only(left=12, right=12, top=8, bottom=32),
            on_scroll=past.scroll,
            scroll_interval=50,
            expand=True,
        )

    return coming.show(show)


def _list_agenda(coming: list[Row], past: tuple[Row, ...], marks: _Marks) -> Iterator[ft.Control]:
    if not coming and not past:
        yield empty_state(ft.Icons.EVENT_OUTLINED, t("agenda.empty"))
        return
    yield from _list_by_day(coming, marks)
    if not coming:
        yield ft.Container(muted(t("agenda.nothing_coming")), padding=12)
    if past:
        yield ft.Container(section_title(t("agenda.past")), padding=ft.Padding.only(left=12, top=24))
        yield from _list_by_month(past, marks)


def _list_by_day(rows: Iterable[Row], marks: _Marks) -> Iterator[ft.Control]:
    for day, of_day in groupby(rows, lambda row: tell_day(row.date)):
        yield month_heading(capitalise(day))
        yield from (_appointment_row(row, _time_badge(row), row.subtitle, marks) for row in of_day)


def _list_by_month(rows: Iterable[Row], marks: _Marks) -> Iterator[ft.Control]:
    for month, of_month in groupby(rows, month_of):
        yield month_heading(capitalise(month))
        yield from (_appointment_row(row, None, tell_source(row), marks) for row in of_month)


def _appointment_row(row: Row, leading: ft.Control | None, told: str, marks: _Marks) -> ft.Control:
    status = "" if row.status in USUAL else find(f"sections.appointments.status_{row.status}")
    return list_row(
        row.title,
        " · ".join(part for part in (capitalise(status or ""), told) if part),
        icon=choose_icon(row),
        leading=leading,
        strong=leading is not None,
        selected=row.id == marks.chosen,
        trailing=choice_mark() if row.id in marks.waiting else None,
        on_click=lambda: routes.go(routes.appointment(row.profile, row.id)),
    )


def _time_badge(row: Row) -> ft.Control | None:
    """The time on the person's colour; None when only the day is known."""
    start = row.date.start if row.date and row.date.precision is Precision.TIME else None
    if start is None:
        return None
    words = ft.Text(time(start), theme_style=ft.TextThemeStyle.LABEL_LARGE, color=ft.Colors.ON_PRIMARY_CONTAINER)
    return ft.Container(
        words,
        bgcolor=ft.Colors.PRIMARY_CONTAINER,
        border_radius=RADIUS,
        padding=ft.Padding.symmetric(horizontal=10, vertical=10),
    )
