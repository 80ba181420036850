"""Connect a service to a vault that began without one: its records come beside those that are here, which stay."""

from collections.abc import Callable

import flet as ft

from mes_app.domain.servers import ServerAccount
from mes_app.i18n import t
from mes_app.views import routes
from mes_app.views.login.browser import browser_screen
from mes_app.views.login.code import code_screen
from mes_app.views.login.questions import password_screen, plain_screen, server_screen
from mes_app.views.login.state import SignIn, Step
from mes_app.views.state import use_carnets, use_session
from mes_app.views.widgets.boundaries import screen
from mes_app.views.widgets.commands import use_command
from mes_app.views.widgets.entrance import entrance_view
from mes_app.views.widgets.fields import main_button

QUESTIONS: dict[Step, Callable[[SignIn], ft.View]] = {
    Step.SERVER: server_screen,
    Step.PASSWORD: password_screen,
    Step.CODE: code_screen,
    Step.BROWSER: browser_screen,
    Step.PLAIN: plain_screen,
}
"""What each step of a sign-in asks."""


@screen
def connection_screen() -> ft.View:
    """What comes and what stays, then the questions of the sign-in; afterwards the records, being updated."""
    carnets, session, page = use_carnets(), use_session(), ft.context.page

    async def connect(account: ServerAccount) -> None:
        await session.syncing.connect(account)
        page.run_task(session.schedule.run_now)
        routes.go("/")

    sign_in, _ = ft.use_state(SignIn(address=carnets.server, user=carnets.user, receive=connect))
    return QUESTIONS.get(sign_in.step, _told_screen)(sign_in)


@screen
def _told_screen(sign_in: SignIn) -> ft.View:
    async def begin() -> None:
        sign_in.proceed(Step.SERVER)

    return entrance_view(
        routes.CONNECTION,
        ft.Icons.ADD_LINK_ROUNDED,
        t("newcomers.connect_title"),
        t("newcomers.connect_told"),
        [
            main_button(t("app.continue"), use_command(begin)),
            ft.TextButton(t("login.plain_server"), on_click=lambda: sign_in.proceed(Step.PLAIN)),
        ],
        on_back=routes.way_to(routes.SETTINGS),
    )
