"""Join a record that began here to one of the service: which, what would go, what came of it. One thing at a time."""

from collections.abc import Callable, Sequence

import flet as ft

from mes_app.domain.joining import JoinPlan, Target, choose_joined
from mes_app.i18n import partial as partial_date
from mes_app.i18n import t
from mes_app.services.joining import Joined
from mes_app.views import routes
from mes_app.views.profile.join_items import Choosing, identity_cards, item_cards
from mes_app.views.routes import Destination
from mes_app.views.state import use_profile, use_session, use_store
from mes_app.views.widgets.accounts import use_connected
from mes_app.views.widgets.boundaries import component, screen
from mes_app.views.widgets.cards import card, empty_state
from mes_app.views.widgets.choices import choice_card
from mes_app.views.widgets.commands import Command, use_command
from mes_app.views.widgets.fields import main_button, other_error
from mes_app.views.widgets.form_pages import form_page
from mes_app.views.widgets.loading import use_loaded
from mes_app.views.widgets.shell import detail_view, page_column
from mes_app.views.widgets.texts import body, muted, page_title


@screen
def joining_screen() -> ft.View:
    """Of the person in the address."""
    return detail_view(t("joining.title"), _page())


@component
def _page() -> ft.Control:
    session, store, shown = use_session(), use_store(), use_profile()
    no_plan: JoinPlan | None = None
    plan, set_plan = ft.use_state(no_plan)
    nothing: frozenset[str] = frozenset()
    chosen, choose = ft.use_state(nothing)
    confirmed, confirm = ft.use_state(False)
    not_yet: Joined | None = None
    done, set_done = ft.use_state(not_yet)

    async def look(into: str) -> None:
        found = await session.joining.preview(shown.pid, into)
        choose(choose_joined(found.items))
        confirm(False)
        set_plan(found)

    async def join(wanted: JoinPlan) -> None:
        joined = await session.joining.run(wanted, chosen)
        set_done(joined)
        store.offer_undo("joining.undo_told", joined.edited)

    looking, joining = use_command(look), use_command(join)
    if done and plan:
        return page_column(_tell_done(done, plan), step="done")
    if plan is None:
        return _targets(looking)
    if not plan.items:
        return page_column([_nothing(plan)], step="nothing")
    button = _button(plan, joining, len(chosen), ready=confirmed or not plan.target.differences)
    listed = [
        muted(t("joining.into", local=plan.local.name, name=plan.target.profile.name)),
        *identity_cards(plan, confirm, confirmed=confirmed),
        muted(t("joining.there_told")),
        *item_cards(plan.items, Choosing(chosen, choose)),
        ft.Row([ft.TextButton(t("joining.choose_other"), on_click=lambda: set_plan(None))]),
    ]
    title = t("joining.found", count=len(plan.items))
    return form_page(title, button, page_column(listed, step="list"), other_error(joining.error))


def _button(plan: JoinPlan, joining: Command, count: int, *, ready: bool) -> ft.Control:
    return main_button(t("joining.join", count=count), joining.given(plan), disabled=not (count and ready), wide=False)


@component
def _targets(looking: Command) -> ft.Control:
    """Which of the service's records it may be, the likely one chosen; where there is none, what to do about it."""
    session, shown = use_session(), use_profile()
    people = use_store().profiles
    read = use_loaded(lambda: session.joining.list_targets(shown.pid), [shown.pid, people])
    picked, pick = ft.use_state("")

    def show(targets: Sequence[Target]) -> ft.Control:
        if not targets:
            return _no_target()
        first = targets[0].profile.pid if targets[0].likely or len(targets) == 1 else ""
        chosen = picked or first
        words = {target.profile.pid: _tell_target(target) for target in targets}
        controls = [
            body(t("joining.what", name=shown.name)),
            choice_card(t("joining.which"), words, chosen, pick),
            *other_error(looking.error),
            main_button(t("joining.show"), looking.given(chosen), disabled=not chosen),
        ]
        return ft.Column(controls, spacing=16, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)

    return page_column([read.show(show)], step="form")


@component
def _no_target() -> ft.Control:
    """No service yet, or none that shows a record here."""
    session = use_session()

    async def look() -> None:
        await session.schedule.run_now()

    command, connected = use_command(look), use_connected()
    if connected is None:
        return ft.Container()
    way = (
        (t("profiles.look_now"), command.run)
        if connected
        else (t("newcomers.connect"), routes.way_to(routes.CONNECTION))
    )
    words = t("joining.no_target" if connected else "joining.no_service")
    controls = [empty_state(ft.Icons.ADD_LINK_ROUNDED, words, action=way), *other_error(command.error)]
    return ft.Column(controls, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)


def _nothing(plan: JoinPlan) -> ft.Control:
    way = routes.way_to(routes.place(plan.local.pid, Destination.HEALTH))
    return empty_state(ft.Icons.INBOX_OUTLINED, t("joining.nothing"), action=(t("joining.begin"), way))


def _tell_target(target: Target) -> str:
    profile = target.profile
    if target.likely:
        return t("joining.likely", name=profile.name)
    return (
        t("joining.born", name=profile.name, birth=partial_date(profile.birth.text)) if profile.birth else profile.name
    )


def _tell_done(done: Joined, plan: JoinPlan) -> list[ft.Control]:
    """What went, and what becomes of the record from which it went."""
    local, into = plan.local.pid, plan.target.profile.pid
    see = ft.FilledButton(t("joining.see"), on_click=routes.way_to(routes.home(into)))
    left = [body(t("joining.left", count=done.left)), muted(t("joining.left_told"))] if done.left else []
    return [
        page_title(t("joining.done")),
        body(t("joining.taken", count=done.taken)),
        muted(t("joining.sent_later")),
        ft.Row([see]),
        card(ft.Column([*(left or [body(t("joining.empty_now"))]), _ways_on(local)], spacing=12)),
    ]


def _ways_on(local: str) -> ft.Control:
    """Keep the record that is left, or remove it, which asks for an agreement and a proof."""
    ways: Sequence[tuple[str, Callable[[], None]]] = (
        ("keep", routes.way_to(routes.home(local))),
        ("remove", routes.way_to(routes.removal(local))),
    )
    return ft.Row([ft.OutlinedButton(t(f"joining.{name}"), on_click=way) for name, way in ways], wrap=True)
