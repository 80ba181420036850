"""« Ajouter un carnet »: one that begins here, at any time; or one that comes from the service, looked for at once."""

import flet as ft

from mes_app.domain.newcomers import Newcomer
from mes_app.i18n import t
from mes_app.views import routes
from mes_app.views.forms.newcomers import newcomer_form
from mes_app.views.state import use_session, use_store
from mes_app.views.widgets.accounts import use_connected
from mes_app.views.widgets.boundaries import component, screen
from mes_app.views.widgets.cards import card, error_card
from mes_app.views.widgets.commands import use_command
from mes_app.views.widgets.shell import modal_view, page_column
from mes_app.views.widgets.texts import muted, section_title


@screen
def add_profile_screen() -> ft.View:
    """How a child or a relative gets a record here."""
    return modal_view(t("profiles.add"), page_column([_newcomer_card(), _service_card()]))


@component
def _newcomer_card() -> ft.Control:
    session, store = use_session(), use_store()

    async def keep(newcomer: Newcomer) -> None:
        added = await session.profiles.add(newcomer)
        store.profiles = await session.profiles.list()  # its address leads nowhere before
        routes.go(routes.home(added.pid))

    form = newcomer_form(keep, t("newcomers.add"))
    return _titled("newcomers.title", muted(t("newcomers.told")), form)


@component
def _service_card() -> ft.Control:
    """Nothing where there is no service."""
    session = use_session()

    async def look() -> None:
        await session.schedule.run_now()

    command, connected = use_command(look), use_connected()
    button = ft.FilledTonalButton(t("profiles.look_now"), on_click=command.run, disabled=command.running)
    failed = [error_card(command.error)] if command.error else []
    if not connected:
        return ft.Container()
    return _titled("newcomers.service_title", muted(t("profiles.add_told")), ft.Row([button]), *failed)


def _titled(title: str, *controls: ft.Control) -> ft.Control:
    stretch = ft.CrossAxisAlignment.STRETCH
    return card(ft.Column([section_title(t(title)), *controls], spacing=16, horizontal_alignment=stretch))
