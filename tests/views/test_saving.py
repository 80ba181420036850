"""Handing a document to another app of this computer."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import flet as ft
import pytest

from mes_app.domain.documents import Content
from mes_app.errors import NotAllowed, Reason
from mes_app.i18n import t
from mes_app.services.auto_lock import LockDelays
from mes_app.services.outside import MINUTES, Outside
from mes_app.views.state import AppState, provide_session, provide_state, use_store
from mes_app.views.widgets.notice_bars import use_notice_bar
from mes_app.views.widgets.saving import share_buttons
from tests.formats.clinical_documents import report
from tests.views import fakes
from tests.views.harness import App
from tests.views.test_presence import BROWSER, DESKTOP, PHONE, TODAY, Device

PDF = Content(data=b"%PDF", content_type="application/pdf", file_name="document.pdf")
OPEN = t("files.open_outside")


def show(
    content: Content | None, device: Device, launch: Callable[[Path], None], story: Callable[[App], Awaitable[None]]
) -> None:
    """Tell ``story`` of the buttons for ``content`` on ``device``, where ``launch`` opens files."""

    async def run() -> None:
        session = fakes.make_session(TODAY)
        session.outside = Outside(fakes.open_scratch, launch)
        carnets = fakes.make_carnets(session)
        carnets.auto_lock.start(LockDelays())

        async def main(page: ft.Page) -> None:
            state = AppState(carnets)  # type: ignore[arg-type]
            body = ft.component(lambda: _buttons(content))
            page.render(lambda: provide_state(state, lambda: provide_session(session, body)))  # type: ignore[arg-type]

        app = App(main)
        app.props |= device
        async with app:
            await story(app)
        await session.outside.stop()

    asyncio.run(run())


def _buttons(content: Content | None) -> ft.Control:
    use_notice_bar(use_store())
    return ft.Row(share_buttons(content))


async def press(app: App) -> str:
    """Press the button; what the bar then says."""
    await app.click(app.button(OPEN))
    async with asyncio.timeout(20):
        await app.until(lambda: app.all(ft.SnackBar))
    (words,) = [found.value for found in app.walk(app.all(ft.SnackBar)[-1]) if isinstance(found, ft.Text)]
    return str(words)


def test_on_a_computer_the_app_of_the_system_is_given_a_copy_and_the_person_is_told_how_long_it_stays() -> None:
    given: list[bytes] = []

    async def story(app: App) -> None:
        assert await press(app) == t("files.opened_outside", minutes=MINUTES)
        assert given == [PDF.data]

    show(PDF, DESKTOP, lambda place: given.append(place.read_bytes()), story)


def test_without_an_app_for_it_the_person_is_told_what_to_do() -> None:
    def refuse(_: Path) -> None:
        raise NotAllowed(Reason.NO_APP)

    async def story(app: App) -> None:
        assert t("errors.not_allowed.no_app.next") in await press(app)

    show(PDF, DESKTOP, refuse, story)


@pytest.mark.parametrize(
    ("content", "device", "offered"),
    [
        (PDF, DESKTOP, [OPEN]),
        (None, DESKTOP, [OPEN]),
        (PDF.model_copy(update={"data": report()}), DESKTOP, []),
        (PDF, PHONE, [t("files.share")]),
        (PDF, BROWSER, [OPEN]),
        (PDF, {"platform": "android", "web": True}, []),
    ],
)
def test_each_device_offers_its_own_way_and_none_that_it_lacks(
    content: Content | None, device: Device, offered: list[str]
) -> None:
    async def story(app: App) -> None:
        assert [button.content for button in app.all(ft.OutlinedButton)] == offered

    show(content, device, lambda _: None, story)
