"""Another key: with the code, in numbers, and then a recovery code to be made anew."""

import flet as ft

from mes_app.i18n import t
from mes_app.views import routes
from tests.views import fakes
from tests.views.protection import House, tell


def test_it_says_what_opens_no_more_then_how_far_it_is_and_leads_to_a_new_recovery_code() -> None:
    async def story(house: House) -> None:
        house.ways.recovery, house.ways.biometrics = "7K2M", True
        await house.go(routes.CHANGE_KEY)
        assert house.sees("security.key.after_recovery")
        assert house.sees("security.key.after_biometrics")
        await house.app.press_keys(fakes.PIN)
        await house.begin("security.key.start")
        await house.ways.documents.put(1)
        await house.app.settle()
        assert t("security.key.progress", done="1", total="3", count=3) in house.texts()
        assert house.sees("security.key.may_leave")
        await house.ways.documents.put(3)
        await house.app.settle()
        assert house.sees("security.key.done")
        await house.press("security.no_recovery.create")
        assert house.sees("security.recovery.what")

    tell(story)


def test_it_goes_on_when_the_screen_is_left() -> None:
    async def story(house: House) -> None:
        await house.go(routes.CHANGE_KEY)
        assert not house.sees("security.key.after_biometrics")
        await house.app.press_keys(fakes.PIN)
        await house.begin("security.key.start")
        await house.ways.documents.put(1)
        await house.go("/p0")
        await house.ways.documents.put(3)
        await house.app.settle()
        assert house.ways.keys == 1

    tell(story)


def test_a_wrong_code_changes_nothing_and_says_how_long_to_wait() -> None:
    async def story(house: House) -> None:
        house.ways.tries = 3
        await house.go(routes.CHANGE_KEY)
        await house.enter("999999", "security.key.start")
        assert t("lock.wait", left=t("lock.minutes_seconds", minutes=1, seconds=0)) in house.texts()
        assert house.one(ft.FilledButton).disabled
        await house.app.press_keys(fakes.PIN)
        assert t("lock.typed", count=0) in [said.label for said in house.all(ft.Semantics)]
        assert house.ways.keys == 0

    tell(story)
