"""The two screens of documents: the list, and one document. In two panes the list's screen shows both."""

import flet as ft

from mes_app.i18n import t
from mes_app.views.documents.finder import document_finder
from mes_app.views.documents.panel import document_panel
from mes_app.views.routes import Destination
from mes_app.views.state import use_ui
from mes_app.views.widgets.boundaries import screen
from mes_app.views.widgets.cards import empty_state
from mes_app.views.widgets.shell import detail_view, shell


@screen
def documents_screen() -> ft.View:
    """The list; beside it in two panes, the document of the address."""
    chosen = ft.use_route_params().get("id", "")
    beside = document_panel(chosen) if chosen else _nothing_chosen()
    return shell(Destination.DOCUMENTS, document_finder(chosen), detail=beside if use_ui().panes else None)


@screen
def document_screen() -> ft.View:
    """One document, alone."""
    return detail_view(t("documents.one"), document_panel(ft.use_route_params()["id"]))


def _nothing_chosen() -> ft.Control:
    return empty_state(ft.Icons.DESCRIPTION_OUTLINED, t("documents.choose_one"))
