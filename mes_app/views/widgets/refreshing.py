"""« Actualiser »: the lists of Flet 1.0.5 cannot be pulled down."""

import flet as ft

from mes_app.domain.sync_status import Running
from mes_app.errors import MesError
from mes_app.i18n import t
from mes_app.i18n.explanations import explain
from mes_app.views.state import use_profile, use_session, use_store, use_sync
from mes_app.views.theme import TARGET
from mes_app.views.widgets.boundaries import component
from mes_app.views.widgets.texts import page_title


def refreshed_title(title: str) -> ft.Control:
    """The heading of a destination, and the button that brings it up to date."""
    return ft.Row([ft.Container(page_title(title), expand=True), refresh_button()], spacing=8)


@component
def refresh_button() -> ft.Control:
    """Ask the service now, for the person shown first. Not in a demonstration, nor for a person whom none knows."""
    session, store, shown, status = use_session(), use_store(), use_profile(), use_sync().status

    async def refresh() -> None:
        try:
            await session.schedule.run_now(shown.pid)
        except MesError as error:
            store.tell(explain(error).what)

    if session.temporary or shown.is_local:
        return ft.Container()
    return ft.IconButton(
        ft.Icon(ft.Icons.REFRESH_ROUNDED, semantics_label=t("syncing.refresh")),
        on_click=refresh,
        disabled=isinstance(status, Running),
        width=TARGET,
        height=TARGET,
    )
