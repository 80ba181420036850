"""What was just done can be undone, for as long as its bar shows and the vault is open."""

import flet as ft
import pytest

from mes_app.domain.record import Kind
from mes_app.errors import Reason, Rejected
from mes_app.i18n import t
from mes_app.views import routes
from tests.views.writing import Desk, write


def test_what_was_saved_can_be_undone_for_ten_seconds_and_no_longer() -> None:
    async def story(desk: Desk) -> None:
        await desk.open(Kind.ALLERGIES)
        await desk.fill("sections.allergies.substance", "Arachide")
        await desk.save()
        bar = desk.bar()
        assert isinstance(bar.duration, ft.Duration)
        assert (bar.action, bar.duration.seconds, bar.persist) == (t("app.undo"), 10, False)
        assert t("forms.added") in desk.house.app.texts()
        await desk.house.app.fire(bar, "action")
        assert desk.editing.undone == ["new1"]

    write(story)


def test_a_second_change_has_a_bar_of_its_own() -> None:
    async def story(desk: Desk) -> None:
        for name in ("Arachide", "Latex"):
            await desk.open(Kind.ALLERGIES)
            await desk.fill("sections.allergies.substance", name)
            await desk.save()
        (last,) = [bar for bar in desk.house.all(ft.SnackBar) if bar.open]
        await desk.house.app.fire(last, "action")
        assert desk.editing.undone == ["new2"]

    write(story)


@pytest.mark.parametrize(("width", "bar_width"), [(390, None), (1280, 480)])
def test_the_bar_that_undoes_is_no_wider_than_its_words_need(width: int, bar_width: int | None) -> None:
    async def story(desk: Desk) -> None:
        await desk.open(Kind.ALLERGIES)
        await desk.fill("sections.allergies.substance", "Arachide")
        await desk.save()
        assert desk.bar().width == bar_width

    write(story, width=width)


def test_l1_nothing_can_be_undone_once_the_vault_is_locked() -> None:
    async def story(desk: Desk) -> None:
        await desk.open(Kind.ALLERGIES)
        await desk.fill("sections.allergies.substance", "Arachide")
        await desk.save()
        await desk.house.vault.lock()
        await desk.house.app.settle()
        assert not [bar for bar in desk.house.app.all(ft.SnackBar) if bar.open]

    write(story)


def test_a_deletion_is_done_at_once_and_can_be_undone() -> None:
    async def story(desk: Desk) -> None:
        await desk.house.go(routes.entry("p0", Kind.ALLERGIES, "a1"))
        await desk.house.press("forms.delete")
        assert desk.editing.deleted == ["a1"]
        assert desk.house.app.page.route == routes.section("p0", Kind.ALLERGIES)
        await desk.house.app.fire(desk.bar(), "action")
        assert desk.editing.undone == ["a1"]

    write(story)


def test_an_undo_that_fails_is_explained() -> None:
    async def story(desk: Desk) -> None:
        await desk.house.go(routes.entry("p0", Kind.ALLERGIES, "a1"))
        await desk.house.press("forms.delete")
        desk.editing.errors = [Rejected("id", Reason.UNKNOWN_RECORD)]
        await desk.house.app.fire(desk.bar(), "action")
        assert t("errors.rejected.unknown_record.what") in desk.house.app.texts()

    write(story)
