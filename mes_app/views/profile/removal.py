"""Remove somebody whose record began on this device: it is nowhere else, so it goes only when that is agreed to."""

import flet as ft

from mes_app.i18n import t
from mes_app.views import routes
from mes_app.views.state import use_profile, use_session, use_store
from mes_app.views.widgets.boundaries import component, screen
from mes_app.views.widgets.confirming import use_confirmed
from mes_app.views.widgets.consents import consent
from mes_app.views.widgets.fields import other_error
from mes_app.views.widgets.shell import detail_view, page_column
from mes_app.views.widgets.texts import body


@screen
def removal_screen() -> ft.View:
    """What is lost, the agreement, then the proof that it is the owner who asks."""
    return detail_view(t("newcomers.remove"), page_column([_removal()]))


@component
def _removal() -> ft.Control:
    session, store, shown = use_session(), use_store(), use_profile()
    agreed, set_agreed = ft.use_state(False)

    async def remove() -> None:
        await session.profiles.remove(shown.pid)
        store.places.pop(shown.pid, None)
        store.pid = ""
        store.profiles = await session.profiles.list()
        routes.go("/")

    command = use_confirmed(remove)
    button = ft.FilledButton(
        t("newcomers.remove_confirm"),
        on_click=command.run,
        disabled=command.running or not agreed,
        style=ft.ButtonStyle(bgcolor=ft.Colors.ERROR, color=ft.Colors.ON_ERROR) if agreed else None,
    )
    told = body(t("newcomers.remove_told", name=shown.name))
    agreement = consent(t("newcomers.remove_agree"), set_agreed, given=agreed)
    controls = [told, agreement, *other_error(command.error), button]
    return ft.Column(controls, spacing=16, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)
