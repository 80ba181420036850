"""« Repartir du service »: what comes back and what does not, said before anything begins.

The vault that cannot be opened stays until the new one is complete.
"""

import flet as ft

from mes_app.i18n import t
from mes_app.views.lock.state import Closed, Step
from mes_app.views.state import use_carnets, use_store
from mes_app.views.widgets.boundaries import screen
from mes_app.views.widgets.commands import use_command
from mes_app.views.widgets.consents import consent
from mes_app.views.widgets.entrance import entrance_view
from mes_app.views.widgets.fields import main_button
from mes_app.views.widgets.texts import body, section_title


@screen
def starting_over_screen(closed: Closed) -> ft.View:
    """Explains, asks to agree, then shows the sign-in, at whose end the new vault takes the place of this one."""
    vault, store = use_carnets().vault, use_store()
    agreed, set_agreed = ft.use_state(False)

    async def begin() -> None:
        store.starting_over = True

    command = use_command(begin)
    told = [
        _part(t("recovery.comes_back_title"), t("recovery.comes_back")),
        _part(t("recovery.lost_title"), _tell_lost(vault.count_lost())),
        body(t("recovery.replaced_when")),
    ]
    agreeing = consent(t("recovery.start_over_agree"), set_agreed, given=agreed)
    return entrance_view(
        Step.START_OVER,
        ft.Icons.RESTART_ALT_ROUNDED,
        t("recovery.way_start_over"),
        t("recovery.start_over_told"),
        [*told, agreeing, main_button(t("app.continue"), command, disabled=not agreed)],
        on_back=closed.go_back,
    )


def _part(title: str, told: str) -> ft.Control:
    return ft.Column([section_title(title), body(told)], spacing=4)


def _tell_lost(count: int | None) -> str:
    if count is None:
        return t("recovery.lost_unknown")
    return t("recovery.lost", count=count) if count else t("recovery.lost_nothing")
