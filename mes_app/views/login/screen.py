"""The sign-in as a stack of two views: the welcome, and above it the question of now."""

from collections.abc import Callable, Sequence

import flet as ft

from mes_app.views.login.connecting import QUESTIONS, connection_screen
from mes_app.views.login.first_person import first_person_screen
from mes_app.views.login.first_sync import first_sync_screen
from mes_app.views.login.renewal import renewal_screen
from mes_app.views.login.secret import secret_screen
from mes_app.views.login.state import SignIn, Step
from mes_app.views.login.welcome import welcome_screen
from mes_app.views.state import use_carnets
from mes_app.views.widgets.accounts import use_connected
from mes_app.views.widgets.boundaries import screen
from mes_app.views.widgets.restore_screens import restore_screen

__all__ = ["arrival_screen", "connection_screen", "renewal_screen", "sign_in_screens"]

_QUESTIONS: dict[Step, Callable[[SignIn], ft.View]] = {
    **QUESTIONS,
    Step.SECRET: secret_screen,
    Step.RESTORE: lambda sign_in: restore_screen(sign_in.restoring, sign_in.go_back),
}


@screen
def arrival_screen() -> ft.View:
    """The vault is open and holds nobody yet: its first sync, or who it is for where it has no service."""
    match use_connected():
        case None:
            return ft.View(route="/")
        case False:
            return first_person_screen()
        case True:
            return first_sync_screen()


@ft.component
def sign_in_screens() -> Sequence[ft.View]:
    """The views of the sign-in; the arrow, the system's back and a swipe all go to the question before."""
    carnets = use_carnets()
    sign_in, _ = ft.use_state(SignIn(address=carnets.server, user=carnets.user))
    page = ft.context.page

    def listen() -> None:
        page.on_view_pop = lambda _event: sign_in.go_back()

    def stop() -> None:
        page.on_view_pop = None

    ft.use_effect(listen, [], cleanup=stop)
    question = _QUESTIONS.get(sign_in.step)
    return [welcome_screen(sign_in), *([question(sign_in)] if question else [])]
