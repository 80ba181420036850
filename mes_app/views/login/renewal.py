"""Sign in again over the open vault, when the server has ended the session. Nothing is hidden or lost meanwhile."""

from collections.abc import Callable

import flet as ft

from mes_app.domain.servers import ServerAccount
from mes_app.domain.servers import SignIn as Way
from mes_app.domain.sync_status import Stopped
from mes_app.errors import NotAllowed, Reason, SessionExpired
from mes_app.i18n import t
from mes_app.views import routes
from mes_app.views.login.browser import browser_screen
from mes_app.views.login.code import code_screen
from mes_app.views.login.questions import password_screen, plain_screen
from mes_app.views.login.state import SignIn, Step
from mes_app.views.state import use_carnets, use_session, use_sync
from mes_app.views.widgets.boundaries import screen
from mes_app.views.widgets.commands import use_command
from mes_app.views.widgets.entrance import entrance_view
from mes_app.views.widgets.fields import main_button, other_error

_QUESTIONS: dict[Step, Callable[[SignIn], ft.View]] = {
    Step.PASSWORD: password_screen,
    Step.CODE: code_screen,
    Step.BROWSER: browser_screen,
    Step.PLAIN: plain_screen,
}


@screen
def renewal_screen() -> ft.View:
    """Why, then the questions of the account of this vault; afterwards the records again, being updated."""
    session, page = use_session(), ft.context.page

    async def renew(account: ServerAccount) -> None:
        await session.syncing.connect(account)
        page.run_task(session.schedule.run_now)
        routes.go("/")

    sign_in, _ = ft.use_state(SignIn(receive=renew, known=True))
    return _QUESTIONS.get(sign_in.step, _reason_screen)(sign_in)


@screen
def _reason_screen(sign_in: SignIn) -> ft.View:
    """Says what ended and what is safe, and begins; only then is a code sent."""
    carnets, session, status = use_carnets(), use_session(), use_sync().status
    error = status.error if isinstance(status, Stopped) else None
    code_alone = isinstance(error, SessionExpired) and error.reason is Reason.CODE_REQUIRED

    async def begin() -> None:
        account = await session.syncing.account()
        if account is None:
            raise NotAllowed(Reason.NO_SERVER)
        sign_in.server, sign_in.user, sign_in.address = account, account.user, account.fhir_base
        sign_in.patients = " ".join(account.patients)
        match account.sign_in:
            case Way.CHALLENGE:
                sign_in.proceed(await ask(account))
            case Way.SMART:
                sign_in.proceed(Step.BROWSER)
            case Way.PLAIN:
                sign_in.proceed(Step.PLAIN)

    async def ask(account: ServerAccount) -> Step:
        if not code_alone:
            return Step.PASSWORD
        try:
            sign_in.code = await carnets.login.ask_code(account)
        except SessionExpired:
            return Step.PASSWORD
        return Step.CODE

    command = use_command(begin)
    controls = [
        *other_error(command.error),
        main_button(t("login.renew"), command),
        ft.TextButton(t("login.renew_later"), on_click=_leave),
    ]
    return entrance_view(
        routes.RENEWAL,
        ft.Icons.LOCK_CLOCK_OUTLINED,
        t("login.renew_title"),
        t("login.renew_code_told" if code_alone else "login.renew_told"),
        controls,
        on_back=_leave,
    )


def _leave() -> None:
    routes.go("/")
