"""The two screens of documents: the list, and one document. In two panes the list's screen shows both."""

from collections.abc import Callable

import flet as ft

from mes_app.domain.documents import Category
from mes_app.i18n import t
from mes_app.views import routes
from mes_app.views.documents.adding import adding_form
from mes_app.views.documents.editing import editing_form
from mes_app.views.documents.finder import document_finder
from mes_app.views.documents.panel import document_panel
from mes_app.views.documents.papers import paper_list
from mes_app.views.routes import Destination
from mes_app.views.state import use_profile, use_ui
from mes_app.views.widgets.boundaries import screen
from mes_app.views.widgets.cards import empty_state
from mes_app.views.widgets.shell import detail_view, shell


@screen
def documents_screen() -> ft.View:
    """The list, or that of the administrative pieces; beside it in two panes, the document of the address."""
    chosen, pid, ui = ft.use_route_params().get("id", ""), use_profile().pid, use_ui()
    pieces, show_pieces = ft.use_state(False)
    add = routes.way_to(routes.document(pid, routes.NEW_PIECE if pieces else routes.NEW))
    body = ft.Column(
        [
            _head(show_pieces, [_add_button(add)] if ui.rail else [], pieces=pieces),
            ft.Container((paper_list if pieces else document_finder)(chosen), expand=True),
        ],
        spacing=0,
        expand=True,
    )
    beside = document_panel(chosen) if chosen else _nothing_chosen()
    floating = ft.FloatingActionButton(t("adding.add"), icon=ft.Icons.ADD_ROUNDED, on_click=add)
    return shell(Destination.DOCUMENTS, body, detail=beside if ui.panes else None, action=None if ui.rail else floating)


@screen
def document_screen() -> ft.View:
    """One document, or the form of new ones, alone."""
    record_id, pid = ft.use_route_params()["id"], use_profile().pid
    if record_id in (routes.NEW, routes.NEW_PIECE):
        category = Category.ADMINISTRATIVE if record_id == routes.NEW_PIECE else ""
        return detail_view(t("adding.add"), adding_form(pid, category))
    return detail_view(t("documents.one"), document_panel(record_id))


@screen
def document_form_screen() -> ft.View:
    """The form of one document, alone."""
    return detail_view(t("documents.one"), editing_form(use_profile().pid, ft.use_route_params()["id"]))


def _add_button(add: Callable[[], None]) -> ft.Control:
    return ft.FilledTonalButton(t("adding.add"), icon=ft.Icons.ADD_ROUNDED, on_click=add)


def _head(choose: Callable[[bool], None], buttons: list[ft.Control], *, pieces: bool) -> ft.Control:
    """What stands above the list. In Flet 1.0.5 the Tab key goes by place: what floats over a list comes between rows.

    On a phone, which has no such key, the button floats within reach of the thumb.
    """

    def change(event: ft.Event[ft.SegmentedButton]) -> None:
        choose("pieces" in event.control.selected)

    icons = (None, None) if buttons else (ft.Icons.FOLDER_OUTLINED, ft.Icons.BADGE_OUTLINED)
    segments = [
        ft.Segment(value="documents", label=t("adding.papers.documents"), icon=icons[0]),
        ft.Segment(value="pieces", label=t("adding.papers.papers"), icon=icons[1]),
    ]
    tabs = ft.SegmentedButton(
        segments, selected=["pieces" if pieces else "documents"], on_change=change, show_selected_icon=False
    )
    row = ft.Row([tabs, *buttons], alignment=ft.MainAxisAlignment.CENTER, spacing=8, run_spacing=8, wrap=True)
    return ft.Container(row, alignment=ft.Alignment.CENTER, padding=ft.Padding.only(left=8, top=8, right=8))


def _nothing_chosen() -> ft.Control:
    return empty_state(ft.Icons.DESCRIPTION_OUTLINED, t("documents.choose_one"))
