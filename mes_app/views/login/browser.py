"""Sign in where a server of others does it: in the browser of the system, which alone sees the password."""

import asyncio

import flet as ft

from mes_app.domain.servers import ServerAccount
from mes_app.i18n import t
from mes_app.views.login.questions import read_server
from mes_app.views.login.state import SignIn, Step
from mes_app.views.state import use_carnets
from mes_app.views.widgets.boundaries import screen
from mes_app.views.widgets.cards import error_card
from mes_app.views.widgets.commands import use_command
from mes_app.views.widgets.entrance import entrance_view
from mes_app.views.widgets.fields import main_button, text_field
from mes_app.views.widgets.texts import muted


@screen
def browser_screen(sign_in: SignIn) -> ft.View:
    """Opens the browser and waits for it to come back; leaving the screen gives up."""
    carnets, server = use_carnets(), read_server(sign_in)
    address, set_address = ft.use_state("")
    under_way: ft.MutableRef[asyncio.Task[ServerAccount] | None] = ft.use_ref()

    async def show(given: str) -> None:
        set_address(given)
        await ft.UrlLauncher().launch_url(given)

    async def begin() -> None:
        task = under_way.current = asyncio.create_task(carnets.login.use_browser(server, show))
        await asyncio.wait([task])
        if not task.cancelled():
            await sign_in.enrol(task.result())

    def give_up() -> None:
        if under_way.current:
            under_way.current.cancel()

    ft.on_unmounted(give_up)
    command = use_command(begin)
    client = text_field(
        t("login.client_id"),
        server.client_id,
        lambda value: setattr(sign_in, "server", server.model_copy(update={"client_id": value.strip()})),
        hint=t("login.client_id_hint"),
        autocorrect=False,
        read_only=command.running or sign_in.known,
    )
    waiting = [muted(t("login.browser_waiting")), _open_again(address)] if command.running and address else []
    told = [error_card(command.error)] if command.error else []
    button = main_button(t("login.open_browser"), command, disabled=not server.client_id)
    return entrance_view(
        Step.BROWSER,
        ft.Icons.OPEN_IN_BROWSER_ROUNDED,
        t("login.browser_title"),
        t("login.browser_hint", server=server.fhir_base),
        [client, *told, button, *waiting],
        on_back=sign_in.go_back,
    )


def _open_again(address: str) -> ft.Control:
    return ft.TextButton(t("login.open_again"), icon=ft.Icons.OPEN_IN_NEW_ROUNDED, url=address)
