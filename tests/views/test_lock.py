"""The lock: what it asks, how it waits, what it offers besides, and what it never shows."""

import flet as ft
import pytest

from mes_app.errors import Locked, MesError, NotAllowed, Reason, Unreadable
from mes_app.i18n import t
from mes_app.services.attempts import Tries
from mes_app.services.vault import SecretKind, VaultState
from tests.views import fakes
from tests.views.closed_stories import can_press, closed, go_back, is_home, press, tell, wait
from tests.views.harness import App

OTHER = "161803"


async def enter(app: App, pin: str) -> None:
    await app.press_keys(pin)
    await press(app, t("lock.unlock"))


def waiting(seconds: int) -> str:
    minutes, rest = divmod(seconds, 60)
    return t("lock.wait", left=t("lock.minutes_seconds", minutes=minutes, seconds=rest))


def test_nothing_on_the_lock_names_anybody() -> None:
    async def story(app: App, carnets: fakes.FakeCarnets) -> None:
        said = [*app.texts(), *(str(semantics.label) for semantics in app.all(ft.Semantics))]
        assert t("lock.title") in said
        assert not any(name in words for words in said for name in ("Martin", "Camille", "Léo", "Jeanne"))

    tell(story, closed())


def test_the_button_waits_for_a_whole_pin() -> None:
    async def story(app: App, carnets: fakes.FakeCarnets) -> None:
        await app.press_keys(fakes.PIN[:-1])
        assert app.one(ft.FilledButton).disabled
        await app.press_keys("Enter")
        assert carnets.vault.given == []
        await app.press_keys(fakes.PIN[-1])
        assert not app.one(ft.FilledButton).disabled

    tell(story, closed())


def test_the_enter_key_sends_a_whole_pin_and_never_a_part_of_one() -> None:
    async def story(app: App, carnets: fakes.FakeCarnets) -> None:
        enter = {"key": "Enter", "shift": False, "ctrl": False, "alt": False, "meta": False}
        await app.press_keys("123")
        await app.fire(app.page, "keyboard_event", enter)
        assert t("errors.locked.wrong_secret.what") not in app.texts()
        await app.press_keys("456")
        await app.fire(app.page, "keyboard_event", enter)
        assert t("errors.locked.wrong_secret.what") in app.texts()

    tell(story, closed())


def test_the_enter_key_on_a_key_of_the_pad_presses_that_key_alone() -> None:
    async def story(app: App, carnets: fakes.FakeCarnets) -> None:
        key = app.button("8")
        await app.press_keys(fakes.PIN)
        await app.fire(key, "focus")
        await app.fire(
            app.page, "keyboard_event", {"key": "Enter", **dict.fromkeys(("shift", "ctrl", "alt", "meta"), False)}
        )
        assert carnets.vault.given == []

    tell(story, closed())


def test_l2_a_wrong_try_starts_a_wait_that_is_counted_down_before_another() -> None:
    carnets = closed()
    carnets.vault.steps = [Tries(0, 0), *(Tries(4, left) for left in range(63, -1, -1))]

    async def story(app: App, carnets: fakes.FakeCarnets) -> None:
        await enter(app, OTHER)
        assert waiting(63) in app.texts()
        await app.press_keys(fakes.PIN)
        assert carnets.vault.given == []
        assert t("lock.typed", count=0) in [semantics.label for semantics in app.all(ft.Semantics)]
        await wait(app, 5)
        assert waiting(58) in app.texts() or t("lock.wait", left=t("lock.seconds", seconds=58)) in app.texts()
        await wait(app, 70)
        assert not any(t("lock.wait", left="") in words for words in app.texts())
        await enter(app, fakes.PIN)
        assert is_home(app)

    tell(story, carnets)


def test_l2_a_wait_is_found_again_when_the_app_is_opened_again() -> None:
    carnets = closed()
    carnets.vault.steps = [Tries(6, 3540)]

    async def story(app: App, carnets: fakes.FakeCarnets) -> None:
        assert waiting(3540) in app.texts()
        assert app.one(ft.FilledButton).disabled

    tell(story, carnets)


