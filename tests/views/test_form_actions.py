"""What an entry and a section offer to do, and why it may be nothing."""

from mes_app.domain.record import Kind
from mes_app.domain.sections.professionals import Professional
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


def test_results_are_not_written_here() -> None:
    async def story(desk: Desk) -> None:
        await desk.open(Kind.RESULTS)
        assert desk.house.sees("forms.read_only.not_writable")

    write(story)


def test_a_professional_is_noted_with_what_names_them() -> None:
    async def story(desk: Desk) -> None:
        await desk.house.go(routes.section("p0", Kind.PROFESSIONALS))
        await desk.house.press("forms.add")
        assert desk.house.sees("forms.hints.professionals.regular")
        await desk.fill("sections.professionals.name", "Dr Inès Garcia")
        await desk.fill("sections.professionals.rpps", "997 002 188 96")
        await desk.house.press("forms.save")
        written = Professional(name="Dr Inès Garcia", rpps="99700218896")
        assert desk.editing.added == [("p0", Kind.PROFESSIONALS, written, False)]

    write(story)
