"""Prevention: what is offered at this age, what the record tells was done, and what comes next. It never advises."""

from collections.abc import Sequence
from functools import partial

import flet as ft

from mes_app.domain.booklets import is_minor
from mes_app.domain.people import Profile
from mes_app.domain.prevention import Choice, PreventionItem, State, Topic, group_topics
from mes_app.domain.prevention_rules import PreventionKind
from mes_app.domain.record import Kind
from mes_app.i18n import t
from mes_app.i18n.prevention import prevention_state
from mes_app.services.prevention import DONE, Prevention
from mes_app.views import routes
from mes_app.views.state import read_today, use_profile, use_session
from mes_app.views.widgets.boundaries import component
from mes_app.views.widgets.cards import card, empty_state, error_card, section_card
from mes_app.views.widgets.commands import use_command
from mes_app.views.widgets.loading import use_loaded
from mes_app.views.widgets.rows import tinted_icon, way_row
from mes_app.views.widgets.shell import page_column
from mes_app.views.widgets.tables import ruled
from mes_app.views.widgets.texts import body, muted, page_title, short_title

ICON = ft.Icons.HEALTH_AND_SAFETY_OUTLINED
_ICONS = {
    State.LATE: ft.Icons.HELP_OUTLINE_ROUNDED,
    State.DUE: ft.Icons.EVENT_AVAILABLE_OUTLINED,
    State.SOON: ft.Icons.EVENT_OUTLINED,
    State.LATER: ft.Icons.SCHEDULE_ROUNDED,
    State.DONE: ft.Icons.TASK_ALT_ROUNDED,
    State.OVER: ft.Icons.HISTORY_ROUNDED,
    State.NOT_FOR_ME: ft.Icons.BLOCK_ROUNDED,
}


def prevention_way(profile: Profile) -> ft.Control:
    """The way to what prevention offers ``profile``."""
    child = is_minor(profile, read_today())
    hint = t("prevention.way_child" if child else "prevention.way")
    return card(way_row(_title(child=child), hint, ICON, routes.way_to(routes.prevention(profile.pid))), padding=0)


@component
def prevention_panel() -> ft.Control:
    """The prevention of the profile in the address."""
    session, shown, today = use_session(), use_profile(), read_today()
    read = use_loaded(lambda: session.preventions.read(shown.pid, today), [shown.pid, today], (*DONE, Kind.PEOPLE))
    return page_column([page_title(_title(child=is_minor(shown, today))), read.show(_show)])


def _title(*, child: bool) -> str:
    return t("prevention.title_child" if child else "prevention.title")


def _show(prevention: Prevention) -> ft.Control:
    if not prevention.items:
        return empty_state(ICON, t("prevention.nothing" if prevention.birth else "prevention.no_birth"))
    topics = group_topics(prevention.items)
    near = [topic for topic in topics if topic.is_near]
    cards = [section_card(t("prevention.now"), [_near_row(topic) for topic in near])] if near else []
    for kind in PreventionKind:
        of_kind = [topic for topic in topics if topic.kind is kind]
        if of_kind:
            cards.append(section_card(t(f"prevention.kind_{kind}"), [_topic(topic) for topic in of_kind]))
    return ft.Column(
        [muted(t("prevention.told")), *cards], spacing=12, horizontal_alignment=ft.CrossAxisAlignment.STRETCH
    )


def _near_row(topic: Topic) -> ft.Control:
    """What may be done now, to be read."""
    words = ft.Column([short_title(topic.main.title, strong=True, lines=None), muted(_tell(topic.main))], spacing=2)
    row = ft.Row([tinted_icon(_ICONS[topic.main.state]), ft.Container(words, expand=True)], spacing=16)
    return ft.Container(ft.MergeSemantics(row), padding=ft.Padding.symmetric(horizontal=12, vertical=8))


def _topic(topic: Topic) -> ft.Control:
    """One subject, which opens on its steps."""
    steps = [item for item in topic.items if item.rule.step]
    done = sum(item.state is State.DONE for item in steps)
    counted = [t("prevention.counted", done=done, count=len(steps))] if len(steps) > 1 else []
    state = _tell(topic.main)
    told = t("prevention.step", step=topic.main.rule.step, state=state) if len(steps) > 1 else state
    return ft.ExpansionTile(
        key=topic.items[0].id,
        title=short_title(topic.subject, lines=None),
        subtitle=muted(" · ".join([*counted, told])),
        leading=tinted_icon(_ICONS[topic.main.state]),
        controls=[_step(item, alone=len(topic.items) == 1) for item in topic.items],
        controls_padding=ft.Padding.only(left=16, right=16, bottom=12),
        tile_padding=ft.Padding.symmetric(horizontal=12),
        expanded_cross_axis_alignment=ft.CrossAxisAlignment.STRETCH,
        shape=ft.RoundedRectangleBorder(),
    )


@component
def _step(item: PreventionItem, *, alone: bool) -> ft.Control:
    """One step: where it stands, unless it is ``alone`` and told above; who says so; what a person may say of it."""
    session, pid, today = use_session(), use_profile().pid, read_today()

    async def mark(choice: Choice | None) -> None:
        await session.preventions.mark(pid, item.id, choice, today)

    command = use_command(mark)
    name = [short_title(item.rule.step, strong=True, lines=None)] if item.rule.step else []
    buttons: list[ft.Control] = [
        ft.OutlinedButton(words, disabled=command.running, on_click=partial(command.run, choice))
        for words, choice in _list_choices(item)
    ]
    said = [muted(t("prevention.marked"))] if item.mark else []
    failed = [error_card(command.error)] if command.error else []
    state = [] if alone else [body(_tell(item))]
    texts = [*name, *state, muted(t(f"prevention.source_{item.source}")), *said]
    told = ft.Semantics(content=ft.Column(texts, spacing=6), container=True)
    return ruled(ft.Column([told, ft.Row(buttons, wrap=True, spacing=8, run_spacing=8), *failed], spacing=6))


def _list_choices(item: PreventionItem) -> Sequence[tuple[str, Choice | None]]:
    """Nothing where the record itself tells that it was done; nobody has done what is for much later."""
    if item.mark:
        return [(t("prevention.unmark"), None)]
    if item.state is State.DONE:
        return []
    choices = [Choice.NOT_FOR_ME] if item.state is State.LATER else [*Choice]
    return [(t(f"prevention.mark_{choice}"), choice) for choice in choices]


def _tell(item: PreventionItem) -> str:
    """« obligatoire, à partir du lun. 20 sept. 2027 »; of what is behind, only where it stands."""
    state = prevention_state(item.state, item.due, item.done)
    return f"{t(f'prevention.{item.obligation}')}, {state}" if item.due else state
