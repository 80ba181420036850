"""The only question of a vault without service: who it is for. Asked again at the next opening if it was left open."""

import flet as ft

from mes_app.domain.newcomers import Newcomer
from mes_app.i18n import t
from mes_app.views.forms.newcomers import newcomer_form
from mes_app.views.state import use_session
from mes_app.views.widgets.boundaries import screen
from mes_app.views.widgets.entrance import entrance_view

_ADDRESS = "/premier-carnet"


@screen
def first_person_screen() -> ft.View:
    """Who the first record is about; it shows as soon as it is there."""
    session = use_session()

    async def keep(newcomer: Newcomer) -> None:
        await session.profiles.add(newcomer)

    return entrance_view(
        _ADDRESS,
        ft.Icons.BADGE_OUTLINED,
        t("newcomers.first_title"),
        t("newcomers.first_hint"),
        [newcomer_form(keep, t("newcomers.begin"))],
    )
