"""A sign-in through the browser of the system, on a server that is not ours."""

import asyncio
from collections.abc import Awaitable, Callable

import flet as ft

from mes_app.domain.servers import ServerAccount, SignIn
from mes_app.errors import NotAllowed, Reason
from mes_app.i18n import t
from tests.views import fakes
from tests.views.harness import App
from tests.views.test_app import tell
from tests.views.test_login import answer, choose_pin, welcome

ADDRESS = "https://login.example/authorize?state=s1"
SERVER = ServerAccount(
    fhir_base="https://sante.example/fhir",
    sign_in=SignIn.SMART,
    authorization_endpoint="https://login.example/authorize",
    token_endpoint="https://login.example/token",
    client_id="mes-carnets",
)


class BrowserLogin(fakes.FakeLogin):
    """The person comes back from the browser when ``back`` is set, refused if ``refused``."""

    def __init__(self) -> None:
        super().__init__()
        self.back = asyncio.Event()
        self.refused = False
        self.asked: list[str] = []
        self.given_up = 0

    async def find_server(self, url: str) -> ServerAccount:
        return SERVER.model_copy(update={"fhir_base": f"{url}/fhir"})

    async def use_browser(self, server: ServerAccount, show: Callable[[str], Awaitable[None]]) -> ServerAccount:
        self.asked.append(server.client_id)
        await show(ADDRESS)
        try:
            await self.back.wait()
        except asyncio.CancelledError:
            self.given_up += 1
            raise
        if self.refused:
            raise NotAllowed(Reason.FORBIDDEN)
        return server.model_copy(update={"patients": ("p1",)})


async def open_browser(app: App) -> "asyncio.Task[None]":
    """The button answers when the browser has come back."""
    pressed = asyncio.create_task(app.click(app.button(t("login.open_browser"))))
    await app.settle()
    return pressed


async def reach_browser(app: App) -> "asyncio.Task[None]":
    await app.click(app.button(t("login.sign_in")))
    await answer(app, t("app.continue"), "https://sante.example")
    return await open_browser(app)


def opened(app: App) -> list[str]:
    return [args["url"] for name, args in app.client.calls if name == "launch_url"]


def tell_browser(story: Callable[[App, BrowserLogin], Awaitable[None]]) -> None:
    async def told(app: App, carnets: fakes.FakeCarnets) -> None:
        login = carnets.login = BrowserLogin()
        await story(app, login)

    tell(told, welcome(), unlocked=False)


def test_the_browser_signs_in_and_the_vault_follows() -> None:
    async def story(app: App, login: BrowserLogin) -> None:
        pressed = await reach_browser(app)
        assert opened(app) == [ADDRESS]
        assert t("login.browser_waiting") in app.texts()
        again = next(b for b in app.all(ft.TextButton) if b.content == t("login.open_again"))
        assert again.url == ADDRESS
        login.back.set()
        await pressed
        await choose_pin(app)
        await choose_pin(app)
        assert t("login.first_sync_done") in app.texts()

    tell_browser(story)


def test_the_name_under_which_the_service_knows_the_app_may_be_its_own() -> None:
    async def story(app: App, login: BrowserLogin) -> None:
        await app.click(app.button(t("login.sign_in")))
        await answer(app, t("app.continue"), "https://sante.example")
        await app.type(app.one(ft.TextField), " clinic-42 ")
        await open_browser(app)
        assert login.asked == ["clinic-42"]

    tell_browser(story)


def test_going_back_gives_up_the_sign_in() -> None:
    async def story(app: App, login: BrowserLogin) -> None:
        pressed = await reach_browser(app)
        back = next(b for b in app.all(ft.IconButton) if getattr(b.icon, "semantics_label", "") == t("app.back"))
        await app.click(back)
        await pressed
        assert login.given_up == 1
        assert t("login.server_title") in app.texts()

    tell_browser(story)


def test_a_refusal_is_told_and_one_may_try_again() -> None:
    async def story(app: App, login: BrowserLogin) -> None:
        login.refused = True
        pressed = await reach_browser(app)
        login.back.set()
        await pressed
        assert t("errors.not_allowed.forbidden.what") in app.texts()
        await (await open_browser(app))
        assert len(opened(app)) == 2

    tell_browser(story)
