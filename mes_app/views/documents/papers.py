"""The administrative pieces of a person: which ones are here, and until when they are valid."""

from collections.abc import Callable

import flet as ft

from mes_app.domain.documents import Document
from mes_app.domain.expiries import list_expiries
from mes_app.domain.record import Kind
from mes_app.i18n import t
from mes_app.views import routes
from mes_app.views.state import read_today, use_profile, use_session
from mes_app.views.widgets.boundaries import component
from mes_app.views.widgets.cards import empty_state
from mes_app.views.widgets.expiries import name_paper, tell_validity
from mes_app.views.widgets.loading import use_loaded
from mes_app.views.widgets.rows import list_row
from mes_app.views.widgets.words import tell_day


@component
def paper_list(chosen: str) -> ft.Control:
    """The pieces of the profile in the address; ``chosen`` is the id of the one shown beside."""
    session, shown = use_session(), use_profile()
    read = use_loaded(lambda: session.documents.papers(shown.pid), [shown.pid], (Kind.DOCUMENTS,))
    return read.show(lambda papers: _show(papers, chosen, routes.way_to(routes.document(shown.pid, routes.NEW_PIECE))))


def _show(papers: list[Document], chosen: str, add: Callable[[], None]) -> ft.Control:
    if not papers:
        return empty_state(ft.Icons.BADGE_OUTLINED, t("adding.papers.empty"), action=(t("adding.new"), add))
    days = {expiry.paper.id: expiry.days_left for expiry in list_expiries(papers, read_today())}
    rows = [_row(paper, days.get(paper.id), selected=paper.id == chosen) for paper in papers]
    return ft.ListView(rows, padding=ft.Padding.only(left=4, right=4, bottom=96), expand=True)


def _row(paper: Document, days_left: int | None, *, selected: bool) -> ft.Control:
    name, validity = name_paper(paper), tell_validity(paper, days_left)
    told = [part for part in (paper.name if paper.name != name else "", validity or tell_day(paper.date)) if part]
    soon = ft.Icon(ft.Icons.SCHEDULE_ROUNDED, color=ft.Colors.ERROR, semantics_label=t("adding.papers.to_renew"))
    return list_row(
        name,
        " · ".join(told),
        icon=ft.Icons.BADGE_OUTLINED,
        trailing=soon if days_left is not None else None,
        strong=days_left is not None,
        selected=selected,
        on_click=routes.way_to(routes.document(paper.profile, paper.id)),
    )
