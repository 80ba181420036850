"""One input of a form as its kind asks for it. Each is a component of its own: a form gains and loses some."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import flet as ft

from mes_app.domain.forms import Input, InputKind
from mes_app.errors import MesError, Rejected
from mes_app.i18n import find, t, unit
from mes_app.views.forms.dates import date_field
from mes_app.views.forms.focusing import use_focus
from mes_app.views.forms.labels import hint_input, labelled, name_input
from mes_app.views.forms.suggesting import suggested
from mes_app.views.state import use_ui
from mes_app.views.theme import TARGET
from mes_app.views.widgets.boundaries import component
from mes_app.views.widgets.choices import STACKED_ABOVE, UNIT_WIDTH, choice_list
from mes_app.views.widgets.commands import Command
from mes_app.views.widgets.consents import consent
from mes_app.views.widgets.details import capitalise
from mes_app.views.widgets.fields import read_field_error, text_field
from mes_app.views.widgets.texts import muted

FEW = 5
"""Choices that are all shown at once; more of them go into a list that opens."""
_UNITLESS = ("", "1")
_SENTENCES = ft.TextCapitalization.SENTENCES


@dataclass(frozen=True)
class Typing:
    """One input as it is now. ``change`` hears what is typed; ``submit`` the Enter key in a line of text.

    ``choose_unit`` hears in which unit a number is said, where there are several.
    ``error``: what is wrong with it, in words; else empty.
    """

    asked: Input
    value: str
    change: Callable[[str], Awaitable[None]]
    submit: Callable[[str], Awaitable[None]]
    error: str = ""
    choose_unit: Callable[[str], Awaitable[None]] | None = None


def asked_field(
    asked: Input, value: str, change: Callable[[str, str], Awaitable[None]], entered: Command, error: MesError | None
) -> ft.Control:
    """``asked`` with its answer; ``change`` hears its name and each new answer, ``entered`` runs at the Enter key.

    ``error`` is shown where it is about this one.
    """

    async def submit(_value: str) -> None:
        await entered.run()

    choose_unit = partial(change, asked.unit_name) if asked.units else None
    return input_field(Typing(asked, value, partial(change, asked.name), submit, tell_wrong(asked, error), choose_unit))


def tell_wrong(asked: Input, error: MesError | None) -> str:
    """What ``error`` says of ``asked``; empty where it is about something else."""
    return read_field_error(error) if isinstance(error, Rejected) and error.field == asked.name else ""


@component
def input_field(typing: Typing) -> ft.Control:
    """The control that its kind asks for."""
    return _DRAWN[typing.asked.kind](typing)


def _text(typing: Typing, beside: ft.Control | None = None, **options: Any) -> ft.Control:
    field = text_field("", typing.value, typing.change, error=typing.error, **options)
    use_focus(field, wrong=bool(typing.error))
    named = ft.MergeSemantics(ft.Semantics(content=field, label=name_input(typing.asked)))
    listed = typing.asked.suggested
    content = suggested(named, field, listed, typing.value, typing.change) if listed else named
    shown = _put_beside(content, beside) if beside else content
    return labelled(typing.asked, shown, hint="" if typing.error else None)


def _put_beside(content: ft.Control, beside: ft.Control) -> ft.Control:
    """Below each other where large text needs the place."""
    if use_ui().preferences.text_scale > STACKED_ABOVE:
        return ft.Column([content, beside], spacing=8, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)
    return ft.Row(
        [ft.Container(content, expand=True), ft.Container(beside, width=UNIT_WIDTH)],
        spacing=8,
        vertical_alignment=ft.CrossAxisAlignment.START,
    )


def _line(typing: Typing) -> ft.Control:
    return _text(typing, on_submit=typing.submit, capitalization=_SENTENCES)


def _number(typing: Typing) -> ft.Control:
    if typing.choose_unit:
        words = {code: unit(code) for code in typing.asked.units}
        units = choice_list(t("sections.measures.unit"), words, typing.asked.unit, typing.choose_unit)
        return _text(typing, units, on_submit=typing.submit, keyboard_type=ft.KeyboardType.NUMBER)
    suffix = None if typing.asked.unit in _UNITLESS else unit(typing.asked.unit)
    return _text(typing, on_submit=typing.submit, suffix=suffix, keyboard_type=ft.KeyboardType.NUMBER)


def _phone(typing: Typing) -> ft.Control:
    return _text(typing, on_submit=typing.submit, keyboard_type=ft.KeyboardType.PHONE)


def _email(typing: Typing) -> ft.Control:
    return _text(typing, on_submit=typing.submit, keyboard_type=ft.KeyboardType.EMAIL, autocorrect=False)


def _code(typing: Typing) -> ft.Control:
    return _text(typing, on_submit=typing.submit, autocorrect=False)


def _hidden(typing: Typing) -> ft.Control:
    return _text(typing, on_submit=typing.submit, autocorrect=False, password=True, can_reveal_password=True)


def _lines(typing: Typing, lines: int) -> ft.Control:
    return _text(typing, multiline=True, min_lines=lines, capitalization=_SENTENCES)


def _date(typing: Typing) -> ft.Control:
    return date_field(typing.asked, typing.value, typing.change, typing.submit, typing.error)


def _yes(typing: Typing) -> ft.Control:
    async def tick(given: bool) -> None:
        await typing.change("yes" if given else "")

    def told(given: bool) -> None:
        ft.context.page.run_task(tick, given)

    box = consent(name_input(typing.asked), told, given=typing.value == "yes")
    hint = hint_input(typing.asked)
    return ft.Column([box, muted(hint)], spacing=0, tight=True) if hint else box


def _choice(typing: Typing) -> ft.Control:
    """One of a few at once; one of many in a list that opens."""

    async def choose(event: ft.Event[ft.RadioGroup]) -> None:
        await typing.change(event.control.value or "")

    words = {choice: _name_choice(typing.asked, choice) for choice in typing.asked.choices}
    if len(words) > FEW:
        listed = choice_list(name_input(typing.asked), words, typing.value, typing.change)
        return labelled(typing.asked, listed, error=typing.error)
    radios: list[ft.Control] = [
        ft.Container(ft.Radio(label=label, value=choice, toggleable=not typing.asked.required), height=TARGET)
        for choice, label in words.items()
    ]
    group = ft.RadioGroup(ft.Column(radios, spacing=0), value=typing.value or None, on_change=choose)
    return labelled(typing.asked, _named(typing.asked, group), error=typing.error)


def _choices(typing: Typing) -> ft.Control:
    chosen = set(typing.value.splitlines())

    def box(choice: str) -> ft.Control:
        async def tick(event: ft.Event[ft.Checkbox]) -> None:
            kept = chosen | {choice} if event.control.value else chosen - {choice}
            await typing.change("\n".join(each for each in typing.asked.choices if each in kept))

        words = _name_choice(typing.asked, choice)
        return ft.Container(ft.Checkbox(label=words, value=choice in chosen, on_change=tick), height=TARGET)

    boxes = ft.Column([box(choice) for choice in typing.asked.choices], spacing=0)
    return labelled(typing.asked, _named(typing.asked, boxes), error=typing.error)


def _named(asked: Input, choices: ft.Control) -> ft.Control:
    """Choices that a screen reader knows by the name of what they answer."""
    return ft.Semantics(content=choices, label=name_input(asked), container=True)


def _name_choice(asked: Input, choice: str) -> str:
    return capitalise(find(f"{asked.label}_{choice}") or choice)


_DRAWN: dict[InputKind, Callable[[Typing], ft.Control]] = {
    InputKind.TEXT: _line,
    InputKind.LONG_TEXT: partial(_lines, lines=3),
    InputKind.LINES: partial(_lines, lines=2),
    InputKind.NUMBER: _number,
    InputKind.PHONE: _phone,
    InputKind.EMAIL: _email,
    InputKind.CODE: _code,
    InputKind.RPPS: _number,
    InputKind.FINESS: _code,
    InputKind.HIDDEN: _hidden,
    InputKind.DATE: _date,
    InputKind.DAY: _date,
    InputKind.MOMENT: _date,
    InputKind.CHOICE: _choice,
    InputKind.CHOICES: _choices,
    InputKind.YES: _yes,
}
