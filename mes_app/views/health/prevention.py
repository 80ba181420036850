"""Prevention: what is offered at this age, what the record tells was done, and what comes next. It never advises."""

from functools import partial

import flet as ft

from mes_app.domain.booklets import is_minor
from mes_app.domain.people import Profile
from mes_app.domain.prevention import State, Topic, group_topics
from mes_app.domain.prevention_rules import PreventionKind
from mes_app.domain.record import Kind
from mes_app.i18n import t
from mes_app.services.prevention import DONE, Prevention
from mes_app.views import routes
from mes_app.views.health.steps import step_detail
from mes_app.views.state import read_today, use_profile, use_session
from mes_app.views.widgets.boundaries import component
from mes_app.views.widgets.cards import card, empty_state, error_card, section_card
from mes_app.views.widgets.commands import Command, use_command
from mes_app.views.widgets.consents import consent
from mes_app.views.widgets.loading import use_loaded
from mes_app.views.widgets.rows import tinted_icon, way_row
from mes_app.views.widgets.shell import page_column
from mes_app.views.widgets.steps import STATE_ICONS, step_row, tell_step
from mes_app.views.widgets.texts import muted, page_title, short_title

ICON = ft.Icons.HEALTH_AND_SAFETY_OUTLINED


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
    cards = [section_card(t("prevention.now"), [step_row(topic.main) for topic in near])] if near else []
    for kind in PreventionKind:
        of_kind = [topic for topic in topics if topic.kind is kind]
        if of_kind:
            cards.append(section_card(t(f"prevention.kind_{kind}"), [_topic(topic) for topic in of_kind]))
    if not prevention.child:
        cards.append(_choices(every_sex=prevention.every_sex))
    return ft.Column(
        [muted(t("prevention.told")), *cards], spacing=12, horizontal_alignment=ft.CrossAxisAlignment.STRETCH
    )


@component
def _choices(*, every_sex: bool) -> ft.Control:
    """What the person wants to be told, whatever their registered sex and age."""
    session, pid, today = use_session(), use_profile().pid, read_today()
    booklet = use_loaded(lambda: session.pregnancies.read(pid, today), [pid, today], (Kind.PREGNANCIES,))

    async def widen(chosen: bool) -> None:
        await session.preventions.widen(pid, every_sex=chosen)

    async def offer(chosen: bool) -> None:
        await session.pregnancies.offer(pid, wanted=chosen)

    widening, offering = use_command(widen), use_command(offer)
    offered = booklet.value.offered if booklet.value else False
    boxes = [
        consent(t("prevention.every_sex"), partial(_run, widening), given=every_sex),
        consent(t("prevention.offer_booklet"), partial(_run, offering), given=offered),
    ]
    failed = [error_card(command.error) for command in (widening, offering) if command.error]
    content = ft.Column([*boxes, muted(t("prevention.choices_here")), *failed], spacing=4)
    return section_card(t("prevention.choices"), [ft.Container(content, padding=12)])


def _run(command: Command, chosen: bool) -> None:
    ft.context.page.run_task(command.run, chosen)


def _topic(topic: Topic) -> ft.Control:
    """One subject, which opens on its steps."""
    steps = [item for item in topic.items if item.rule.step]
    done = sum(item.state is State.DONE for item in steps)
    counted = [t("prevention.counted", done=done, count=len(steps))] if len(steps) > 1 else []
    state = tell_step(topic.main)
    told = t("prevention.step", step=topic.main.rule.step, state=state) if len(steps) > 1 else state
    return ft.ExpansionTile(
        key=topic.items[0].id,
        title=short_title(topic.subject, lines=None),
        subtitle=muted(" · ".join([*counted, told])),
        leading=tinted_icon(STATE_ICONS[topic.main.state]),
        controls=[step_detail(item, alone=len(topic.items) == 1) for item in topic.items],
        controls_padding=ft.Padding.only(left=16, right=16, bottom=12),
        tile_padding=ft.Padding.symmetric(horizontal=12),
        expanded_cross_axis_alignment=ft.CrossAxisAlignment.STRETCH,
        shape=ft.RoundedRectangleBorder(),
    )
