"""Who somebody is whose record begins on this device: what is asked, wherever it is."""

from collections.abc import Awaitable, Callable, Mapping

import flet as ft

from mes_app.domain.inputs import Input, InputKind
from mes_app.domain.newcomers import Newcomer, fill_from_ins, read_newcomer
from mes_app.domain.people import Sex
from mes_app.errors import Reason, Rejected
from mes_app.i18n import t
from mes_app.views.forms.inputs import asked_field
from mes_app.views.forms.pasting import is_pasted
from mes_app.views.state import read_today
from mes_app.views.widgets.boundaries import component
from mes_app.views.widgets.commands import use_command
from mes_app.views.widgets.fields import main_button, other_error

Keep = Callable[[Newcomer], Awaitable[None]]

_INPUTS = (
    Input("first_name", "newcomers.first_name", InputKind.TEXT, required=True),
    Input("family_name", "newcomers.family_name", InputKind.TEXT, required=True),
    Input("birth", "profiles.birth", InputKind.DATE, required=True),
    Input("sex", "profiles.sex", InputKind.CHOICE, choices=(Sex.FEMALE, Sex.MALE, Sex.OTHER)),
    Input("ins", "newcomers.ins", InputKind.CODE),
    Input("nir", "newcomers.nir", InputKind.HIDDEN),
)
_NOTHING: Mapping[str, str] = {}


@component
def newcomer_form(keep: Keep, words: str, start: Mapping[str, str] = _NOTHING) -> ft.Control:
    """The fields, beginning with ``start``, and the button that says ``words``: it gives ``keep`` who it is.

    The number of health is asked where ``start`` has it, even empty.
    """
    typed: ft.MutableRef[Mapping[str, str]] = ft.use_ref(lambda: start)
    _, draw = ft.use_state(start)

    async def change(name: str, value: str) -> None:
        pasted = name == "ins" and is_pasted(typed.current.get(name, ""), value)
        take({**typed.current, name: value})
        if pasted:
            await filling.run()

    def take(values: Mapping[str, str]) -> None:
        typed.current = values
        draw(typed.current)
        for command in (saving, confirming, filling):
            if command.error:
                command.clear()

    async def fill() -> None:
        take(fill_from_ins(typed.current))

    async def save(*, confirmed: bool = False) -> None:
        await keep(read_newcomer(fill_from_ins(typed.current), read_today(), confirmed=confirmed))

    async def save_anyway() -> None:
        await save(confirmed=True)

    saving, confirming, filling = use_command(save), use_command(save_anyway), use_command(fill)
    error = confirming.error or saving.error or filling.error
    fields = [
        asked_field(asked, typed.current.get(asked.name, ""), change, filling if asked.name == "ins" else saving, error)
        for asked in _INPUTS
        if asked.name != "nir" or "nir" in start
    ]
    unlikely = isinstance(saving.error, Rejected) and saving.error.reason is Reason.OUT_OF_RANGE
    anyway = ft.OutlinedButton(t("forms.save_anyway"), on_click=confirming.run, disabled=confirming.running)
    buttons = [*([anyway] if unlikely else []), main_button(words, saving)]
    controls = [*fields, *other_error(confirming.error or saving.error), *buttons]
    return ft.Column(controls, spacing=20, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)
