"""A record that began here joins one of the service, in a real vault: seen first, chosen, done, and taken back."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import flet as ft
import pytest

from mes_app.bootstrap import make_carnets
from mes_app.config import Config
from mes_app.domain.newcomers import Newcomer
from mes_app.domain.people import Sex
from mes_app.domain.values import PartialDate
from mes_app.i18n import t
from mes_app.main import make_main
from mes_app.services.session import Session
from mes_app.views import routes
from tests.cli.phone import plain_server
from tests.services.family import FONTS
from tests.services.join_stories import ZOE, add_allergy
from tests.views.harness import App
from tests.views.rooms import Rooms

PASSPHRASE = "une phrase assez longue"
TOM = Newcomer(first_name="Tom", family_name="Petit", birth=PartialDate(text="2017-02-27"), sex=Sex.MALE)
Prepare = Callable[[Session], Awaitable[str]]
Story = Callable[[Rooms, str], Awaitable[None]]


async def add_zoe(session: Session) -> str:
    """A child noted here with two allergies, of which the service knows one."""
    pid = (await session.profiles.add(ZOE)).pid
    for substance in ("Kiwi", "Pollen"):
        await add_allergy(session, pid, substance)
    return pid


async def add_tom(session: Session) -> str:
    """Somebody whom the service does not know."""
    pid = (await session.profiles.add(TOM)).pid
    await add_allergy(session, pid, "Noix")
    return pid


async def add_nobody_s(session: Session) -> str:
    """The same child, of whom nothing is noted."""
    return (await session.profiles.add(ZOE)).pid


def tell(folder: Path, story: Story, prepare: Prepare, *, base: str = "", width: int = 390) -> None:
    """Run ``story`` at the home of who was prepared, in a vault connected to the server at ``base`` if there is one."""

    async def run() -> None:
        carnets = make_carnets(Config(data=folder / "data", assets=FONTS.parent, least_cost=True))
        try:
            session = await carnets.vault.create(PASSPHRASE)
            pid = await prepare(session)
            if base:
                await session.syncing.connect(await carnets.login.connect_plain(base, ["mother", "daughter"], None))
                await session.syncing.run()
            await carnets.vault.lock()
            async with App(make_main(lambda: carnets), width=width) as app:
                rooms = Rooms(app)
                await rooms.until(lambda: bool(app.all(ft.TextField)))
                await app.type(app.one(ft.TextField), PASSPHRASE)
                await rooms.press(f"^{t('lock.unlock')}$")
                await rooms.see(t("home.title"))
                await app.page.push_route(routes.home(pid))
                await story(rooms, pid)
        finally:
            await carnets.vault.lock()

    with pytest.MonkeyPatch.context() as system:
        system.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={folder / 'no-bus'}")
        asyncio.run(run())


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> object:
    with plain_server(tmp_path_factory.mktemp("server")) as served:
        yield served


def list_boxes(rooms: Rooms) -> list[bool | None]:
    return [box.value for box in rooms.app.all(ft.Checkbox)]


def exactly(key: str, **told: object) -> str:
    return f"^{t(key, **told)}$".replace("?", r"\?").replace("(", r"\(").replace(")", r"\)")


@pytest.mark.parametrize("width", [390, 1280])
def test_what_was_noted_is_offered_seen_chosen_and_joined(tmp_path: Path, base: str, width: int) -> None:
    async def story(rooms: Rooms, pid: str) -> None:
        await rooms.see(exactly("joining.offer"))
        await rooms.press(exactly("joining.offer_one", name="Zoé"))
        await rooms.until(lambda: bool(rooms.app.all(ft.RadioGroup)))
        assert t("joining.likely", name="Zoé Martin") in [radio.label for radio in rooms.app.all(ft.Radio)]
        await rooms.press(exactly("joining.show"))
        await rooms.see(exactly("joining.found", count=2))
        await rooms.see(exactly("joining.same"))
        assert sorted(list_boxes(rooms), key=str) == [False, True]
        await rooms.press("^Pollen$")
        assert list_boxes(rooms) == [True, True]
        await rooms.press(exactly("joining.none"))
        assert list_boxes(rooms) == [False, False]
        await rooms.press("^Kiwi$")
        await rooms.press(exactly("joining.join", count=1))
        await rooms.see(exactly("joining.taken", count=1))
        await rooms.see(exactly("joining.left", count=1))
        await rooms.app.fire(rooms.app.all(ft.SnackBar)[-1], "action")
        await rooms.see(exactly("forms.undone"))

    tell(tmp_path, story, add_zoe, base=base, width=width)


def test_where_the_two_differ_it_is_confirmed_first_and_the_record_left_empty_may_go(tmp_path: Path, base: str) -> None:
    async def story(rooms: Rooms, pid: str) -> None:
        await rooms.app.page.push_route(routes.person(pid))
        await rooms.press(exactly("joining.way"))
        await rooms.until(lambda: bool(rooms.app.all(ft.RadioGroup)))
        assert rooms.app.all(ft.FilledButton)[-1].disabled
        group = rooms.app.one(ft.RadioGroup)
        daughter = [radio.value for radio in rooms.app.all(ft.Radio) if "Zoé" in str(radio.label)]
        await rooms.app.fire(group, "change", daughter[0], value=daughter[0])
        await rooms.press(exactly("joining.show"))
        await rooms.see(exactly("joining.differs"))
        await rooms.see("Nom.: Tom Petit ici, Zoé Martin dans le service")
        assert rooms.app.all(ft.FilledButton)[-1].disabled
        await rooms.press(exactly("joining.same_person"))
        assert not rooms.app.all(ft.FilledButton)[-1].disabled
        await rooms.press(exactly("joining.join", count=1))
        await rooms.see(t("joining.empty_now"))
        await rooms.press(exactly("joining.remove"))
        await rooms.see(t("newcomers.remove_agree"))

    tell(tmp_path, story, add_tom, base=base)


def test_what_cannot_be_joined_says_why_and_what_can_be_done(tmp_path: Path, base: str) -> None:
    async def alone(rooms: Rooms, pid: str) -> None:
        assert t("joining.offer") not in rooms.app.texts()
        await rooms.app.page.push_route(routes.joining(pid))
        await rooms.see(t("joining.no_service"))
        await rooms.press(exactly("newcomers.connect"))
        await rooms.see(t("newcomers.connect_told"))

    async def empty(rooms: Rooms, pid: str) -> None:
        await rooms.app.page.push_route(routes.joining(pid))
        await rooms.press(exactly("joining.show"))
        await rooms.see(t("joining.nothing"))
        await rooms.press(exactly("joining.begin"))
        await rooms.until(lambda: rooms.app.page.route == routes.place(pid, routes.Destination.HEALTH))
        await rooms.app.page.push_route(routes.SYNC)
        words = t("joining.offer_one", name="Zoé")
        await rooms.until(lambda: words in [button.content for button in rooms.app.all(ft.TextButton)])

    tell(tmp_path / "alone", alone, add_zoe)
    tell(tmp_path / "empty", empty, add_nobody_s, base=base)
