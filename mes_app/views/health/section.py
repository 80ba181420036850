"""One section of the health profile: its entries, or what would be here."""

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial
from typing import cast

import flet as ft

from mes_app.domain.record import Kind, Row
from mes_app.domain.sections.allergies import Allergy
from mes_app.i18n import t
from mes_app.services.health import SectionSummary
from mes_app.services.session import Session
from mes_app.views import routes
from mes_app.views.forms.actions import heading, nothing_yet, withdrawal
from mes_app.views.health.state import DATED, is_current
from mes_app.views.health.words import tell_declared, tell_row
from mes_app.views.state import use_outgoing, use_profile, use_session, use_ui
from mes_app.views.widgets.boundaries import component
from mes_app.views.widgets.cards import card
from mes_app.views.widgets.icons import KIND_ICONS
from mes_app.views.widgets.loading import use_loaded
from mes_app.views.widgets.paging import use_pages
from mes_app.views.widgets.rows import choice_mark, list_row, month_heading
from mes_app.views.widgets.texts import muted, section_title
from mes_app.views.widgets.words import tell_gravity


@component
def section_panel(kind: Kind) -> ft.Control:
    """The section ``kind`` of the profile in the address, page by page."""
    session, shown, ui = use_session(), use_profile(), use_ui()
    listed = use_pages(lambda after: session.health.rows(shown.pid, kind, after), [shown.pid, kind], (kind,))
    summary = use_loaded(
        lambda: _read_summary(session, shown.pid, kind), [shown.pid, kind], (kind, Kind.NOTHING_DECLARED)
    )
    top = heading(t(f"sections.{kind}.title"), shown.pid, kind)
    title = ft.Container(top, padding=ft.Padding.only(left=12, right=12, top=16, bottom=8))
    waiting, gravity = use_outgoing().conflicts, _use_gravity(kind)
    row = partial(_row, waiting=waiting, gravity=gravity)
    body = listed.read.show(
        lambda pages: _rows(pages.rows, kind, row) if pages.rows else summary.show(_describe_absence, ft.Container)
    )
    return ft.ListView(
        [title, body],
        padding=ft.Padding.only(left=ui.margin - 12, right=ui.margin - 12, bottom=32),
        on_scroll=listed.scroll,
        scroll_interval=50,
        expand=True,
    )


async def _read_summary(session: Session, pid: str, kind: Kind) -> SectionSummary:
    return next(found for found in await session.health.summaries(pid) if found.kind is kind)


def _use_gravity(kind: Kind) -> Mapping[str, str]:
    """How grave each allergy is, by its id: a list that hides it would mislead."""
    session, shown = use_session(), use_profile()

    async def read() -> dict[str, str]:
        if kind is not Kind.ALLERGIES:
            return {}
        allergies = cast(list[Allergy], await session.health.entries(shown.pid, kind))
        return {allergy.id: tell_gravity(allergy) for allergy in allergies}

    return use_loaded(read, [shown.pid, kind], (kind,)).value or {}


def _rows(rows: Sequence[Row], kind: Kind, draw: Callable[[Row], ft.Control]) -> ft.Control:
    """The rows; where it matters, what holds today first and what is over below."""
    if kind not in DATED:
        return ft.Column([draw(row) for row in rows], spacing=0)
    parts = {"current": [row for row in rows if is_current(row)], "past": [row for row in rows if not is_current(row)]}
    lines: list[ft.Control] = []
    for name, found in parts.items():
        if found:
            lines += [month_heading(t(f"health.{name}")), *(draw(row) for row in found)]
    return ft.Column(lines, spacing=0)


def _row(row: Row, waiting: Collection[str], gravity: Mapping[str, str]) -> ft.Control:
    """``waiting``: the records of which two versions wait for a choice."""
    title, subtitle = tell_row(row)
    return list_row(
        title,
        " · ".join(part for part in (gravity.get(row.id, ""), subtitle) if part),
        icon=KIND_ICONS[row.kind],
        trailing=choice_mark() if row.id in waiting else None,
        on_click=lambda: routes.go(routes.entry(row.profile, row.kind, row.id)),
    )


def _describe_absence(summary: SectionSummary) -> ft.Control:
    """Declared to have nothing, or never filled in: two facts that a doctor reads differently."""
    if summary.nothing_declared is None:
        return nothing_yet(summary.kind)
    statement = t("health.declared_none", words=t(f"sections.{summary.kind}.none"))
    told = [section_title(statement), muted(tell_declared(summary.nothing_declared)), withdrawal(summary.kind)]
    return ft.Container(card(ft.Column(told, spacing=4)), padding=12)
