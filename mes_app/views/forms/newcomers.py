"""Who somebody is whose record begins on this device: what is asked, wherever it is."""

from collections.abc import Awaitable, Callable, Mapping
from functools import partial

import flet as ft

from mes_app.domain.inputs import Input, InputKind
from mes_app.domain.newcomers import Newcomer, read_newcomer
from mes_app.domain.people import Sex
from mes_app.errors import Rejected
from mes_app.views.forms.inputs import Typing, input_field
from mes_app.views.state import read_today
from mes_app.views.widgets.boundaries import component
from mes_app.views.widgets.commands import Command, use_command
from mes_app.views.widgets.fields import main_button, other_error, read_field_error

Keep = Callable[[Newcomer], Awaitable[None]]

_INPUTS = (
    Input("first_name", "newcomers.first_name", InputKind.TEXT, required=True),
    Input("family_name", "newcomers.family_name", InputKind.TEXT, required=True),
    Input("birth", "profiles.birth", InputKind.DATE, required=True),
    Input("sex", "profiles.sex", InputKind.CHOICE, choices=(Sex.FEMALE, Sex.MALE, Sex.OTHER)),
)
_NOTHING: Mapping[str, str] = {}


@component
def newcomer_form(keep: Keep, words: str, start: Mapping[str, str] = _NOTHING) -> ft.Control:
    """The fields, beginning with ``start``, and the button that says ``words``: it gives ``keep`` who it is."""
    typed: ft.MutableRef[Mapping[str, str]] = ft.use_ref(lambda: start)
    _, draw = ft.use_state(start)

    async def change(name: str, value: str) -> None:
        typed.current = {**typed.current, name: value}
        draw(typed.current)
        if saving.error:
            saving.clear()

    async def save() -> None:
        await keep(read_newcomer(typed.current, read_today()))

    saving = use_command(save)
    fields = [_place(asked, typed.current.get(asked.name, ""), change, saving) for asked in _INPUTS]
    controls = [*fields, *other_error(saving.error), main_button(words, saving)]
    return ft.Column(controls, spacing=20, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)


def _place(asked: Input, value: str, change: Callable[[str, str], Awaitable[None]], saving: Command) -> ft.Control:
    wrong = isinstance(saving.error, Rejected) and saving.error.field == asked.name

    async def submit(_value: str) -> None:
        await saving.run()

    error = read_field_error(saving.error) if wrong else ""
    return input_field(Typing(asked, value, partial(change, asked.name), submit, error))
