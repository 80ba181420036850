"""One document: its title, its preview, and what can be done with it."""

from collections.abc import Sequence
from functools import partial

import flet as ft

from mes_app.domain.documents import Document
from mes_app.domain.record import Kind
from mes_app.i18n import t
from mes_app.views.documents.actions import Beside, action_bar
from mes_app.views.documents.contents import content_panel
from mes_app.views.documents.sheet import details_sheet
from mes_app.views.documents.versions import use_versions, version_links
from mes_app.views.documents.visibility import use_visibility, visibility_lines
from mes_app.views.state import use_session, use_ui
from mes_app.views.widgets.authorship import use_authorship
from mes_app.views.widgets.boundaries import component
from mes_app.views.widgets.covers import use_cover_paint
from mes_app.views.widgets.links import link_buttons, use_ties
from mes_app.views.widgets.loading import use_loaded
from mes_app.views.widgets.notice_bars import use_notice_room
from mes_app.views.widgets.previews import open_preview, preview_wait
from mes_app.views.widgets.remarks import remark_lines, use_reported
from mes_app.views.widgets.texts import muted
from mes_app.views.widgets.words import tell_day


@component
def document_panel(record_id: str) -> ft.Control:
    """The document ``record_id`` in all the place there is: the actions above it in two panes, else in a bar below."""
    session, ui, covered, tell = use_session(), use_ui(), use_notice_room(), use_authorship()
    document = use_loaded(lambda: session.documents.open(record_id), [record_id], (Kind.DOCUMENTS,))
    opened = use_loaded(lambda: open_preview(session, session.documents.content(record_id)), [record_id])
    visibility, versions = use_visibility(record_id), use_versions(record_id)
    beside = Beside(use_ties(record_id), use_reported(record_id, Kind.DOCUMENTS))
    shown, show_details = ft.use_state(False)
    paint = use_cover_paint()
    told = document.value if shown else None
    close = partial(show_details, False)
    ft.use_dialog(details_sheet(told, visibility, tell(told), close, paint) if told else None)
    if document.failure:
        return ft.Container(document.show(lambda found: _heading(found, [])), padding=ui.margin)
    actions = action_bar(document, opened.value.content if opened.value else None, beside, lambda: show_details(True))
    below = [*visibility_lines(document.value, visibility), *version_links(versions), *link_buttons(beside.ties)]
    below += remark_lines(beside.reported)
    heading = ft.Container(document.show(lambda found: _heading(found, below), ft.Container), expand=True)
    top = ft.Row([heading, actions] if ui.panes else [heading], vertical_alignment=ft.CrossAxisAlignment.START)
    body = opened.show(lambda found: content_panel(record_id, found), lambda: preview_wait(t("documents.fetching")))
    column: list[ft.Control] = [
        ft.Container(top, padding=ft.Padding.only(left=ui.margin, right=ui.margin, top=8)),
        ft.Container(body, expand=True, padding=ui.margin if opened.failure else 0),
    ]
    bar = ft.Container(actions, padding=ft.Padding.only(left=8, right=8, top=8, bottom=8 + covered), width=float("inf"))
    return ft.Column(column if ui.panes else [*column, bar], spacing=4, expand=True)


def _heading(document: Document, below: Sequence[ft.Control]) -> ft.Control:
    title = ft.Text(
        document.name,
        theme_style=ft.TextThemeStyle.TITLE_LARGE,
        max_lines=3,
        overflow=ft.TextOverflow.ELLIPSIS,
    )
    source = " · ".join(part for part in (document.author or document.organization, tell_day(document.date)) if part)
    named: list[ft.Control] = [ft.Semantics(content=title, header=True, heading_level=1), muted(source, lines=2)]
    return ft.Column([*named, *below], spacing=2)
