"""The entries of the health profile that are found while one types, each with the name of its section."""

from collections.abc import Callable, Sequence

import flet as ft

from mes_app.domain.measure_types import MeasureType
from mes_app.domain.record import Kind, Row
from mes_app.domain.sections import BOOKLET, SECTIONS
from mes_app.i18n import t
from mes_app.services.finding import MOST
from mes_app.services.session import Session
from mes_app.views import routes
from mes_app.views.health.words import name_measure, tell_row, tell_value
from mes_app.views.state import use_profile, use_session
from mes_app.views.widgets.boundaries import component
from mes_app.views.widgets.cards import empty_state
from mes_app.views.widgets.icons import KIND_ICONS
from mes_app.views.widgets.loading import use_loaded
from mes_app.views.widgets.rows import list_row
from mes_app.views.widgets.searching import use_latest
from mes_app.views.widgets.texts import muted
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
        told: ft.Control = empty_state(
            ft.Icons.SEARCH_OFF_ROUNDED, t("search.nothing_in_health"), action=(t("search.clear"), clear)
        )
        return ft.Semantics(content=told, live_region=True, container=True)
    return ft.Column([_tell_count(rows), *(_row(row, shown) for row in rows)], spacing=0)


async def find_entries(session: Session, pid: str, text: str, limit: int = MOST) -> list[Row]:
    """The best answers to ``text``, of measures by the names that the screens give them."""
    names = {measure.value: name_measure(measure) for measure in MeasureType}
    return await session.health.find(pid, text, names, limit)


def address_of(row: Row) -> str:
    """Where an entry is read: a measure among all its values."""
    return routes.entry(row.profile, row.kind, _name_of(row))


def _name_of(row: Row) -> str:
    return row.category if row.kind is Kind.MEASURES and row.category else row.id


def _tell_count(rows: Sequence[Row]) -> ft.Control:
    words = t("search.found", count=len(rows)) if len(rows) < MOST else t("search.found_most", count=MOST)
    told = ft.Container(muted(words), padding=ft.Padding.only(left=12, bottom=4))
    return ft.Semantics(content=told, live_region=True, container=True)


def _row(row: Row, shown: str) -> ft.Control:
    title, subtitle = tell_row(row)
    if row.kind is Kind.MEASURES:
        title, subtitle = name_measure(row.category) or row.title, f"{title} · {subtitle}"
    elif row.value is not None:
        subtitle = " · ".join(part for part in (tell_value(row), tell_day(row.date)) if part)
    section = t(f"sections.{row.kind}.title")
    return list_row(
        title,
        " · ".join(part for part in (section, subtitle) if part),
        icon=KIND_ICONS[row.kind],
        selected=_name_of(row) == shown,
        on_click=routes.way_to(address_of(row)),
    )
