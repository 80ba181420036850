"""The sync on one screen: how it stands, what only a person can settle, what waits, and what was put aside."""

import flet as ft

from mes_app.i18n import t
from mes_app.views import routes
from mes_app.views.syncing.choice import choice_screen
from mes_app.views.syncing.kept import kept_cards
from mes_app.views.syncing.progress import progress_card
from mes_app.views.syncing.waiting import choices_card, refused_cards, waiting_card
from mes_app.views.widgets.boundaries import screen
from mes_app.views.widgets.shell import modal_view, page_column


def sync_routes() -> ft.Route:
    """The screen and, above it, one for each choice between two versions."""
    return ft.Route(
        path=routes.SYNC,
        component=sync_screen,
        modal=True,
        children=[ft.Route(path=routes.RECORD_PATTERN, component=choice_screen)],
    )


@screen
def sync_screen() -> ft.View:
    """All of it, what matters most first."""
    below = [choices_card(), refused_cards(), waiting_card(), kept_cards()]
    cards = ft.Column(below, spacing=0, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)  # those empty take no room
    return modal_view(t("syncing.title"), page_column([progress_card(), cards]))
