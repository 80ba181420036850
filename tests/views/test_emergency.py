"""What helps at once: in the record, chosen for the lock screen, and read there without a code. The store is real."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import flet as ft

from mes_app.domain.record import Kind
from mes_app.i18n import t
from mes_app.services.health import Health
from mes_app.services.session import Session
from mes_app.views.emergency.screen import emergency_screen
from mes_app.views.lock.emergency import emergency_view
from mes_app.views.security.emergency import emergency_cards_screen
from mes_app.views.state import AppState, SessionStore, provide_session, provide_state
from tests.memory_key_store import MemoryKeyStore
from tests.services import emergency_stories
from tests.services.emergency_stories import DAUGHTER, MOTHER, Home, canary
from tests.views import fakes
from tests.views.harness import App
from tests.views.rooms import Rooms

PEOPLE = [MOTHER, DAUGHTER]


@dataclass
class Device:
    """A vault, open or closed, and the app over it."""

    home: Home
    backs: int = 0

    def state(self, *, unlocked: bool) -> AppState:
        database = self.home.database
        session = SimpleNamespace(
            emergency=self.home.choices, health=Health(database), subscribe=database.subscribe, temporary=False
        )
        carnets: Any = fakes.make_carnets(cast(Any, session))
        carnets.emergency = self.home.cards
        return AppState(carnets, SessionStore(session, PEOPLE) if unlocked else SessionStore())  # type: ignore[arg-type]

    def settings(self, page: ft.Page) -> None:
        """The page of choices."""
        app = self.state(unlocked=True)

        def draw() -> Any:
            routes = [ft.Route(index=True, component=emergency_cards_screen)]
            return provide_session(cast(Session, app.store.session), lambda: ft.Router(routes, manage_views=True))

        page.render_views(_root, app, draw)

    def record(self, page: ft.Page) -> None:
        """« Urgence » of the person in the address."""
        app = self.state(unlocked=True)

        def draw() -> Any:
            routes = [ft.Route(path=":pid/urgence", component=emergency_screen)]
            return provide_session(cast(Session, app.store.session), lambda: ft.Router(routes, manage_views=True))

        page.render_views(_root, app, draw)

    def lock(self, page: ft.Page) -> None:
        """What is read without a code."""
        page.render_views(_root, self.state(unlocked=False), lambda: [emergency_view(self.go_back)])

    def go_back(self) -> None:
        self.backs += 1


@ft.component
def _root(app: AppState, draw: Callable[[], Any]) -> Any:
    return provide_state(app, draw)


def tell(folder: Path, story: Callable[[Device], Awaitable[None]], key_store: MemoryKeyStore | None) -> None:
    """Run ``story`` on a device with a new vault that is open."""
    emergency_stories.tell(folder, key_store, lambda home: story(Device(home)))


def switches(app: App, kind: Kind) -> list[ft.Switch]:
    """The switches of a section, one for each person."""
    return app.all(ft.Switch, label=t(f"sections.{kind}.title"))


async def switch(rooms: Rooms, kind: Kind, person: int, *, on: bool) -> None:
    """Push a switch, once it is there and nothing runs."""
    await rooms.until(lambda: len(switches(rooms.app, kind)) == len(PEOPLE) and not any_disabled(rooms.app))
    await rooms.app.fire(switches(rooms.app, kind)[person], "change", on, value=on)


def any_disabled(app: App) -> bool:
    return any(found.disabled for found in app.all(ft.Switch))


def is_on(app: App, kind: Kind, person: int) -> bool:
    return bool(switches(app, kind)[person].value)


def test_everything_is_off_at_first_and_the_page_says_who_could_read_what(tmp_path: Path) -> None:
    async def story(device: Device) -> None:
        async with App(device.settings) as app:
            rooms = Rooms(app)
            await rooms.see(f"^{MOTHER.name}$")
            await rooms.see(f"^{DAUGHTER.name}$")
            assert {t("emergency.cards_who"), t("emergency.cards_how"), t("emergency.cards_device")} <= set(app.texts())
            assert app.texts().count(t("emergency.card_off")) == len(PEOPLE)
            assert not any(found.value for found in app.all(ft.Switch))
            assert not any("canary" in text for text in app.texts())

    tell(tmp_path, story, MemoryKeyStore())


def test_before_anything_of_a_person_is_shown_it_is_asked_with_the_very_card(tmp_path: Path) -> None:
    async def story(device: Device) -> None:
        async with App(device.settings) as app:
            rooms = Rooms(app)
            await switch(rooms, Kind.ALLERGIES, 1, on=True)
            await rooms.see(t("emergency.confirm", name=DAUGHTER.name))
            await rooms.see(canary("daughter", Kind.ALLERGIES).capitalize())
            assert not device.home.cards.is_on()
            await rooms.press(f"^{t('app.cancel')}$")
            await rooms.until(lambda: not is_on(app, Kind.ALLERGIES, 1))
            assert not device.home.cards.is_on()
            await switch(rooms, Kind.ALLERGIES, 1, on=True)
            await rooms.press(f"^{t('emergency.confirm_yes')}$")
            await rooms.see(t("emergency.shown_now"))
        assert await device.home.choices.read("daughter") == {Kind.ALLERGIES}
        assert await device.home.choices.read("mother") == frozenset()

    tell(tmp_path, story, MemoryKeyStore())


def test_a_field_more_or_less_of_a_person_who_is_shown_applies_at_once(tmp_path: Path) -> None:
    async def story(device: Device) -> None:
        await device.home.choices.choose("mother", frozenset({Kind.BLOOD_GROUP}))
        async with App(device.settings) as app:
            rooms = Rooms(app)
            await switch(rooms, Kind.CONTACTS, 0, on=True)
            await rooms.see(canary("mother", Kind.CONTACTS).capitalize())
            await switch(rooms, Kind.BLOOD_GROUP, 0, on=False)
            await rooms.gone(canary("mother", Kind.BLOOD_GROUP).capitalize())
            assert await device.home.choices.read("mother") == {Kind.CONTACTS}
            await switch(rooms, Kind.CONTACTS, 0, on=False)
            await rooms.gone(t("emergency.shown_now"))
        assert not device.home.cards.is_on()

    tell(tmp_path, story, MemoryKeyStore())


def test_a_choice_that_fails_is_said_and_changes_nothing(tmp_path: Path) -> None:
    key_store = MemoryKeyStore()

    async def story(device: Device) -> None:
        async with App(device.settings) as app:
            rooms = Rooms(app)
            await switch(rooms, Kind.ALLERGIES, 0, on=True)
            key_store.silent = True
            await rooms.press(f"^{t('emergency.confirm_yes')}$")
            await rooms.see(t("errors.unreadable.no_key_store.what"))
            assert not is_on(app, Kind.ALLERGIES, 0)

    tell(tmp_path, story, key_store)


def test_without_a_key_store_the_reason_is_told_and_nothing_is_offered(tmp_path: Path) -> None:
    async def story(device: Device) -> None:
        async with App(device.settings) as app:
            await Rooms(app).see(t("emergency.no_key_store"))
            assert app.all(ft.Switch) == []

    tell(tmp_path, story, None)


def test_the_demonstration_says_that_it_has_no_such_thing(tmp_path: Path) -> None:
    async def story(device: Device) -> None:
        device.home.files.keys.unlink()
        await device.home.close()
        await device.home.open()
        async with App(device.settings) as app:
            await Rooms(app).see(t("emergency.no_demonstration"))
            assert app.all(ft.Switch) == []

    tell(tmp_path, story, MemoryKeyStore())


def test_l6_the_lock_screen_shows_what_was_chosen_of_each_and_calls_for_help(tmp_path: Path) -> None:
    async def story(device: Device) -> None:
        home = device.home
        severe: dict[str, Any] = {
            "criticality": "high",
            "reaction": [{"severity": "severe", "manifestation": [{"text": "Œdème"}]}],
        }
        await home.change("daughter", Kind.ALLERGIES, "2", **severe)
        await home.choices.choose("daughter", frozenset({Kind.ALLERGIES, Kind.BLOOD_GROUP, Kind.CONTACTS}))
        await home.choices.choose("mother", frozenset({Kind.TREATMENTS}))
        await home.close()
        async with App(device.lock) as app:
            await Rooms(app).see(f"^{DAUGHTER.name}$")
            texts = app.texts()
            shown = {text for text in texts if "anary" in text and text not in (MOTHER.name, DAUGHTER.name)}
            kinds = (Kind.ALLERGIES, Kind.BLOOD_GROUP, Kind.CONTACTS)
            expected = {canary("daughter", kind) for kind in kinds} | {canary("mother", Kind.TREATMENTS)}
            assert {text.lower() for text in shown} == expected
            assert f"{t('health.severity_severe')} · {t('health.criticality_high')}" in texts
            assert {t("emergency.blood_group_caution"), t("emergency.caution")} <= set(texts)
            assert any("3 mai 2021" in text for text in texts)
            actions = [getattr(found, "action", None) for found in app.walk()]
            links = {action.url for action in actions if isinstance(action, ft.OpenUrl)}
            assert links == {"tel:15", "tel:112", "tel:0699001234"}
            await app.click(app.all(ft.IconButton)[0])
            assert device.backs == 1

    tell(tmp_path, story, MemoryKeyStore())


def test_an_allergy_stands_out_by_its_colour_and_by_its_words(tmp_path: Path) -> None:
    async def story(device: Device) -> None:
        await device.home.choices.choose("mother", frozenset({Kind.ALLERGIES, Kind.TREATMENTS}))
        async with App(device.lock) as app:
            await Rooms(app).see(f"^{MOTHER.name}$")
            alarming = [found for found in app.all(ft.Container) if found.bgcolor == ft.Colors.ERROR_CONTAINER]
            assert len(alarming) == 1
            said = [found.value for found in app.walk(alarming[0]) if isinstance(found, ft.Text)]
            assert said[0] == t("sections.allergies.title")

    tell(tmp_path, story, MemoryKeyStore())


def test_cards_that_cannot_be_read_are_said_and_help_can_still_be_called(tmp_path: Path) -> None:
    async def story(device: Device) -> None:
        await device.home.choices.choose("mother", emergency_stories.ALL)
        device.home.files.emergency.write_bytes(b"spoiled")
        async with App(device.lock) as app:
            await Rooms(app).see(t("emergency.unreadable"))
            assert {t("emergency.call"), t("emergency.call_112")} <= buttons(app)
            assert MOTHER.name not in app.texts()

    tell(tmp_path, story, MemoryKeyStore())


def test_cards_turned_off_meanwhile_leave_nothing_to_read(tmp_path: Path) -> None:
    async def story(device: Device) -> None:
        async with App(device.lock) as app:
            await Rooms(app).see(t("emergency.nothing_shown"))

    tell(tmp_path, story, MemoryKeyStore())


def test_in_the_record_each_allergy_says_how_grave_it_is_on_a_line_of_its_own(tmp_path: Path) -> None:
    async def story(device: Device) -> None:
        await device.home.change("mother", Kind.ALLERGIES, "2", criticality="high")
        async with App(device.record) as app:
            await app.page.push_route("/mother/urgence")
            await Rooms(app).see(f"^{t('health.criticality_high')}$")
            assert t("emergency.blood_group_caution") in app.texts()
            assert any(t("emergency.undated") in text for text in app.texts())
            assert {t("emergency.call"), t("emergency.call_112")} <= buttons(app)

    tell(tmp_path, story, None)


def buttons(app: App) -> set[str]:
    contents = [getattr(found, "content", None) for found in app.walk()]
    return {words for words in contents if isinstance(words, str)}
