"""What is asked of a document, each question with what is wrong with its answer."""

from collections.abc import Awaitable, Callable, Mapping

import flet as ft

from mes_app.domain.forms import Input
from mes_app.i18n import t
from mes_app.views.documents.filing import CATEGORY
from mes_app.views.forms.inputs import asked_field, tell_wrong
from mes_app.views.forms.labels import labelled, name_input
from mes_app.views.theme import RADIUS
from mes_app.views.widgets.commands import Command

Change = Callable[[str, str], Awaitable[None]]


def question(asked: Input, values: Mapping[str, str], change: Change, saving: Command) -> ft.Control:
    """``asked`` with its answer among ``values``; ``change`` hears its name and each new answer."""
    value = values.get(asked.name, "")
    if asked is CATEGORY:
        return _category_field(value, change, tell_wrong(asked, saving.error))
    return asked_field(asked, value, change, saving, saving.error)


def _category_field(value: str, change: Change, wrong: str) -> ft.Control:
    async def choose(event: ft.Event[ft.Dropdown]) -> None:
        await change(CATEGORY.name, event.control.value or "")

    choices = CATEGORY.choices if value in ("", *CATEGORY.choices) else (*CATEGORY.choices, value)
    words = {choice: t(f"categories.{choice.lower()}") for choice in choices}
    opening = ft.Dropdown(
        value=value or None,
        options=[ft.DropdownOption(key=choice, text=label) for choice, label in words.items()],
        on_select=choose,
        menu_height=360,
        expanded_insets=0,
        border=ft.OutlineInputBorder(border_radius=RADIUS),
    )
    named = ft.Semantics(content=opening, label=name_input(CATEGORY), value=words.get(value, ""))
    return labelled(CATEGORY, named, error=wrong)
