"""What is asked of a document, each question with what is wrong with its answer."""

from collections.abc import Awaitable, Callable, Mapping
from functools import partial

import flet as ft

from mes_app.domain.forms import Input
from mes_app.i18n import t
from mes_app.views.documents.filing import CATEGORY
from mes_app.views.forms.inputs import asked_field, tell_wrong
from mes_app.views.forms.labels import labelled, name_input
from mes_app.views.widgets.choices import choice_list
from mes_app.views.widgets.commands import Command

Change = Callable[[str, str], Awaitable[None]]


def question(asked: Input, values: Mapping[str, str], change: Change, saving: Command) -> ft.Control:
    """``asked`` with its answer among ``values``; ``change`` hears its name and each new answer."""
    value = values.get(asked.name, "")
    if asked is CATEGORY:
        return _category_field(value, change, tell_wrong(asked, saving.error))
    return asked_field(asked, value, change, saving, saving.error)


def _category_field(value: str, change: Change, wrong: str) -> ft.Control:
    choices = CATEGORY.choices if value in ("", *CATEGORY.choices) else (*CATEGORY.choices, value)
    words = {choice: t(f"categories.{choice.lower()}") for choice in choices}
    listed = choice_list(name_input(CATEGORY), words, value, partial(change, CATEGORY.name))
    return labelled(CATEGORY, listed, error=wrong)
