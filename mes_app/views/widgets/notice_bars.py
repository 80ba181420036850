"""What was just done is said for some seconds, with « Annuler » where it can be: instead of asking before."""

import flet as ft

from mes_app.errors import MesError
from mes_app.i18n import t
from mes_app.i18n.explanations import explain
from mes_app.views.state import Notice, SessionStore, use_store, use_ui

UNDO_SECONDS, TOLD_SECONDS = 10, 4
_WIDTH, _HEIGHT = 480, 64


def use_notice_bar(store: SessionStore, *, wide: bool = False) -> None:
    """Show what ``store`` says. Read aloud when it shows; gone with the vault.

    A hook of the root: what was done is still told on the screen one goes to. ``wide``: the window is wider than a bar.
    """
    notice = store.notice
    nothing: Notice | None = None
    shown, show = ft.use_state(nothing)
    ft.use_effect(lambda: show(notice), [notice])  # the bar of what was done before goes first: it counts its own time
    ft.use_dialog(_bar(store, notice, wide=wide) if notice and notice is shown else None)


def use_notice_room() -> float:
    """Pixels at the lower edge that the bar covers right now."""
    scale = use_ui().preferences.text_scale
    return _HEIGHT * scale if use_store().notice else 0


def _bar(store: SessionStore, notice: Notice, *, wide: bool) -> ft.SnackBar:
    session, edited = store.session, notice.edited

    def put_away() -> None:
        if store.notice is notice:
            store.notice = None

    async def undo() -> None:
        put_away()
        try:
            if session and edited:
                await session.editing.undo(edited)
            store.tell(t("forms.undone"))
        except MesError as error:
            store.tell(explain(error).what)

    return ft.SnackBar(
        ft.Text(notice.words),
        action=t("app.undo") if edited else None,
        on_action=undo,
        on_dismiss=put_away,
        duration=ft.Duration(seconds=UNDO_SECONDS if edited else TOLD_SECONDS),
        persist=False,
        width=_WIDTH if wide else None,
    )
