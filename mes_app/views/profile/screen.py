"""Adding a record: it comes from the service, so this says how, and looks for it at once."""

import flet as ft

from mes_app.i18n import t
from mes_app.views.state import use_session
from mes_app.views.widgets.boundaries import screen
from mes_app.views.widgets.cards import empty_state, error_card
from mes_app.views.widgets.commands import use_command
from mes_app.views.widgets.shell import modal_view, page_column


@screen
def add_profile_screen() -> ft.View:
    """How a child or a relative gets a record here."""
    session = use_session()

    async def look() -> None:
        await session.schedule.run_now()

    command = use_command(look)
    told = empty_state(
        ft.Icons.GROUP_ADD_OUTLINED, t("profiles.add_told"), action=(t("profiles.look_now"), command.run)
    )
    failed = [error_card(command.error)] if command.error else []
    return modal_view(t("profiles.add"), page_column([told, *failed]))