def test_the_countdown_is_read_aloud_by_the_minute_and_not_by_the_second() -> None:
    carnets = closed()
    carnets.vault.steps = [Tries(6, left) for left in range(179, 0, -1)]

    async def story(app: App, carnets: fakes.FakeCarnets) -> None:
        said = set()
        for _ in range(160):
            said |= {s.label for s in app.all(ft.Semantics, live_region=True, exclude_semantics=True) if s.label}
            await wait(app, 1)
        assert 5 <= len([label for label in said if "essai" in label]) <= 9

    tell(story, carnets)


@pytest.mark.parametrize(("wrong", "left"), [(4, 0), (5, 5), (8, 2), (9, 1)])
def test_l2_the_tries_left_are_told_once_they_are_few(wrong: int, left: int) -> None:
    carnets = closed()
    carnets.vault.tries, carnets.vault.code = Tries(wrong, 0), "code"

    async def story(app: App, carnets: fakes.FakeCarnets) -> None:
        told = f"{t('lock.tries_left', count=left)} {t('lock.then_recovery')}"
        assert (told in app.texts()) == bool(left)

    tell(story, carnets)


def test_without_recovery_code_it_is_told_what_the_last_try_would_cost() -> None:
    carnets = closed()
    carnets.vault.tries = Tries(9, 0)

    async def story(app: App, carnets: fakes.FakeCarnets) -> None:
        assert any(t("lock.then_no_recovery") in words for words in app.texts())

    tell(story, carnets)


def test_the_tries_at_a_passphrase_do_not_run_out() -> None:
    carnets = closed(kind=SecretKind.PASSPHRASE)
    carnets.vault.tries = Tries(9, 0)

    async def story(app: App, carnets: fakes.FakeCarnets) -> None:
        assert not any(t("lock.tries_left", count=1) in words for words in app.texts())

    tell(story, carnets)


def test_l2_the_last_wrong_try_leads_to_the_ways_that_are_left() -> None:
    carnets = closed()
    carnets.vault.refusals = [Locked(Reason.SECRET_DESTROYED)]
    unlock = carnets.vault.unlock

    async def destroy(secret: str) -> fakes.FakeSession:
        carnets.vault.now, carnets.vault.why = VaultState.RECOVERABLE, Reason.SECRET_DESTROYED
        return await unlock(secret)

    carnets.vault.unlock = destroy  # type: ignore[method-assign]

    async def story(app: App, carnets: fakes.FakeCarnets) -> None:
        await enter(app, OTHER)
        assert t("recovery.secret_destroyed_title") in app.texts()

    tell(story, carnets)


def test_finger_or_face_is_asked_once_when_the_app_is_started() -> None:
    carnets = closed()
    carnets.vault.finger = True

    async def story(app: App, carnets: fakes.FakeCarnets) -> None:
        assert carnets.vault.given == [("biometrics",)]
        assert is_home(app)

    tell(story, carnets)


def test_whoever_puts_the_question_away_types_the_code_and_is_told_nothing() -> None:
    carnets = closed()
    carnets.vault.finger = True
    carnets.vault.refusals = [NotAllowed(Reason.NO_BIOMETRICS)]

    async def story(app: App, carnets: fakes.FakeCarnets) -> None:
        assert t("errors.not_allowed.no_biometrics.what") not in app.texts()
        await enter(app, fakes.PIN)
        assert is_home(app)

    tell(story, carnets)


def test_a_button_asks_finger_or_face_again_and_says_how_that_failed() -> None:
    carnets = closed()
    carnets.vault.finger = True
    refused: list[MesError] = [NotAllowed(Reason.NO_BIOMETRICS), NotAllowed(Reason.NO_BIOMETRICS)]
    carnets.vault.refusals = refused

    async def story(app: App, carnets: fakes.FakeCarnets) -> None:
        await press(app, t("lock.biometrics"))
        assert t("errors.not_allowed.no_biometrics.what") in app.texts()
        await press(app, t("lock.biometrics"))
        assert is_home(app)

    tell(story, carnets)


