"""What cannot be undone asks for the owner first, then goes on by itself: told on the whole NIR of the synthesis."""

import flet as ft

from mes_app.i18n import t
from mes_app.services.vault import SecretKind
from mes_app.views import routes
from tests.views import fakes
from tests.views.protection import PASSPHRASE, House, tell


async def ask_for_the_nir(house: House) -> None:
    await house.go(routes.synthesis("p0"))
    await house.app.fire(house.one(ft.Switch), "change", data=True, value=True)


async def save(house: House) -> bytes | None:
    house.app.client.answers["save_file"] = "/media/cle/synthese.pdf"
    await house.press("files.save")
    return house.saved()[-1]


def test_l4_the_whole_nir_is_drawn_once_the_owner_is_proved() -> None:
    async def story(house: House) -> None:
        await ask_for_the_nir(house)
        assert house.sees("security.confirm.title")
        assert not house.one(ft.Switch).value
        await house.enter(fakes.PIN, "security.confirm.go_on")
        assert not house.sees("security.confirm.title")
        assert house.one(ft.Switch).value
        assert await save(house) == b"p0 True"

    tell(story)


def test_whoever_was_just_proved_is_not_asked_again() -> None:
    async def story(house: House) -> None:
        house.ways.proved = True
        await ask_for_the_nir(house)
        assert not house.sees("security.confirm.title")
        assert house.one(ft.Switch).value
        await house.app.fire(house.one(ft.Switch), "change", data=False, value=False)
        assert await save(house) == b"p0 False"

    tell(story)


def test_a_wrong_secret_is_told_in_the_question_which_stays() -> None:
    async def story(house: House) -> None:
        await ask_for_the_nir(house)
        await house.enter("999999", "security.confirm.go_on")
        assert house.sees("errors.locked.wrong_secret.what")
        assert house.sees("security.confirm.title")
        assert house.ways.tries == 1
        await house.enter(fakes.PIN, "security.confirm.go_on")
        assert house.one(ft.Switch).value

    tell(story)


def test_a_question_that_is_put_away_does_nothing_and_forgets_what_went_wrong() -> None:
    async def story(house: House) -> None:
        await ask_for_the_nir(house)
        await house.enter("999999", "security.confirm.go_on")
        await house.press("app.cancel")
        assert not house.one(ft.Switch).value
        await house.app.fire(house.one(ft.Switch), "change", data=True, value=True)
        assert not house.sees("errors.locked.wrong_secret.what")

    tell(story)


def test_l6_the_whole_nir_of_one_is_not_asked_for_another() -> None:
    async def story(house: House) -> None:
        house.ways.proved = True
        await ask_for_the_nir(house)
        await house.go(routes.synthesis("p1"))
        assert not house.one(ft.Switch).value
        assert await save(house) == b"p1 False"

    tell(story)


def test_a_passphrase_is_asked_where_there_is_no_code() -> None:
    async def story(house: House) -> None:
        await ask_for_the_nir(house)
        await house.fill(t("lock.passphrase"), PASSPHRASE)
        await house.press("security.confirm.go_on")
        assert house.one(ft.Switch).value

    tell(story, kind=SecretKind.PASSPHRASE)
