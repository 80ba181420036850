"""Control L1 on the screen: what is told of the person and of the system locks, covers and opens again."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Mapping

import flet as ft
import msgpack  # type: ignore[import-untyped]
import pytest
from flet.controls.base_control import BaseControl
from flet.messaging.protocol import configure_encode_object_for_msgpack

from mes_app.domain.documents import Content
from mes_app.domain.sync_status import Phase, Running
from mes_app.i18n import t
from mes_app.main import make_main
from mes_app.services.auto_lock import LockDelays
from mes_app.services.vault import VaultState
from mes_app.views.presence import STEP, follow_presence
from mes_app.views.security.delays import delays_card
from mes_app.views.state import AppState, provide_session, provide_state, read_today
from mes_app.views.widgets.emergency import call_buttons
from mes_app.views.widgets.saving import save_button, share_buttons
from tests.views import fakes
from tests.views.harness import App

TODAY = read_today()
MINUTE = 60.0
Device = Mapping[str, object]
PHONE: Device = {"platform": "android"}
DESKTOP: Device = {"platform": "linux"}
BROWSER: Device = {"platform": "linux", "web": True}


class Alarm:
    """Stands for the passing of time: rings when told."""

    def __init__(self) -> None:
        self.asked: list[float] = []
        self._rung = asyncio.Event()

    async def pause(self, seconds: float) -> None:
        self.asked.append(seconds)
        await self._rung.wait()
        self._rung.clear()

    def ring(self) -> None:
        self._rung.set()


class Scene:
    """The app on one device, unlocked."""

    def __init__(self, app: App, carnets: fakes.FakeCarnets, alarm: Alarm) -> None:
        self.app, self.carnets, self.alarm = app, carnets, alarm

    async def unlock(self) -> None:
        await self.app.press_keys(fakes.PIN)
        await self.app.click(self.app.button(t("lock.unlock")))

    async def wait(self, seconds: float) -> None:
        """Let time pass, then the timer of the app look at the clocks."""
        self.carnets.clocks.wait(seconds)
        self.alarm.ring()
        await self.app.settle()

    async def turn(self, *states: str) -> None:
        """What the system tells, in its order."""
        for state in states:
            await self.app.fire(self.app.page, "app_lifecycle_state_change", {"state": state})

    def is_open(self) -> bool:
        """Whether a record is on screen; else the lock must be, and nobody's name."""
        shown = any("Martin" in text for text in self.app.texts())
        assert shown or t("lock.title") in self.app.texts()
        return shown

    def is_covered(self) -> bool:
        """Whether all views are painted over; else none of them is."""
        paints = {view.foreground_decoration.bgcolor for view in self.app.all(ft.View) if view.foreground_decoration}
        assert len(paints) == 1
        return paints == {ft.Colors.SURFACE}


Story = Callable[[Scene], Awaitable[None]]


def tell(story: Story, device: Device, carnets: fakes.FakeCarnets | None = None) -> None:
    given = carnets or fakes.make_carnets(fakes.make_session(TODAY))

    async def run() -> None:
        alarm = Alarm()
        app = App(make_main(lambda: given, alarm.pause))  # type: ignore[arg-type, return-value]
        app.props |= device
        async with app:
            scene = Scene(app, given, alarm)
            if given.vault.now is VaultState.LOCKED:
                await scene.unlock()
            await story(scene)

    asyncio.run(run())


def list_texts(message: object) -> Iterator[str]:
    """Every text in what is sent to a client."""
    if isinstance(message, str):
        yield message
    elif isinstance(message, dict):
        for value in message.values():
            yield from list_texts(value)
    elif isinstance(message, list | tuple):
        for value in message:
            yield from list_texts(value)


def read_page(page: ft.Page) -> str:
    """All that a browser tab which comes back is sent at once."""
    encode = configure_encode_object_for_msgpack(BaseControl)  # type: ignore[no-untyped-call]
    return " ".join(list_texts(msgpack.unpackb(msgpack.packb(page, default=encode), strict_map_key=False)))


def test_l1_five_minutes_without_a_touch_lock() -> None:
    async def story(scene: Scene) -> None:
        await scene.wait(5 * MINUTE - 1)
        assert scene.is_open()
        await scene.wait(1)
        assert not scene.is_open()
        assert scene.carnets.vault.locks == 1

    tell(story, PHONE)


def test_l1_the_clocks_are_looked_at_often_and_exactly_when_time_is_up() -> None:
    async def story(scene: Scene) -> None:
        assert set(scene.alarm.asked) == {STEP}
        await scene.wait(5 * MINUTE - 2)
        assert scene.alarm.asked[-1] == 2

    tell(story, PHONE)


