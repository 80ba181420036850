"""A backup: behind the owner's proof, with a passphrase given twice, in numbers, and with a way to stop."""

from pathlib import Path
from typing import Any

import flet as ft
import pytest

from mes_app.errors import Reason, Rejected, Unreadable
from mes_app.i18n import size, t
from mes_app.views import routes
from tests.views import fakes
from tests.views.protection import PASSPHRASE, House, tell


async def fill_in(house: House, again: str = PASSPHRASE) -> None:
    await house.go(routes.BACKUP)
    await house.fill(t("security.backup.passphrase"), PASSPHRASE)
    await house.fill(t("security.backup.again"), again)


def test_the_two_passphrases_must_agree_and_be_long_enough() -> None:
    async def story(house: House) -> None:
        await house.go(routes.BACKUP)
        await house.fill(t("security.backup.passphrase"), "court")
        await house.fill(t("security.backup.again"), "court")
        assert house.one(ft.FilledButton).disabled
        assert house.all(ft.TextField)[0].helper == t("security.backup.strength_short", count=7)
        await fill_in(house, again="une autre phrase de passe")
        await house.press("security.backup.save")
        assert house.all(ft.TextField)[1].error == t("security.backup.differs")
        assert house.saved() == []

    tell(story)


def test_the_person_is_told_that_nobody_opens_it_without_its_passphrase() -> None:
    async def story(house: House) -> None:
        await house.go(routes.BACKUP)
        assert house.sees("security.backup.warning")

    tell(story)


def test_l4_the_owner_is_proved_first_then_it_is_written_where_it_was_asked(tmp_path: Path) -> None:
    place = tmp_path / "copie"

    async def story(house: House) -> None:
        house.app.client.answers["save_file"] = str(place)
        await fill_in(house)
        await house.press("security.backup.save")
        assert house.sees("security.confirm.title")
        assert not place.exists()
        await house.app.press_keys(fakes.PIN)
        await house.begin("security.confirm.go_on")
        await house.session.backups.written.put(500_000)
        await house.app.settle()
        assert t("app.counted", done=size(500_000), total=size(2_000_000)) in house.texts()
        await house.session.backups.written.put(None)
        await house.until(lambda: house.sees("security.backup.done"))
        assert house.session.backups.files == {place: PASSPHRASE}
        assert t("security.backup.done_told", size=size(2_000_000)) in house.texts()
        assert house.saved() == [None]

    tell(story, platform="linux")


def test_l1_work_that_goes_on_does_not_lock_for_want_of_a_touch(tmp_path: Path) -> None:
    async def story(house: House) -> None:
        house.ways.proved = True
        house.app.client.answers["save_file"] = str(tmp_path / "copie")
        await fill_in(house)
        await house.begin("security.backup.save")
        auto_lock, clocks = house.carnets.auto_lock, house.carnets.clocks
        for done in (1, 2):
            clocks.wait(299)
            assert not auto_lock.is_due()
            await house.session.backups.written.put(done)
            await house.app.settle()
        await house.session.backups.written.put(None)
        await house.until(lambda: house.sees("security.backup.done"))

    tell(story, platform="linux")


def test_without_a_place_nothing_is_written() -> None:
    async def story(house: House) -> None:
        house.ways.proved = True
        await fill_in(house)
        await house.press("security.backup.save")
        assert house.session.backups.files == {}
        assert house.sees("security.backup.save")

    tell(story, platform="linux")


@pytest.mark.parametrize("props", [{"platform": "android"}, {"platform": "linux", "web": True}])
def test_where_no_place_can_be_written_to_the_system_is_handed_the_bytes(props: dict[str, Any]) -> None:
    async def story(house: House) -> None:
        house.ways.proved = True
        house.app.client.answers["save_file"] = "/content/copie"
        await house.session.backups.written.put(None)
        await fill_in(house)
        await house.press("security.backup.save")
        await house.until(lambda: house.sees("security.backup.done"))
        assert house.saved() == [b"sealed"]
        assert not any(path.exists() for path in house.session.backups.files)

    tell(story, **props)


def test_it_can_be_stopped(tmp_path: Path) -> None:
    async def story(house: House) -> None:
        house.ways.proved = True
        house.app.client.answers["save_file"] = str(tmp_path / "copie")
        await fill_in(house)
        await house.begin("security.backup.save")
        await house.session.backups.written.put(1_000)
        await house.app.settle()
        await house.press("app.cancel")
        assert house.sees("security.backup.stopped")
        assert house.session.backups.files == {}

    tell(story, platform="linux")


def test_leaving_the_screen_stops_it(tmp_path: Path) -> None:
    async def story(house: House) -> None:
        house.ways.proved = True
        house.app.client.answers["save_file"] = str(tmp_path / "copie")
        await fill_in(house)
        await house.begin("security.backup.save")
        await house.go(routes.SECURITY)
        await house.session.backups.written.put(None)
        await house.app.settle()
        assert house.session.backups.files == {}

    tell(story, platform="linux")


def test_what_went_wrong_is_told_beside_what_corrects_it(tmp_path: Path) -> None:
    async def story(house: House) -> None:
        house.ways.proved = True
        house.app.client.answers["save_file"] = str(tmp_path / "copie")
        house.session.backups.error = Unreadable(Reason.DISK_FULL)
        await fill_in(house)
        await house.press("security.backup.save")
        assert house.sees("errors.unreadable.disk_full.what")
        house.session.backups.error = Rejected("passphrase", Reason.TOO_SIMPLE)
        await house.press("security.backup.save")
        assert t("errors.rejected.too_simple.what") in str(house.all(ft.TextField)[0].error)

    tell(story, platform="linux")
