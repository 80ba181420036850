"""« Annuler », for ten seconds after something was done: instead of asking before whether it is meant."""

import flet as ft

from mes_app.errors import MesError
from mes_app.i18n import t
from mes_app.i18n.explanations import explain
from mes_app.views.state import SessionStore, UndoOffer

SECONDS = 10
_WIDTH = 480


def use_undo_bar(store: SessionStore, *, wide: bool = False) -> None:
    """Show what ``store`` offers to undo. Read aloud when it shows; gone with the vault.

    A hook of the root: what was done is still told on the screen one goes to. ``wide``: the window is wider than a bar.
    """
    offer = store.offer
    nothing: UndoOffer | None = None
    shown, show = ft.use_state(nothing)
    ft.use_effect(lambda: show(offer), [offer])  # the bar of what was done before goes first: it counts its own time
    ft.use_dialog(_bar(store, offer, wide=wide) if offer and offer is shown else None)


def _bar(store: SessionStore, offer: UndoOffer, *, wide: bool) -> ft.SnackBar:
    session = store.session

    def put_away() -> None:
        if store.offer is offer:
            store.offer = None

    async def undo() -> None:
        put_away()
        try:
            if session:
                await session.editing.undo(offer.edited)
            words = t("forms.undone")
        except MesError as error:
            words = explain(error).what
        ft.context.page.show_dialog(ft.SnackBar(ft.Text(words)))

    return ft.SnackBar(
        ft.Text(t(offer.told)),
        action=t("app.undo"),
        on_action=undo,
        on_dismiss=put_away,
        duration=ft.Duration(seconds=SECONDS),
        persist=False,
        width=_WIDTH if wide else None,
    )