def test_l1_what_a_person_does_keeps_the_app_open() -> None:
    async def story(scene: Scene) -> None:
        app = scene.app
        for name in ("click", "change", "keyboard_event", "scroll"):
            await scene.wait(4 * MINUTE)
            await app.session.dispatch_event(app.page._i if name == "keyboard_event" else -1, name, None)
            assert scene.is_open()

    tell(story, PHONE)


def test_l1_reading_on_counts_although_nothing_is_pressed() -> None:
    async def story(scene: Scene) -> None:
        await scene.app.page.push_route("/reglages")
        await scene.app.settle()
        assert all(page.on_scroll for page in scene.app.all(ft.ListView))

    tell(story, PHONE)


def test_l1_what_happens_by_itself_does_not_keep_it_open() -> None:
    async def story(scene: Scene) -> None:
        await scene.wait(4 * MINUTE)
        await scene.app.fire(scene.app.page, "resize", {"width": 390.0, "height": 800.0})
        await scene.wait(MINUTE)
        assert not scene.is_open()

    tell(story, PHONE)


def test_l1_a_network_that_comes_and_goes_does_not_keep_it_open() -> None:
    async def story(scene: Scene) -> None:
        await scene.wait(4 * MINUTE)
        await scene.app.fire(scene.app.one(ft.Connectivity), "change", {"connectivity": ["wifi"]})
        await scene.wait(MINUTE)
        assert not scene.is_open()

    tell(story, PHONE)


def test_l1_a_press_on_what_a_device_still_shows_at_waking_only_locks() -> None:
    async def story(scene: Scene) -> None:
        menu = scene.app.one(ft.PopupMenuButton)
        scene.carnets.clocks.wall += 60 * MINUTE
        await scene.app.click(menu.items[1])
        assert scene.app.page.route == "/p0"
        assert not scene.is_open()

    tell(story, DESKTOP)


@pytest.mark.parametrize("device", [PHONE, DESKTOP, BROWSER])
def test_l1_thirty_seconds_out_of_sight_lock(device: Device) -> None:
    async def story(scene: Scene) -> None:
        await scene.turn("inactive", "hide", "pause")
        scene.carnets.clocks.wait(29)
        await scene.turn("restart", "show", "resume")
        assert scene.is_open()
        await scene.turn("inactive", "hide", "pause")
        scene.carnets.clocks.wait(30)
        await scene.turn("restart", "show")
        assert not scene.is_open()

    tell(story, device)


def test_l1_it_locks_out_of_sight_and_not_only_when_seen_again() -> None:
    async def story(scene: Scene) -> None:
        await scene.turn("inactive", "hide")
        await scene.wait(30)
        assert scene.carnets.vault.locks == 1

    tell(story, BROWSER)


def test_l1_the_delays_are_those_of_the_vault() -> None:
    carnets = fakes.make_carnets(fakes.make_session(TODAY))
    carnets.vault.session.locking.kept = LockDelays(background=0)

    async def story(scene: Scene) -> None:
        await scene.turn("inactive")
        assert scene.is_open()
        await scene.turn("hide")
        assert not scene.is_open()

    tell(story, PHONE, carnets)


def test_l1_a_phone_is_covered_from_inactive_until_it_is_used_again() -> None:
    async def story(scene: Scene) -> None:
        assert not scene.is_covered()
        for state in ("inactive", "hide", "pause", "restart", "show"):
            await scene.turn(state)
            assert scene.is_covered()
        await scene.turn("resume")
        assert not scene.is_covered()

    tell(story, PHONE)


@pytest.mark.parametrize("device", [DESKTOP, BROWSER])
def test_l1_a_window_beside_another_stays_open_and_uncovered(device: Device) -> None:
    async def story(scene: Scene) -> None:
        await scene.turn("inactive")
        assert not scene.is_covered()
        await scene.wait(4 * MINUTE)
        assert scene.is_open()
        await scene.turn("resume", "inactive", "hide")
        assert scene.is_covered()
        await scene.turn("show")
        assert not scene.is_covered()

    tell(story, device)


def test_s13_a_lock_by_whatever_drops_all_that_the_screens_hold() -> None:
    async def story(scene: Scene) -> None:
        scene.carnets.vault.session.syncing.tell(Running(Phase.RECORDS, "p0", 312, 1200))
        await scene.app.settle()
        before = read_page(scene.app.page)
        await scene.carnets.vault.lock()
        await scene.app.settle()
        assert not scene.is_open()
        assert "Camille" in before
        assert "Camille" not in read_page(scene.app.page)
        assert scene.carnets.auto_lock.remaining() is None

    tell(story, BROWSER)


