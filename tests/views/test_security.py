"""Security at a glance, and the ways in: each protection is told, and changed only by the owner."""

import flet as ft

from mes_app.services.vault import SecretKind
from mes_app.views import routes
from tests.views import fakes
from tests.views.protection import NEW_PIN, PASSPHRASE, House, ProtectedSession, tell


def test_the_overview_tells_each_protection_and_warns_of_a_missing_recovery_code() -> None:
    async def story(house: House) -> None:
        await house.go(routes.SETTINGS)
        await house.tap("settings.security")
        for name in ("pin", "emergency", "backup", "key", "leaving"):
            assert house.sees(f"security.overview.{name}"), name
        assert house.sees("security.no_recovery.title")
        assert not house.sees("security.overview.recovery")
        assert not house.sees("security.overview.biometrics")

    tell(story)


def test_a_code_that_was_made_is_told_instead_of_the_warning() -> None:
    def prepare(session: ProtectedSession) -> None:
        session.ways.recovery = "7K2M"

    async def story(house: House) -> None:
        assert not house.sees("security.no_recovery.title")
        await house.go(routes.SECURITY)
        assert house.sees("security.overview.recovery")
        assert not house.sees("security.no_recovery.title")

    tell(story, prepare=prepare)


def test_home_says_that_a_recovery_code_is_missing_and_leads_to_one() -> None:
    async def story(house: House) -> None:
        assert house.sees("security.no_recovery.title")
        await house.tap("security.no_recovery.title")
        assert house.sees("security.recovery.what")

    tell(story)


def test_nothing_of_this_is_offered_in_a_demonstration() -> None:
    def prepare(session: ProtectedSession) -> None:
        session.temporary = True

    async def story(house: House) -> None:
        assert not house.sees("security.no_recovery.title")
        await house.go(routes.SETTINGS)
        assert not house.sees("settings.security")
        assert not house.sees("settings.lock")

    tell(story, prepare=prepare)


def test_each_page_leads_back_to_the_overview_and_the_overview_to_the_settings() -> None:
    async def story(house: House) -> None:
        await house.go(routes.CHANGE_SECRET)
        await house.app.fire(house.app.one(ft.View, route=routes.CHANGE_SECRET), "confirm_pop")
        assert house.sees("security.overview.opening")
        await house.app.fire(house.app.one(ft.View, route=routes.SECURITY), "confirm_pop")
        assert house.sees("settings.security")

    tell(story)


def test_the_code_is_changed_with_the_present_one_and_the_new_one_twice() -> None:
    async def story(house: House) -> None:
        await house.go(routes.CHANGE_SECRET)
        await house.enter("999999", "app.continue")
        assert house.sees("errors.locked.wrong_secret.what")
        await house.enter(fakes.PIN, "app.continue")
        await house.enter(NEW_PIN, "app.continue")
        await house.enter(NEW_PIN, "app.continue")
        assert house.ways.secret == NEW_PIN
        assert house.sees("security.change.changed_pin")
        assert house.sees("security.overview.opening")

    tell(story)


def test_a_passphrase_is_changed_in_fields() -> None:
    async def story(house: House) -> None:
        await house.go(routes.CHANGE_SECRET)
        for words in (PASSPHRASE, "une autre phrase de passe", "une autre phrase de passe"):
            await house.app.type(house.one(ft.TextField), words)
            await house.press("app.continue")
        assert house.ways.secret == "une autre phrase de passe"

    tell(story, kind=SecretKind.PASSPHRASE)


def test_finger_or_face_is_turned_on_with_the_code_and_off_at_once() -> None:
    def prepare(session: ProtectedSession) -> None:
        session.ways.can_use_biometrics = True

    async def story(house: House) -> None:
        await house.go(routes.SECURITY)
        await house.app.fire(house.one(ft.Switch), "change", data=True, value=True)
        assert house.sees("security.overview.biometrics_ask_pin")
        assert not house.one(ft.Switch).value
        await house.enter(fakes.PIN, "security.confirm.go_on")
        assert house.ways.biometrics
        assert house.one(ft.Switch).value
        await house.app.fire(house.one(ft.Switch), "change", data=False, value=False)
        assert not house.ways.biometrics

    tell(story, prepare=prepare)


def test_cancelling_the_question_changes_nothing() -> None:
    def prepare(session: ProtectedSession) -> None:
        session.ways.can_use_biometrics = True

    async def story(house: House) -> None:
        await house.go(routes.SECURITY)
        await house.app.fire(house.one(ft.Switch), "change", data=True, value=True)
        await house.press("app.cancel")
        assert not house.all(ft.AlertDialog)
        assert not house.one(ft.Switch).value
        assert not house.ways.biometrics

    tell(story, prepare=prepare)
