"""Until when administrative pieces are valid, and those to be renewed, told alike wherever they show."""

from collections.abc import Sequence

import flet as ft

from mes_app.domain.documents import Document
from mes_app.domain.expiries import Expiry
from mes_app.i18n import partial, t
from mes_app.views import routes
from mes_app.views.widgets.cards import section_card
from mes_app.views.widgets.rows import list_row


def name_paper(paper: Document) -> str:
    """« Carte européenne d'assurance maladie », or what the reader calls what has no name of its own."""
    return t(f"adding.paper_{paper.paper}") if paper.paper else paper.name


def tell_days_left(days: int) -> str:
    """« expire dans 30 jours », « expire aujourd'hui », « a expiré il y a 2 jours »."""
    if days == 0:
        return t("adding.papers.today")
    return t("adding.papers.days_left" if days > 0 else "adding.papers.days_ago", count=abs(days))


def tell_validity(paper: Document, days_left: int | None) -> str:
    """How long a piece is still valid: in days once that is near; empty where nothing says so."""
    if days_left is not None:
        return tell_days_left(days_left)
    return t("adding.papers.until", day=partial(paper.expires.text)) if paper.expires else ""


def expiry_cards(expiries: Sequence[Expiry]) -> list[ft.Control]:
    """The card of what is to be renewed, each line leading to its piece; nothing where there is nothing."""
    if not expiries:
        return []
    rows = [
        list_row(
            name_paper(expiry.paper),
            tell_days_left(expiry.days_left).capitalize(),
            icon=ft.Icons.BADGE_OUTLINED,
            strong=True,
            on_click=routes.way_across(routes.document(expiry.paper.profile, expiry.paper.id)),
        )
        for expiry in expiries
    ]
    return [section_card(t("adding.papers.to_renew"), rows)]
