"""What is being typed is on the disk before it is saved: a form that was left is found again as it was."""

import asyncio
from typing import Any

import flet as ft

from mes_app.domain.record import Kind
from mes_app.views import routes
from mes_app.views.forms.opening import DraftKeeper, Opened, Task
from tests.views.desks import FakeEditing
from tests.views.writing import Desk, write


def test_what_was_being_typed_is_kept_when_the_form_is_left_and_offered_again() -> None:
    async def story(desk: Desk) -> None:
        await desk.open(Kind.ALLERGIES)
        await desk.fill("sections.allergies.substance", "Arach")
        await desk.house.go(routes.home("p0"))
        await desk.open(Kind.ALLERGIES)
        assert desk.house.sees("forms.resumed")
        box = desk.named("sections.allergies.substance")
        assert isinstance(box, ft.TextField)
        assert box.value == "Arach"
        await desk.house.press("forms.start_over")
        assert not desk.house.sees("forms.resumed")
        assert desk.editing.drafts == {}
        box = desk.named("sections.allergies.substance")
        assert isinstance(box, ft.TextField)
        assert box.value == ""

    write(story)


def test_l1_what_was_being_typed_when_the_vault_locks_is_kept_in_it_and_found_again() -> None:
    async def story(desk: Desk) -> None:
        await desk.open(Kind.ALLERGIES)
        await desk.fill("sections.allergies.substance", "Arachide")
        await desk.house.vault.lock()
        await desk.house.app.settle()
        assert not desk.house.all(ft.TextField)
        assert not any("Arachide" in text for text in desk.house.app.texts())
        await desk.house.enter(desk.house.ways.secret, "lock.unlock")
        await desk.open(Kind.ALLERGIES)
        box = desk.named("sections.allergies.substance")
        assert isinstance(box, ft.TextField)
        assert box.value == "Arachide"

    write(story)


def test_the_draft_last_typed_is_the_one_that_is_kept() -> None:
    class Slow(FakeEditing):
        async def save_draft(self, pid: str, form: str, values: Any) -> None:
            await asyncio.sleep(0)
            await super().save_draft(pid, form, values)

    async def run() -> None:
        editing = Slow()
        keeper = DraftKeeper(editing, Task("p0", Kind.ALLERGIES), Opened({}, None))  # type: ignore[arg-type]
        await asyncio.gather(*(keeper.keep({"substance": "Arachide"[:length]}) for length in range(1, 9)))
        assert editing.drafts == {("p0", "allergies"): {"substance": "Arachide"}}
        await keeper.keep({})
        assert editing.drafts == {}

    asyncio.run(run())
