"""Two versions of one record, side by side where there is room: who wrote each, when, and a choice by field."""

from collections.abc import Callable, Mapping
from functools import partial

import flet as ft

from mes_app.domain.fields import Field
from mes_app.domain.record import Source
from mes_app.i18n import field_value, moment, t
from mes_app.services.conflicts import FieldChoice, Side, TwoVersions, Version
from mes_app.views import routes
from mes_app.views.state import use_session, use_store, use_ui
from mes_app.views.syncing.options import option_row
from mes_app.views.widgets.avatars import avatar, read_age
from mes_app.views.widgets.boundaries import component, screen
from mes_app.views.widgets.cards import card
from mes_app.views.widgets.commands import use_command
from mes_app.views.widgets.details import capitalise, detail_list, keep_filled, list_details
from mes_app.views.widgets.fields import main_button, other_error
from mes_app.views.widgets.form_pages import form_page
from mes_app.views.widgets.loading import use_loaded
from mes_app.views.widgets.shell import modal_view, page_column
from mes_app.views.widgets.texts import body, muted, section_title

Choices = Mapping[str, Side]
Choose = Callable[[str, Side], None]

WHOLE = ""
"""The name under which a whole version is chosen, where one side deleted the record."""


@screen
def choice_screen() -> ft.View:
    """The choice about the record of the address."""
    record_id = ft.use_route_params().get("id", "")
    return modal_view(t("syncing.choice.title"), _page(record_id), back=routes.SYNC)


@component
def _page(record_id: str) -> ft.Control:
    session = use_session()
    read = use_loaded(lambda: session.conflicts.open(record_id), [session, record_id])
    return _choice(read.value) if read.value else page_column([read.show(_choice)])


@component
def _choice(found: TwoVersions) -> ft.Control:
    session, store = use_session(), use_store()
    nothing: Choices = {}
    chosen, set_chosen = ft.use_state(nothing)
    asked = [WHOLE] if _is_whole(found) else [field.name for field in found.fields if field.clash]

    def choose(name: str, side: Side) -> None:
        set_chosen(lambda old: {**old, name: side})

    def choose_all(side: Side) -> None:
        set_chosen(dict.fromkeys(asked, side))

    async def save() -> None:
        if _is_whole(found):
            await session.conflicts.resolve_whole(found.record_id, chosen[WHOLE])
        else:
            await session.conflicts.resolve(found.record_id, chosen)
        store.tell(t("syncing.choice.saved"))
        routes.go(routes.SYNC)

    saving = use_command(save)
    shown = _whole(found, chosen, choose) if _is_whole(found) else _fields(found, chosen, choose, choose_all)
    button = main_button(t("syncing.choice.save"), saving, disabled=not set(asked) <= set(chosen), wide=False)
    page = page_column([_heading(found), shown, muted(t("syncing.choice.kept"))])
    return form_page(_name(found), button, page, other_error(saving.error))


def _is_whole(found: TwoVersions) -> bool:
    """Whether one side deleted the record, so that there is no field to choose."""
    return found.mine is None or found.theirs is None


def _name(found: TwoVersions) -> str:
    """What the record is about."""
    known = found.mine or found.theirs
    names = list_details(known.entry, found.kind) if known else []
    return capitalise(names[0].value) if names else t(f"sections.{found.kind}.title")


def _heading(found: TwoVersions) -> ft.Control:
    """Whose record, of which section, and what happened to it."""
    person = use_store().find(found.profile)
    whose = [ft.Row([avatar(person, 40), muted(f"{person.name}, {read_age(person)}")], spacing=12)] if person else []
    told = t("syncing.choice.deleted" if _is_whole(found) else "syncing.choice.what")
    return _stack([*whose, muted(t(f"sections.{found.kind}.title")), body(told)], spacing=8)


def _fields(found: TwoVersions, chosen: Choices, choose: Choose, choose_all: Callable[[Side], None]) -> ft.Control:
    versions = {Side.MINE: found.mine, Side.THEIRS: found.theirs}
    heads = [_version(side, versions[side], choose_all) for side in Side]
    asked = [_field(field, chosen, choose) for field in found.fields if field.clash]
    agreed = keep_filled((t(field.label), _tell_agreed(field)) for field in found.fields if not field.clash)
    same = [card(_stack([section_title(t("syncing.choice.agreed")), detail_list(agreed)]))] if agreed else []
    return _stack([_beside(heads), *asked, *same])


def _version(side: Side, version: Version | None, choose_all: Callable[[Side], None]) -> ft.Control:
    """One version as a whole: who wrote it and when, and a button that takes all of it."""
    origin = _tell_origin(version)
    lines = [
        section_title(t(f"syncing.choice.{side}")),
        muted(origin),
        ft.OutlinedButton(t(f"syncing.choice.all_{side}"), on_click=lambda: choose_all(side)),
    ]
    return card(_stack(lines, spacing=8))


def _tell_origin(version: Version | None) -> str:
    if version is None:
        return ""
    source = "" if version.entry.source is Source.UNKNOWN else t(f"sections.source.{version.entry.source}")
    when = moment(version.when) if version.when else ""
    return " · ".join(part for part in (version.who or source, when) if part) or t("sections.source.unknown")


def _field(field: FieldChoice, chosen: Choices, choose: Choose) -> ft.Control:
    values = {Side.MINE: field.mine, Side.THEIRS: field.theirs}
    options = [
        option_row(
            t(f"syncing.choice.{side}"),
            _tell_value(value),
            partial(choose, field.name, side),
            chosen=chosen.get(field.name) is side,
        )
        for side, value in values.items()
    ]
    group = ft.Semantics(content=_beside(options), label=t(field.label), container=True)
    return _stack([section_title(t(field.label)), group], spacing=8)


def _whole(found: TwoVersions, chosen: Choices, choose: Choose) -> ft.Control:
    versions = {Side.MINE: found.mine, Side.THEIRS: found.theirs}
    return _beside(
        [
            option_row(
                t(f"syncing.choice.{side}"),
                _tell_origin(version) if version else t(f"syncing.choice.deleted_{side}"),
                partial(choose, WHOLE, side),
                chosen=chosen.get(WHOLE) is side,
                more=detail_list(list_details(version.entry, found.kind)) if version else None,
            )
            for side, version in versions.items()
        ]
    )


def _tell_value(field: Field | None) -> str:
    return capitalise(field_value(field.kind, field.value)) if field else t("syncing.choice.nothing")


def _tell_agreed(field: FieldChoice) -> str:
    """What both say, or what the only one that changed it says."""
    return _tell_value(field.mine if field.merged is Side.MINE else field.theirs)


def _beside(controls: list[ft.Control]) -> ft.Control:
    """Side by side where there is room, else one below the other."""
    if not use_ui().rail:
        return _stack(controls, spacing=8)
    columns: list[ft.Control] = [ft.Container(control, expand=True) for control in controls]
    return ft.Row(columns, spacing=12, vertical_alignment=ft.CrossAxisAlignment.START)


def _stack(controls: list[ft.Control], *, spacing: int = 16) -> ft.Control:
    return ft.Column(controls, spacing=spacing, tight=True, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)