def test_s13_a_tab_that_was_away_when_it_locked_comes_back_with_nothing() -> None:
    async def story(scene: Scene) -> None:
        await scene.app.close_tab()
        await scene.wait(30)
        assert scene.carnets.vault.locks == 1
        assert "Camille" not in read_page(scene.app.page)
        await scene.app.load_again()
        assert not scene.is_open()
        await scene.unlock()
        assert scene.is_open()

    tell(story, BROWSER)


def test_l1_a_tab_loaded_again_at_once_stays_open() -> None:
    async def story(scene: Scene) -> None:
        await scene.app.close_tab()
        await scene.wait(5)
        await scene.app.load_again()
        assert scene.is_open()

    tell(story, BROWSER)


def test_after_the_lock_one_is_back_where_one_was() -> None:
    async def story(scene: Scene) -> None:
        await scene.app.page.push_route("/p2/agenda")
        await scene.app.settle()
        await scene.wait(5 * MINUTE)
        assert not scene.is_open()
        await scene.unlock()
        assert scene.app.page.route == "/p2/agenda"
        assert "Jeanne Martin" in scene.app.texts()

    tell(story, PHONE)


def test_a_demonstration_which_a_lock_would_destroy_does_not_lock() -> None:
    async def story(scene: Scene) -> None:
        await scene.app.click(scene.app.button(t("login.try_demonstration")))
        await scene.wait(60 * MINUTE)
        assert scene.is_open()

    tell(story, PHONE, fakes.make_carnets(fakes.make_session(TODAY), VaultState.ABSENT))


def test_l1_a_closed_tab_locks_and_its_vault_tells_it_nothing_more() -> None:
    carnets = fakes.make_carnets(fakes.make_session(TODAY))

    async def story(scene: Scene) -> None:
        assert len(carnets.vault.listeners) == 1
        await scene.app.fire(scene.app.page, "close")
        assert carnets.vault.locks == 1
        assert carnets.vault.listeners == []

    tell(story, BROWSER, carnets)


def show(
    control: Callable[[], ft.Control], story: Callable[[App], Awaitable[None]], carnets: fakes.FakeCarnets
) -> None:
    """Tell ``story`` of one control on a page of its own, in an open vault whose delays count."""
    carnets.auto_lock.start(LockDelays())

    async def main(page: ft.Page) -> None:
        state = AppState(carnets)  # type: ignore[arg-type]
        body = ft.component(lambda: provide_state(state, lambda: provide_session(carnets.vault.session, control)))  # type: ignore[arg-type]
        follow_presence(page, state, lambda: None, Alarm().pause)
        page.render(body)

    async def run() -> None:
        async with App(main) as app:
            await story(app)

    asyncio.run(run())


def saved_or_shared() -> ft.Control:
    content = Content(data=b"%PDF", content_type="application/pdf", file_name="a.pdf")
    return ft.Column([save_button(content), *share_buttons(content)])


@pytest.mark.parametrize(
    ("control", "words"),
    [(call_buttons, t("emergency.call")), (saved_or_shared, t("files.save")), (saved_or_shared, t("files.share"))],
)
def test_l1_a_picker_a_share_sheet_or_a_call_leaves_five_minutes(control: Callable[[], ft.Control], words: str) -> None:
    carnets = fakes.make_carnets(fakes.make_session(TODAY))

    async def story(app: App) -> None:
        app.client.answers["share_files"] = {"status": "success", "raw": ""}
        await app.click(app.button(words))
        await app.fire(app.page, "app_lifecycle_state_change", {"state": "hide"})
        carnets.clocks.wait(5 * MINUTE - 1)
        assert not carnets.auto_lock.is_due()
        carnets.clocks.wait(1)
        assert carnets.auto_lock.is_due()

    show(control, story, carnets)


def test_l1_the_delays_are_chosen_in_the_settings_hold_at_once_and_are_kept() -> None:
    carnets = fakes.make_carnets(fakes.make_session(TODAY))

    async def story(app: App) -> None:
        idle, background = app.all(ft.SegmentedButton)
        assert (idle.selected, background.selected) == (["300"], ["30"])
        await app.fire(idle, "change", selected=["60"])
        idle, background = app.all(ft.SegmentedButton)
        await app.fire(background, "change", selected=["0"])
        assert carnets.vault.session.locking.kept == LockDelays(idle=60, background=0)
        assert carnets.auto_lock.remaining() == MINUTE
        carnets.auto_lock.leave()
        assert carnets.auto_lock.is_due()

    show(delays_card, story, carnets)
