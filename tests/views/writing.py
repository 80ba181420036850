"""The desk of somebody who fills forms in the app."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import flet as ft

from mes_app.domain.record import Kind
from mes_app.i18n import t
from mes_app.views import routes
from tests.views.desks import FakeEditing, FakeHealth, FakeMeasures
from tests.views.protection import House, ProtectedSession, tell


def write(
    story: Callable[["Desk"], Any],
    *,
    prepare: Callable[[ProtectedSession], None] = lambda _: None,
    width: int = 390,
) -> None:
    """Run ``story`` at the desk of somebody who writes."""

    def lay(session: ProtectedSession) -> None:
        session.health = FakeHealth()
        session.measures = FakeMeasures(lambda: session.health)
        prepare(session)

    async def run(house: House) -> None:
        await story(Desk(house))

    tell(run, prepare=lay, width=width)


@dataclass
class Desk:
    """What a person does with a form."""

    house: House

    @property
    def editing(self) -> FakeEditing:
        return self.house.session.editing

    async def open(self, kind: Kind, about: str = "") -> None:
        await self.house.go(routes.form("p0", kind, about))

    def named(self, label: str) -> ft.Control:
        """The input of this name."""
        names = (t(label), t("forms.optional", label=t(label)))
        found = [each for each in self.house.all(ft.Semantics) if each.label in names and each.content]
        assert found, [each.label for each in self.house.all(ft.Semantics)]
        assert found[0].content
        return found[0].content

    async def fill(self, label: str, text: str) -> None:
        box = self.named(label)
        assert isinstance(box, ft.TextField)
        await self.house.app.type(box, text)

    async def fill_date(self, label: str, **parts: str) -> None:
        for name, text in parts.items():
            boxes = [box for box in self.house.app.walk(self.named(label)) if isinstance(box, ft.TextField)]
            box = next(box for box in boxes if box.label == t(f"forms.{name}"))
            await self.house.app.type(box, text)

    async def choose(self, choice: str) -> None:
        groups = self.house.all(ft.RadioGroup)
        group = next(
            g for g in groups if any(r.value == choice for r in self.house.app.walk(g) if isinstance(r, ft.Radio))
        )
        await self.house.app.fire(group, "change", choice, value=choice)

    async def save(self) -> None:
        await self.house.press("forms.save")

    def bar(self) -> ft.SnackBar:
        return self.house.one(ft.SnackBar)