def test_after_a_lock_by_hand_finger_or_face_waits_to_be_asked() -> None:
    carnets = closed()
    carnets.vault.finger = True

    async def story(app: App, carnets: fakes.FakeCarnets) -> None:
        await app.page.push_route("/reglages")
        await app.settle()
        await press(app, t("settings.lock"))
        assert t("lock.title") in app.texts()
        assert carnets.vault.given == [("biometrics",)]
        await app.fire(app.page, "app_lifecycle_state_change", {"state": "hide"})
        await app.fire(app.page, "app_lifecycle_state_change", {"state": "show"})
        await app.fire(app.page, "app_lifecycle_state_change", {"state": "resume"})
        assert carnets.vault.given == [("biometrics",), ("biometrics",)]

    tell(story, carnets)


@pytest.mark.parametrize("chosen", [True, False])
def test_emergency_information_is_offered_only_where_it_was_chosen(chosen: bool) -> None:
    carnets = closed()
    carnets.emergency.shown = [object()] if chosen else []

    async def story(app: App, carnets: fakes.FakeCarnets) -> None:
        assert can_press(app, t("lock.emergency")) == chosen

    tell(story, carnets)


def test_a_forgotten_code_leads_to_the_recovery_code_and_destroys_nothing() -> None:
    carnets = closed()
    carnets.vault.code = "code"

    async def story(app: App, carnets: fakes.FakeCarnets) -> None:
        await press(app, t("lock.forgotten_pin"))
        assert t("recovery.later_pin", count=10) in app.texts()
        assert not can_press(app, t("recovery.way_restore"))
        assert not can_press(app, t("recovery.way_start_over"))
        await press(app, t("recovery.way_code"))
        assert t("recovery.code_told") in app.texts()
        await go_back(app)
        await go_back(app)
        await enter(app, fakes.PIN)
        assert is_home(app)

    tell(story, carnets)


def test_without_recovery_code_a_forgotten_passphrase_is_told_what_is_left() -> None:
    async def story(app: App, carnets: fakes.FakeCarnets) -> None:
        await press(app, t("lock.forgotten_passphrase"))
        assert {t("recovery.no_code"), t("recovery.later_passphrase")} <= set(app.texts())

    tell(story, closed(kind=SecretKind.PASSPHRASE))


def test_keys_typed_on_a_screen_above_never_reach_the_pad_below() -> None:
    async def story(app: App, carnets: fakes.FakeCarnets) -> None:
        await press(app, t("lock.forgotten_pin"))
        await app.press_keys(fakes.PIN)
        await app.fire(
            app.page, "keyboard_event", {"key": "Enter", **dict.fromkeys(("shift", "ctrl", "alt", "meta"), False)}
        )
        assert carnets.vault.given == []
        assert t("lock.typed", count=0) in [semantics.label for semantics in app.all(ft.Semantics)]

    tell(story, closed())


def test_a_passphrase_that_waits_cannot_be_typed() -> None:
    carnets = closed(kind=SecretKind.PASSPHRASE)
    carnets.vault.steps = [Tries(5, 300)]

    async def story(app: App, carnets: fakes.FakeCarnets) -> None:
        assert app.one(ft.TextField).disabled

    tell(story, carnets)


def test_a_key_store_that_does_not_count_is_told_by_the_try_alone() -> None:
    carnets = closed()

    async def fail() -> Tries:
        raise Unreadable(Reason.NO_KEY_STORE)

    carnets.vault.look_at_tries = fail  # type: ignore[method-assign]

    async def story(app: App, carnets: fakes.FakeCarnets) -> None:
        await enter(app, fakes.PIN)
        assert is_home(app)

    tell(story, carnets)
