"""From the welcome to a record without account, in a real vault: nothing is asked of a service, nothing is an error."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import flet as ft
import pytest

from mes_app.bootstrap import make_carnets
from mes_app.config import Config
from mes_app.i18n import t
from mes_app.main import make_main
from mes_app.services.carnets import Carnets
from mes_app.views import routes
from tests.cli.phone import plain_server
from tests.services.family import FONTS
from tests.views.harness import App
from tests.views.rooms import Rooms

PASSPHRASE = "une phrase assez longue"
NUMBER = "7 88 05 69 383 012 95"
"""Right, and of an uncommon form."""
INS = "IS01" + "0" * 22 + "S1255081416802538S21.2.250.1.213.1.4.10S3ANNE\x1dS4MARTIN\x1dS5FS612-08-1955S714168"
Story = Callable[[Rooms, Carnets], Awaitable[None]]


def tell(folder: Path, story: Story, *, width: int = 390) -> None:
    """Run ``story`` before the welcome screen of a device without key store."""

    async def run() -> None:
        carnets = make_carnets(Config(data=folder / "data", assets=FONTS.parent, least_cost=True))
        try:
            async with App(make_main(lambda: carnets), width=width) as app:
                await story(Rooms(app), carnets)
        finally:
            await carnets.vault.lock()

    with pytest.MonkeyPatch.context() as system:
        system.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={folder / 'no-bus'}")
        asyncio.run(run())


async def begin(rooms: Rooms) -> None:
    """« Utiliser sans compte », up to the question who it is for."""
    await rooms.press(t("newcomers.use_alone"))
    for title in ("login.passphrase_choose_title", "login.passphrase_again_title"):
        await rooms.see(t(title))
        await rooms.app.type(rooms.app.one(ft.TextField), PASSPHRASE)
        await rooms.press(t("app.continue"))
    await rooms.see(t("newcomers.first_title").replace("?", r"\?"))


async def fill(rooms: Rooms, first: str, family: str, *birth: str) -> None:
    for place, words in enumerate((first, family, *birth)):
        await rooms.app.type(rooms.app.all(ft.TextField)[place], words)


async def begin_with_camille(rooms: Rooms) -> None:
    await begin(rooms)
    await fill(rooms, "Camille", "Martin", "12", "7", "1988")
    await rooms.press(t("newcomers.begin"))
    await rooms.see(t("home.title"))


@pytest.mark.parametrize("width", [390, 1280])
def test_a_record_begins_without_account_and_says_that_it_is_on_this_device(tmp_path: Path, width: int) -> None:
    async def story(rooms: Rooms, carnets: Carnets) -> None:
        await begin(rooms)
        await rooms.press(t("newcomers.begin"))
        await rooms.until(lambda: t("errors.rejected.missing.what") in str(rooms.app.all(ft.TextField)[0].error))
        await fill(rooms, "Camille", "Martin", "12", "7", "1988")
        await rooms.press(t("newcomers.begin"))
        await rooms.see(t("home.title"))
        icons = [icon.semantics_label for icon in rooms.app.all(ft.Icon)]
        assert t("syncing.refresh") not in icons
        assert t("newcomers.here") in (icons if width == 390 else [b.content for b in rooms.app.all(ft.TextButton)])
        await rooms.app.page.push_route(routes.SYNC)
        await rooms.see(t("newcomers.here"))
        assert t("syncing.nothing_waits") not in rooms.app.texts()
        await rooms.see(t("syncing.no_server"))

    tell(tmp_path, story, width=width)


def test_a_child_is_added_corrected_and_found_again_after_the_lock(tmp_path: Path) -> None:
    async def story(rooms: Rooms, carnets: Carnets) -> None:
        await begin_with_camille(rooms)
        await rooms.app.page.push_route(routes.ADD_PROFILE)
        await rooms.see(t("newcomers.told"))
        assert t("profiles.add_told") not in rooms.app.texts()
        await fill(rooms, "Zoé", "Martin", "20", "11", "2026")
        await rooms.press(t("newcomers.add"))
        await rooms.see("^Zoé Martin$")
        await rooms.app.page.push_route(f"{rooms.app.page.route}/{routes.PERSON_PATTERN}")
        await rooms.see(t("newcomers.identity_told"))
        await rooms.press(t("newcomers.correct"))
        await rooms.until(lambda: len(rooms.app.all(ft.TextField)) == 7)
        fields = rooms.app.all(ft.TextField)
        assert [field.value for field in fields] == ["Zoé", "Martin", "20", "11", "2026", "", ""]
        assert [field.password for field in fields] == [False] * 6 + [True]
        await fill(rooms, "Zoë", "Martin")
        await rooms.app.type(rooms.app.all(ft.TextField)[6], NUMBER)
        await rooms.press(f"^{t('forms.save')}$")
        await rooms.press(t("forms.save_anyway"))
        await rooms.see("^Zoë Martin$")
        await rooms.see("^7 88 •• •• ••• ••• ••$")
        assert NUMBER not in rooms.app.texts()
        await rooms.press(t("newcomers.nir_show"))
        await rooms.see(f"^{NUMBER}$")
        await rooms.press(t("newcomers.nir_hide"))
        await rooms.gone(f"^{NUMBER}$")
        await carnets.vault.lock()
        session = await carnets.vault.unlock(PASSPHRASE)
        assert [one.name for one in await session.profiles.list()] == ["Camille Martin", "Zoë Martin"]

    tell(tmp_path, story)


def test_a_record_that_began_here_is_removed_once_that_is_agreed_to(tmp_path: Path) -> None:
    async def story(rooms: Rooms, carnets: Carnets) -> None:
        await begin_with_camille(rooms)
        await rooms.app.page.push_route(f"{rooms.app.page.route}/{routes.PERSON_PATTERN}")
        await rooms.press(t("newcomers.remove"))
        await rooms.see(t("newcomers.remove_told", name="Camille Martin"))
        assert rooms.app.one(ft.FilledButton).disabled
        await rooms.app.fire(rooms.app.one(ft.Checkbox), "change", True, value=True)
        await rooms.press(t("newcomers.remove_confirm"))
        await rooms.see(t("newcomers.first_title").replace("?", r"\?"))

    tell(tmp_path, story)


def test_a_service_is_connected_later_and_what_began_here_stays_here(tmp_path: Path) -> None:
    async def story(rooms: Rooms, base: str) -> None:
        await begin_with_camille(rooms)
        await rooms.app.page.push_route(routes.SYNC)
        await rooms.press(t("newcomers.connect"))
        await rooms.see(t("newcomers.connect_told"))
        await rooms.press(t("login.plain_server"))
        await rooms.until(lambda: len(rooms.app.all(ft.TextField)) == 3)
        for place, words in enumerate((base, "mother")):
            await rooms.app.type(rooms.app.all(ft.TextField)[place], words)
        await rooms.press(t("app.continue"))
        await rooms.see("^Anaïs$")
        await rooms.app.page.push_route(routes.SYNC)
        await rooms.see(t("newcomers.some_here", names="Camille Martin"))

    with plain_server(tmp_path) as base:
        tell(tmp_path, lambda rooms, _carnets: story(rooms, base))


def test_who_left_before_saying_whom_it_is_for_is_asked_at_the_next_opening(tmp_path: Path) -> None:
    async def story(rooms: Rooms, carnets: Carnets) -> None:
        await begin(rooms)

    async def again(rooms: Rooms, carnets: Carnets) -> None:
        await rooms.until(lambda: len(rooms.app.all(ft.TextField)) == 1)
        await rooms.app.type(rooms.app.one(ft.TextField), PASSPHRASE)
        await rooms.press(t("lock.unlock"))
        await rooms.see(t("newcomers.first_title").replace("?", r"\?"))

    tell(tmp_path, story)
    tell(tmp_path, again)


def test_the_code_of_an_identity_fills_who_it_is_and_its_number_is_not_kept(tmp_path: Path) -> None:
    async def story(rooms: Rooms, carnets: Carnets) -> None:
        await begin(rooms)
        await rooms.app.type(rooms.app.all(ft.TextField)[-1], INS)
        boxes = [str(box.value) for box in rooms.app.all(ft.TextField)]
        assert boxes == ["Anne", "Martin", "12", "08", "1955", ""]
        await rooms.press(t("newcomers.begin"))
        await rooms.see(t("home.title"))

    tell(tmp_path, story)


def test_a_code_that_names_nobody_says_so_at_once(tmp_path: Path) -> None:
    async def story(rooms: Rooms, carnets: Carnets) -> None:
        await begin(rooms)
        await rooms.app.type(rooms.app.all(ft.TextField)[-1], INS.replace("538", "539"))
        assert t("errors.rejected.mistyped.what") in str(rooms.app.all(ft.TextField)[-1].error)

    tell(tmp_path, story)
