"""What an entry and a section offer to do, and why it may be nothing."""

import flet as ft

from mes_app.domain.record import Kind
from mes_app.errors import NotAllowed, Reason
from mes_app.views import routes
from tests.views.protection import ProtectedSession
from tests.views.writing import Desk, write


def test_what_somebody_else_entered_is_not_offered_to_change_and_says_why() -> None:
    def prepare(session: ProtectedSession) -> None:
        session.editing.read_only = Reason.NOT_YOURS

    async def story(desk: Desk) -> None:
        await desk.house.go(routes.entry("p0", Kind.ALLERGIES, "a1"))
        assert desk.house.sees("forms.read_only.not_yours")
        assert not desk.house.sees("forms.change")
        assert not desk.house.sees("forms.delete")

    write(story, prepare=prepare)


def test_an_empty_section_offers_to_add_or_to_say_that_there_is_nothing() -> None:
    async def story(desk: Desk) -> None:
        await desk.house.go(routes.section("p0", Kind.TREATMENTS))
        assert desk.house.sees("forms.add")
        await desk.house.press("sections.treatments.none")
        assert desk.editing.declared == [("p0", Kind.TREATMENTS)]
        await desk.house.app.fire(desk.bar(), "action")
        assert desk.editing.undone == ["nothing"]

    write(story)


def test_nothing_is_declared_of_a_section_that_was_filled_meanwhile() -> None:
    def prepare(session: ProtectedSession) -> None:
        session.editing.errors = [NotAllowed(Reason.NOT_EMPTY)]

    async def story(desk: Desk) -> None:
        await desk.house.go(routes.section("p0", Kind.TREATMENTS))
        await desk.house.press("sections.treatments.none")
        assert desk.house.sees("errors.not_allowed.not_empty.what")

    write(story, prepare=prepare)


def test_professionals_are_not_written_here() -> None:
    async def story(desk: Desk) -> None:
        await desk.house.go(routes.section("p0", Kind.PROFESSIONALS))
        assert not desk.house.all(ft.FilledButton)
        await desk.open(Kind.PROFESSIONALS)
        assert desk.house.sees("forms.read_only.not_writable")

    write(story)
