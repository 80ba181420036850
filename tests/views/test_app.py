"""The first screens, from the lock to the settings, without a browser."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime

import flet as ft
import pytest

from mes_app.domain.record import Change, Kind
from mes_app.domain.sync_status import Phase, Running, Stopped
from mes_app.errors import Offline
from mes_app.i18n import t
from mes_app.main import make_main
from mes_app.services.settings import Preferences
from mes_app.services.vault import SecretKind, VaultState
from mes_app.views.state import read_today
from mes_app.views.theme import FONTS
from tests.views import fakes
from tests.views.harness import App

Story = Callable[[App, fakes.FakeCarnets], Awaitable[None]]
TODAY = read_today()


def tell(story: Story, carnets: fakes.FakeCarnets | None = None, *, width: int = 390, unlocked: bool = True) -> None:
    """Run ``story`` on a fresh app, unlocked first unless said otherwise."""
    given = carnets or fakes.make_carnets(fakes.make_session(TODAY))

    async def run() -> None:
        async with App(make_main(lambda: given), width=width) as app:  # type: ignore[arg-type, return-value]
            if unlocked:
                await app.press_keys(fakes.PIN)
                await app.click(app.button(t("lock.unlock")))
            await story(app, given)

    asyncio.run(run())


def shown_name(app: App) -> str:
    """The name in the profile switcher."""
    switcher = app.one(ft.PopupMenuButton)
    return next(text.value for text in app.walk(switcher.content) if isinstance(text, ft.Text) and len(text.value) > 2)


def test_the_lock_screen_shows_no_name() -> None:
    async def story(app: App, carnets: fakes.FakeCarnets) -> None:
        assert t("lock.title") in app.texts()
        assert not any("Martin" in text or "Camille" in text for text in app.texts())

    tell(story, unlocked=False)


def test_a_wrong_code_is_said_and_the_pad_is_empty_again() -> None:
    async def story(app: App, carnets: fakes.FakeCarnets) -> None:
        await app.press_keys("999999")
        await app.click(app.button(t("lock.unlock")))
        assert t("errors.locked.wrong_secret.what") in app.texts()
        assert app.one(ft.FilledButton).disabled

    tell(story, unlocked=False)


def test_the_enter_key_and_the_keys_of_the_pad_unlock_too() -> None:
    async def story(app: App, carnets: fakes.FakeCarnets) -> None:
        for digit in fakes.PIN:
            await app.click(app.button(digit))
        await app.fire(
            app.page, "keyboard_event", {"key": "Enter", **dict.fromkeys(("shift", "ctrl", "alt", "meta"), False)}
        )
        assert shown_name(app) == "Camille Martin"

    tell(story, unlocked=False)


def test_keys_pressed_faster_than_the_screen_is_drawn_all_count() -> None:
    async def story(app: App, carnets: fakes.FakeCarnets) -> None:
        pressed = [{"key": digit, **dict.fromkeys(("shift", "ctrl", "alt", "meta"), False)} for digit in fakes.PIN]
        await asyncio.gather(*(app.session.dispatch_event(app.page._i, "keyboard_event", key) for key in pressed))
        await app.settle()
        await app.click(app.button(t("lock.unlock")))
        assert shown_name(app) == "Camille Martin"

    tell(story, unlocked=False)


def test_home_tells_the_next_appointment_and_what_is_new() -> None:
    async def story(app: App, carnets: fakes.FakeCarnets) -> None:
        assert {"Consultation d’endocrinologie", "Résultats d’analyses de sang", t("home.synthesis")} <= set(
            app.texts()
        )

    tell(story)


def test_nothing_empty_is_shown_at_home() -> None:
    async def story(app: App, carnets: fakes.FakeCarnets) -> None:
        await app.click(app.one(ft.Text, value="Léo").parent.parent)  # type: ignore[arg-type, union-attr]
        assert shown_name(app) == "Léo Martin"
        assert t("home.unread") not in app.texts()
        assert t("home.synthesis") in app.texts()

    tell(story)


def test_the_app_takes_the_colour_of_the_person_shown() -> None:
    async def story(app: App, carnets: fakes.FakeCarnets) -> None:
        before = app.page.theme.color_scheme.primary
        await app.click(app.one(ft.PopupMenuButton).items[1])
        assert shown_name(app) == "Jeanne Martin"
        assert app.page.route == "/p2"
        assert app.page.theme.color_scheme.primary != before

    tell(story)


def test_each_profile_is_found_where_it_was_left() -> None:
    async def story(app: App, carnets: fakes.FakeCarnets) -> None:
        await app.page.push_route("/p0/agenda")
        await app.settle()
        await app.click(app.one(ft.PopupMenuButton).items[0])
        await app.click(app.one(ft.PopupMenuButton).items[0])
        assert app.page.route == "/p0/agenda"

    tell(story)


def test_an_address_of_somebody_who_is_not_here_leads_home() -> None:
    async def story(app: App, carnets: fakes.FakeCarnets) -> None:
        await app.page.push_route("/nobody")
        await app.settle()
        assert app.page.route == "/p0"

    tell(story)


def test_with_one_profile_the_menu_offers_to_add_another() -> None:
    async def story(app: App, carnets: fakes.FakeCarnets) -> None:
        menu = app.one(ft.PopupMenuButton)
        assert len(menu.items) == 2
        await app.click(menu.items[1])
        assert t("profiles.add_told") in app.texts()

    tell(story, fakes.make_carnets(fakes.make_session(TODAY, people=1)))


def test_a_bar_below_on_a_phone_and_a_rail_beside_from_720_pixels() -> None:
    async def story(app: App, carnets: fakes.FakeCarnets) -> None:
        assert app.all(ft.NavigationBar)
        await app.fire(app.page, "resize", {"width": 800.0, "height": 800.0})
        assert app.all(ft.NavigationRail)
        assert not app.all(ft.NavigationBar)

    tell(story)


def test_a_committed_change_is_read_again_at_once() -> None:
    session = fakes.make_session(TODAY)

    async def story(app: App, carnets: fakes.FakeCarnets) -> None:
        session.documents.rows["p0"] = []
        session.commit(Change("p0", Kind.MEASURES))
        await app.settle()
        assert t("home.unread") in app.texts()
        session.commit(Change("p0", Kind.DOCUMENTS))
        await app.settle()
        assert t("home.unread") not in app.texts()

    tell(story, fakes.make_carnets(session))


def test_a_failed_reading_is_explained_with_a_way_to_try_again() -> None:
    session = fakes.make_session(TODAY)
    working = session.documents

    session.documents = fakes.BrokenDocuments(Offline())

    async def story(app: App, carnets: fakes.FakeCarnets) -> None:
        assert t("errors.offline.unreachable.what") in app.texts()
        session.documents = working
        await app.click(app.button(t("app.try_again")))
        assert t("home.unread") in app.texts()

    tell(story, fakes.make_carnets(session))


def test_s12_a_fault_of_ours_shows_none_of_its_text() -> None:
    session = fakes.make_session(TODAY)

    session.documents = fakes.BrokenDocuments(ValueError("Camille allergique"))

    async def story(app: App, carnets: fakes.FakeCarnets) -> None:
        assert t("app.unexpected") in app.texts()
        assert not any("allergique" in text for text in app.texts())

    tell(story, fakes.make_carnets(session))


def test_offline_is_a_discreet_line_with_the_age_of_the_data() -> None:
    session = fakes.make_session(TODAY, status=Stopped(Offline(), datetime(2026, 11, 21, 14, 5).astimezone()))

    async def story(app: App, carnets: fakes.FakeCarnets) -> None:
        assert t("sync.offline_since", moment="sam. 21 nov. 2026 à\u00a014:05") in app.texts()

    tell(story, fakes.make_carnets(session))


def test_the_sync_says_how_far_it_is_while_it_runs() -> None:
    session = fakes.make_session(TODAY)

    async def story(app: App, carnets: fakes.FakeCarnets) -> None:
        session.syncing.tell(Running(Phase.RECORDS, "p0", 312, 1200))
        await app.settle()
        ring = app.one(ft.ProgressRing)
        assert ring.semantics_label == t("sync.records", done="312", total="1\u202f200")

    tell(story, fakes.make_carnets(session))


def test_locking_from_the_settings_closes_everything() -> None:
    async def story(app: App, carnets: fakes.FakeCarnets) -> None:
        await app.page.push_route("/reglages")
        await app.settle()
        await app.click(app.one(ft.Text, value=t("settings.lock")).parent)  # type: ignore[arg-type]
        assert carnets.vault.locks == 1
        assert t("lock.title") in app.texts()
        assert not any("Martin" in text for text in app.texts())

    tell(story)


def test_unlocking_again_follows_the_new_session_alone() -> None:
    async def story(app: App, carnets: fakes.FakeCarnets) -> None:
        await app.page.push_route("/reglages")
        await app.settle()
        await app.click(app.one(ft.Text, value=t("settings.lock")).parent)  # type: ignore[arg-type]
        await app.press_keys(fakes.PIN)
        await app.click(app.button(t("lock.unlock")))
        assert t("home.title") in app.texts()
        assert t("app.action_failed") not in app.texts()

    tell(story)


def test_the_theme_and_text_size_apply_at_once_and_are_kept() -> None:
    async def story(app: App, carnets: fakes.FakeCarnets) -> None:
        await app.page.push_route("/reglages")
        await app.settle()
        await app.fire(app.all(ft.SegmentedButton)[0], "change", selected=["dark"])
        await app.fire(app.all(ft.SegmentedButton)[1], "change", selected=["1.5"])
        assert app.page.theme_mode is ft.ThemeMode.DARK
        assert app.page.theme.text_theme.body_large.size == 24
        assert carnets.settings.kept == Preferences(theme="dark", text_scale=1.5)

    tell(story)


def test_a_temporary_session_wears_its_banner_and_is_gone_when_left() -> None:
    async def story(app: App, carnets: fakes.FakeCarnets) -> None:
        await app.click(app.button(t("login.try_demonstration")))
        assert t("app.demonstration") in app.texts()
        await app.click(app.button(t("app.leave_demonstration")))
        assert carnets.vault.locks == 1
        assert t("app.tagline") in app.texts()

    tell(story, fakes.make_carnets(fakes.make_session(TODAY), VaultState.ABSENT), unlocked=False)


def test_a_passphrase_is_asked_where_the_device_has_no_key_store() -> None:
    async def story(app: App, carnets: fakes.FakeCarnets) -> None:
        await app.type(app.one(ft.TextField), fakes.PIN)
        await app.click(app.button(t("lock.unlock")))
        assert shown_name(app) == "Camille Martin"

    tell(story, fakes.make_carnets(fakes.make_session(TODAY), kind=SecretKind.PASSPHRASE), unlocked=False)


def test_a_damaged_vault_is_told_and_nothing_is_offered_that_would_harm_it() -> None:
    async def story(app: App, carnets: fakes.FakeCarnets) -> None:
        assert t("lock.damaged") in app.texts()
        assert not app.all(ft.FilledButton)

    tell(story, fakes.make_carnets(fakes.make_session(TODAY), VaultState.DAMAGED), unlocked=False)


def test_the_page_speaks_french_with_our_typefaces() -> None:
    async def story(app: App, carnets: fakes.FakeCarnets) -> None:
        assert app.page.title == "Mes carnets"
        assert app.page.fonts == FONTS
        assert app.page.locale_configuration
        assert app.page.locale_configuration.current_locale == ft.Locale("fr", "FR")

    tell(story, unlocked=False)


@pytest.mark.parametrize("width", [390, 800, 1280])
def test_every_icon_that_is_pressed_has_a_name(width: int) -> None:
    async def story(app: App, carnets: fakes.FakeCarnets) -> None:
        for address in ("/p0", "/reglages", "/a-propos"):
            await app.page.push_route(address)
            await app.settle()
            icons = [button.icon for button in app.all(ft.IconButton)]
            assert all(getattr(icon, "semantics_label", None) for icon in icons)

    tell(story, width=width)
