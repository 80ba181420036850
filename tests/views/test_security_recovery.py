"""The recovery code: shown once, asked back, and kept only then."""

from types import SimpleNamespace

import flet as ft

from mes_app.i18n import t
from mes_app.views import routes
from tests.views import fakes
from tests.views.protection import RECOVERY_CODE, House, ProtectedSession, tell

GROUPS = RECOVERY_CODE.split("-")


async def show_code(house: House) -> None:
    await house.go(routes.RECOVERY)
    await house.enter(fakes.PIN, "security.recovery.create")


async def copy(house: House, *, wrong: int = 0) -> list[int]:
    """Type the groups asked back, the one in place ``wrong`` (from 1) not as it is; the numbers asked."""
    fields = house.all(ft.TextField)
    numbers = [int(str(field.label).split()[-1]) for field in fields]
    for place, (field, number) in enumerate(zip(fields, numbers, strict=True), start=1):
        await house.app.type(field, "AAAA" if place == wrong else GROUPS[number - 1].lower())
    await house.press("security.recovery.keep")
    return numbers


def test_the_code_is_shown_in_groups_that_are_read_letter_by_letter() -> None:
    async def story(house: House) -> None:
        await show_code(house)
        shown = [text for text in house.texts() if text in GROUPS]
        labels = [c.label for c in house.all(ft.Semantics)]
        assert shown == GROUPS
        assert t("security.recovery.group", number=2, letters="0, Q, X, 9") in labels

    tell(story)


def test_a_wrong_code_of_the_device_shows_nothing() -> None:
    async def story(house: House) -> None:
        await house.go(routes.RECOVERY)
        await house.enter("999999", "security.recovery.create")
        assert house.sees("errors.locked.wrong_secret.what")
        assert GROUPS[0] not in house.texts()

    tell(story)


def test_the_sheet_is_saved_where_the_person_chooses() -> None:
    async def story(house: House) -> None:
        house.app.client.answers["save_file"] = "/media/cle/fiche.pdf"
        await show_code(house)
        await house.press("security.recovery.sheet")
        assert house.saved() == [RECOVERY_CODE.encode()]
        assert house.sees("files.saved")

    tell(story)


def test_the_code_is_kept_once_both_groups_are_right() -> None:
    async def story(house: House) -> None:
        await show_code(house)
        await house.press("security.recovery.copied")
        assert house.ways.recovery == ""
        await copy(house)
        assert house.ways.recovery == RECOVERY_CODE
        assert house.sees("security.recovery.kept")
        assert not [text for text in house.texts() if text in GROUPS]

    tell(story)


def test_the_wrong_group_is_told_and_the_code_can_be_seen_again() -> None:
    async def story(house: House) -> None:
        await show_code(house)
        await house.press("security.recovery.copied")
        asked = await copy(house, wrong=2)
        errors = [field.error for field in house.all(ft.TextField)]
        assert errors == [None, t("security.recovery.wrong_group", number=asked[1])]
        assert house.ways.recovery == ""
        await house.press("security.recovery.look_again")
        assert GROUPS[0] in house.texts()
        await house.press("security.recovery.copied")
        await copy(house)
        assert house.ways.recovery == RECOVERY_CODE

    tell(story)


def test_the_former_code_stays_until_then_and_that_is_said() -> None:
    def prepare(session: ProtectedSession) -> None:
        session.ways.recovery = "the former one"

    async def story(house: House) -> None:
        await house.go(routes.RECOVERY)
        assert house.sees("security.recovery.replaces")
        await house.enter(fakes.PIN, "security.recovery.create")
        await house.press("security.recovery.copied")
        await house.go(routes.SECURITY)
        assert house.ways.recovery == "the former one"
        await house.go(routes.RECOVERY)
        assert GROUPS[0] not in house.texts()

    tell(story, prepare=prepare)


def test_a_screen_that_was_left_forgets_the_code() -> None:
    async def story(house: House) -> None:
        await show_code(house)
        await house.go(routes.SECURITY)
        await house.go(routes.RECOVERY)
        assert house.sees("security.recovery.what")
        assert not isinstance(house.ways.recovery, SimpleNamespace)

    tell(story)
