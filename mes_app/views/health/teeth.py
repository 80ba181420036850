"""The teeth of a child: the jaws to touch, and what was noted of each tooth in words."""

from collections.abc import Sequence
from typing import cast

import flet as ft

from mes_app.domain.people import Profile, age_on
from mes_app.domain.record import Kind
from mes_app.domain.sections.teeth import Tooth
from mes_app.domain.teeth import Dentition, find_dentition, find_number, find_state
from mes_app.domain.vocabularies import list_choices
from mes_app.i18n import t
from mes_app.views import routes
from mes_app.views.state import read_today, use_profile, use_session
from mes_app.views.widgets.boundaries import component
from mes_app.views.widgets.cards import card, section_card
from mes_app.views.widgets.choices import choice_bar
from mes_app.views.widgets.icons import KIND_ICONS
from mes_app.views.widgets.jaws import draw_jaws
from mes_app.views.widgets.loading import use_loaded
from mes_app.views.widgets.rows import list_row
from mes_app.views.widgets.shell import page_column
from mes_app.views.widgets.texts import muted, page_title
from mes_app.views.widgets.words import tell_day

PERMANENT_FROM = 7
"""The age from which the permanent teeth are shown first; all are a press away at any age."""


@component
def teeth_panel() -> ft.Control:
    """The teeth of the profile in the address."""
    session, shown = use_session(), use_profile()
    read = use_loaded(lambda: session.health.entries(shown.pid, Kind.TEETH), [shown.pid], (Kind.TEETH,))
    title = page_title(t("sections.teeth.title"))
    return page_column([title, read.show(lambda entries: _teeth(shown, cast(Sequence[Tooth], entries)))])


@component
def _teeth(shown: Profile, teeth: Sequence[Tooth]) -> ft.Control:
    chosen, choose = ft.use_state(str(_choose_first(shown)))
    by_number: dict[str, list[Tooth]] = {}
    for tooth in teeth:
        by_number.setdefault(find_number(tooth), []).append(tooth)

    def press(number: str) -> None:
        known = by_number.get(number)
        pid = shown.pid
        routes.go(routes.entry(pid, Kind.TEETH, known[0].id) if known else routes.form(pid, Kind.TEETH, number))

    names = {number: _name(number, by_number.get(number, [])) for number in list_choices(Kind.TEETH, "tooth")}
    states = {number: find_state(known) for number, known in by_number.items()}
    words = {str(dentition): t(f"booklet.jaws.{dentition}") for dentition in Dentition}
    jaws = draw_jaws(Dentition(chosen), states, names, press)
    drawn = ft.Column(
        [
            choice_bar(words, chosen, choose),
            muted(t("booklet.jaws.hint")),
            ft.Row([jaws], alignment=ft.MainAxisAlignment.CENTER),
        ],
        spacing=12,
    )
    rows = [_row(shown.pid, tooth) for tooth in teeth]
    noted = section_card(t("booklet.jaws.noted"), rows) if rows else muted(t("booklet.jaws.nothing"))
    return ft.Column([card(drawn), noted], spacing=12, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)


def _choose_first(shown: Profile) -> Dentition:
    born = shown.birth.day if shown.birth else None
    grown = born is not None and age_on(born, read_today()).years >= PERMANENT_FROM
    return Dentition.PERMANENT if grown else Dentition.MILK


def _name(number: str, known: Sequence[Tooth]) -> str:
    """« Incisive centrale supérieure droite (51), sortie : 3 sept. 2026 »."""
    return f"{t(f'sections.teeth.tooth_{number}')}, {tell_tooth(known)}"


def tell_tooth(known: Sequence[Tooth]) -> str:
    """When a tooth came out and fell, as far as its records say."""
    since = next((tooth.since for tooth in known if tooth.since), None)
    until = next((tooth.until for tooth in known if tooth.until), None)
    told = [
        *([t("booklet.jaws.out", day=tell_day(since))] if since else []),
        *([t("booklet.jaws.fallen", day=tell_day(until))] if until else []),
    ]
    return ", ".join(told) or t("booklet.jaws.out_somewhere" if known else "booklet.jaws.state_unknown")


def _row(pid: str, tooth: Tooth) -> ft.Control:
    number = find_number(tooth)
    known = number in list_choices(Kind.TEETH, "tooth")
    return list_row(
        t(f"sections.teeth.tooth_{number}") if known else tooth.tooth.text,
        " · ".join([*([t(f"booklet.jaws.{find_dentition(number)}")] if known else []), tell_tooth([tooth])]),
        icon=KIND_ICONS[Kind.TEETH],
        on_click=routes.way_to(routes.entry(pid, Kind.TEETH, tooth.id)),
    )
