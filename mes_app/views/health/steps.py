"""What can be said and done of one step of a calendar, of prevention or of a pregnancy."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import cast

import flet as ft

from mes_app.domain.inputs import start_values
from mes_app.domain.prevention import NEAR, Choice, PreventionItem, State
from mes_app.domain.record import Kind, Row
from mes_app.i18n import t
from mes_app.services.session import Session
from mes_app.views import routes
from mes_app.views.state import read_today, use_profile, use_session
from mes_app.views.widgets.boundaries import component
from mes_app.views.widgets.cards import error_card
from mes_app.views.widgets.commands import use_command
from mes_app.views.widgets.steps import tell_step
from mes_app.views.widgets.tables import ruled
from mes_app.views.widgets.texts import body, muted, short_title


@component
def step_detail(item: PreventionItem, *, named: bool = True, alone: bool = False) -> ft.Control:
    """Where a step stands, unless it is ``alone`` and told above; who says so; what a person may say or do of it."""
    session, pid, today = use_session(), use_profile().pid, read_today()

    async def mark(choice: Choice | None) -> None:
        await session.preventions.mark(pid, item.id, choice, today)

    async def plan() -> None:
        await _begin_appointment(session, pid, item.title)

    marking, planning = use_command(mark), use_command(plan)
    left, leave = ft.use_state(cast(Row | None, None))
    buttons: list[ft.Control] = [
        ft.OutlinedButton(words, disabled=marking.running, on_click=partial(marking.run, choice))
        for words, choice in _list_choices(item)
    ]
    if item.state in NEAR:
        words = t("prevention.plan")
        icon = ft.Icons.EDIT_CALENDAR_OUTLINED
        buttons.append(ft.OutlinedButton(words, icon=icon, disabled=planning.running, on_click=planning.run))
    name = [short_title(item.rule.step, strong=True, lines=None)] if named and item.rule.step else []
    state = [] if alone else [body(tell_step(item))]
    said = [muted(t("prevention.marked"))] if item.mark else []
    texts = [*name, *state, muted(t(f"prevention.source_{item.source}")), *said]
    told = ft.Semantics(content=ft.Column(texts, spacing=6), container=True)
    record = item.record or left
    proof = [_proof(item, record, leave)] if record else []
    failed = [error_card(error) for error in (marking.error, planning.error) if error]
    return ruled(ft.Column([told, *proof, ft.Row(buttons, wrap=True, spacing=8, run_spacing=8), *failed], spacing=6))


@component
def _proof(item: PreventionItem, record: Row, leave: Callable[[Row | None], None]) -> ft.Control:
    """The record that tells that it was done, and that it is not this, which ``leave`` hears and can be taken back."""
    session, pid, counts = use_session(), use_profile().pid, item.record == record

    async def deny() -> None:
        await session.preventions.deny(pid, item.id, record.id, denied=counts)
        leave(record if counts else None)

    denying = use_command(deny)
    way = routes.way_across(routes.record(pid, record.kind, record.id))
    link = [ft.TextButton(t("prevention.told_by", title=record.name), on_click=way)] if counts else []
    words = t("prevention.deny") if counts else t("prevention.take_back", title=record.name)
    no = ft.TextButton(words, disabled=denying.running, on_click=denying.run)
    failed = [error_card(denying.error)] if denying.error else []
    return ft.Column([ft.Row([*link, no], wrap=True, spacing=8, run_spacing=0), *failed], spacing=6)


async def _begin_appointment(session: Session, pid: str, title: str) -> None:
    """Show the form of a new appointment with this subject; one that was begun before is left as it is."""
    if await session.editing.read_draft(pid, Kind.APPOINTMENTS) is None:
        values = start_values(Kind.APPOINTMENTS) | {"title": title}
        await session.editing.save_draft(pid, Kind.APPOINTMENTS, {name: str(said) for name, said in values.items()})
    routes.go(routes.form(pid, Kind.APPOINTMENTS))


def _list_choices(item: PreventionItem) -> Sequence[tuple[str, Choice | None]]:
    """Nothing where the record itself tells that it was done; nobody has done what is for much later."""
    if item.mark:
        return [(t("prevention.unmark"), None)]
    if item.state is State.DONE:
        return []
    choices = [Choice.NOT_FOR_ME] if item.state is State.LATER else [*Choice]
    return [(t(f"prevention.mark_{choice}"), choice) for choice in choices]
