"""What is asked of a document, each question with what is wrong with its answer."""

from collections.abc import Awaitable, Callable, Mapping
from functools import partial

import flet as ft

from mes_app.domain.forms import Input
from mes_app.errors import Rejected
from mes_app.i18n import t
from mes_app.views.documents.filing import CATEGORY
from mes_app.views.forms.inputs import Typing, input_field
from mes_app.views.forms.labels import labelled, name_input
from mes_app.views.theme import RADIUS
from mes_app.views.widgets.commands import Command
from mes_app.views.widgets.fields import read_field_error

Change = Callable[[str, str], Awaitable[None]]


def question(asked: Input, values: Mapping[str, str], change: Change, saving: Command) -> ft.Control:
    """``asked`` with its answer among ``values``; ``change`` hears its name and each new answer."""
    error = saving.error
    wrong = read_field_error(error) if isinstance(error, Rejected) and error.field == asked.name else ""
    value = values.get(asked.name, "")
    if asked is CATEGORY:
        return _category_field(value, change, wrong)

    async def submit(_value: str) -> None:
        await saving.run()

    return input_field(Typing(asked, value, partial(change, asked.name), submit, wrong))


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
