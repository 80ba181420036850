"""The jaws of a child, tooth by tooth: each one a button with its name, where it stands told by more than a colour."""

from collections.abc import Callable, Mapping

import flet as ft

from mes_app.domain.teeth import COUNTS, Dentition, Jaw, ToothState, list_jaws, place_on_arch
from mes_app.i18n import t
from mes_app.views.theme import TARGET
from mes_app.views.widgets.texts import muted

WIDTH = 300
"""Pixels across: a phone has room for it."""

_HEIGHTS = {Dentition.MILK: 150, Dentition.PERMANENT: 300}
_BUTTONS = {
    ToothState.UNKNOWN: ft.OutlinedButton,
    ToothState.OUT: ft.FilledButton,
    ToothState.FALLEN: ft.FilledTonalButton,
}


def draw_jaws(
    dentition: Dentition, states: Mapping[str, ToothState], names: Mapping[str, str], press: Callable[[str], None]
) -> ft.Control:
    """Both jaws, seen from before the child. ``names`` are read aloud; ``press`` gets the number of a tooth."""
    upper, lower = (_draw_jaw(jaw, dentition, states, names, press) for jaw in list_jaws(dentition))
    sides = ft.Row(
        [muted(t("booklet.jaws.right")), muted(t("booklet.jaws.left"))],
        width=WIDTH,
        alignment=ft.MainAxisAlignment.SPACE_BETWEEN,
    )
    hidden = ft.Semantics(content=sides, exclude_semantics=True)
    return ft.Column([upper, hidden, lower], spacing=8, horizontal_alignment=ft.CrossAxisAlignment.CENTER)


def _draw_jaw(
    jaw: Jaw,
    dentition: Dentition,
    states: Mapping[str, ToothState],
    names: Mapping[str, str],
    press: Callable[[str], None],
) -> ft.Control:
    height = _HEIGHTS[dentition]
    places = place_on_arch(2 * COUNTS[dentition], WIDTH - TARGET, height)
    teeth = []
    for number, (x, y) in zip(jaw.teeth, places, strict=True):
        button = _draw_tooth(number, states.get(number, ToothState.UNKNOWN), names[number], press)
        teeth.append(ft.Container(button, left=x, top=y if jaw.upper else height - y, width=TARGET, height=TARGET))
    words = t("booklet.jaws.upper" if jaw.upper else "booklet.jaws.lower")
    inside = ft.Container(
        ft.Semantics(content=muted(words), header=True),
        alignment=ft.Alignment.CENTER,
        left=0,
        right=0,
        top=height if jaw.upper else 0,
        height=TARGET,
    )
    return ft.Stack([inside, *teeth], width=WIDTH, height=height + TARGET)


def _draw_tooth(number: str, state: ToothState, name: str, press: Callable[[str], None]) -> ft.Control:
    """Empty where nothing is noted, filled where it is out, struck through where it fell."""
    struck = ft.TextDecoration.LINE_THROUGH if state is ToothState.FALLEN else ft.TextDecoration.NONE
    words = ft.Text(number, style=ft.TextStyle(size=14, decoration=struck), semantics_label=name, no_wrap=True)
    style = ft.ButtonStyle(shape=ft.CircleBorder(), padding=0)
    drawn: ft.Control = _BUTTONS[state](words, style=style, on_click=lambda: press(number))
    return drawn
