"""Bring an archive or files into a dossier: choose them, see what is in them, agree, and see what came of it."""

import asyncio
from collections.abc import Callable, Sequence

import flet as ft

from mes_app.domain.imports import ItemState, choose_items
from mes_app.i18n import t
from mes_app.services.importing import Imported, Picked, Plan
from mes_app.views import routes
from mes_app.views.routes import Destination
from mes_app.views.settings.import_items import Choosing, failed_card, found_cards
from mes_app.views.state import use_session, use_store
from mes_app.views.widgets.boundaries import component, screen
from mes_app.views.widgets.cards import notice_card
from mes_app.views.widgets.choices import choice_card
from mes_app.views.widgets.commands import Command, use_command
from mes_app.views.widgets.fields import main_button, other_error
from mes_app.views.widgets.form_pages import form_page
from mes_app.views.widgets.imports import done_page, working_page
from mes_app.views.widgets.picked_files import list_picked, use_picker
from mes_app.views.widgets.progress import use_progress
from mes_app.views.widgets.shell import modal_view, page_column
from mes_app.views.widgets.texts import body, muted


@screen
def import_screen() -> ft.View:
    """One thing at a time: the files, what is in them, how far it is, the end."""
    return modal_view(t("importing.title"), _page(), back=routes.SETTINGS)


@component
def _page() -> ft.Control:
    session, store = use_session(), use_store()
    pid, choose_person = ft.use_state(store.pid)
    no_plan: Plan | None = None
    plan, set_plan = ft.use_state(no_plan)
    nobody: frozenset[int] = frozenset()
    chosen, choose = ft.use_state(nobody)
    not_yet: Imported | None = None
    done, set_done = ft.use_state(not_yet)
    progress, report = use_progress()
    looked_at: ft.MutableRef[asyncio.Task[Plan]] = ft.use_ref()

    async def look(files: Sequence[Picked]) -> None:
        report(0, 0)
        looked_at.current = asyncio.create_task(session.importing.preview(pid, files, report))
        await asyncio.wait([looked_at.current])
        if not looked_at.current.cancelled():
            found = looked_at.current.result()
            choose(choose_items(found.items))
            set_plan(found)

    async def bring(wanted: Plan) -> None:
        report(0, 0)
        imported = await session.importing.run(wanted, chosen, report)
        set_done(imported)
        if imported.added:
            store.offer_undo("importing.undo_told", imported.edited)

    def stop() -> None:
        if looked_at.current:
            looked_at.current.cancel()
        session.importing.stop()

    def begin_again() -> None:
        set_plan(None)
        set_done(None)

    looking, bringing = use_command(look), use_command(bring)
    _use_handed_over(looking)
    ft.on_unmounted(stop)
    if looking.running:
        return working_page("importing.looking", progress, stop)
    if bringing.running:
        return working_page("importing.adding", progress, stop)
    if done:
        return _tell_done(done, pid, begin_again, sends=not session.temporary)
    if plan:
        return _list(plan, Choosing(chosen, choose), bringing, begin_again)
    return page_column(_ask(pid, choose_person, looking), step="form")


def _use_handed_over(looking: Command) -> None:
    """Look at once at the files that another screen was given."""
    store = use_store()

    async def take() -> None:
        files, store.picked = store.picked, ()
        if files:
            await looking.run(files)

    ft.use_effect(take, [])


def _ask(pid: str, choose_person: Callable[[str], None], looking: Command) -> list[ft.Control]:
    pick = use_picker()

    async def choose() -> None:
        if picked := await pick(ft.FilePickerFileType.ANY):
            await looking.run(list_picked(picked))

    choosing = use_command(choose)
    return [
        body(t("importing.what")),
        *_people_card(pid, choose_person),
        *other_error(looking.error),
        main_button(t("importing.choose"), choosing),
    ]


def _people_card(pid: str, choose: Callable[[str], None]) -> list[ft.Control]:
    people = use_store().profiles or ()
    if len(people) < 2:
        return []
    return [choice_card(t("importing.who"), {one.pid: one.name for one in people}, pid, choose)]


def _list(plan: Plan, choosing: Choosing, bringing: Command, begin_again: Callable[[], None]) -> ft.Control:
    items = plan.items
    nothing = [] if any(item.state is ItemState.NEW for item in items) else [notice_card(t("importing.nothing"))]
    told = [
        muted(t("importing.into", name=plan.known.profile.name)),
        *nothing,
        *found_cards(items, choosing),
        ft.Row([ft.TextButton(t("importing.choose_others"), on_click=begin_again)]),
    ]
    title = t("importing.found", count=len(items))
    if nothing:
        return page_column(told, title=title, step="list")
    count = len(choosing.chosen)
    button = main_button(t("importing.add", count=count), bringing.given(plan), disabled=not count, wide=False)
    return form_page(title, button, page_column(told, step="list"), other_error(bringing.error))


def _tell_done(done: Imported, pid: str, begin_again: Callable[[], None], *, sends: bool) -> ft.Control:
    """``sends``: there is a service to send to."""
    failed = failed_card("failed", done.failed)
    told = [*([muted(t("importing.sent_later"))] if done.added and sends else []), *([failed] if failed else [])]
    return done_page("importing", done, routes.place(pid, Destination.DOCUMENTS), begin_again, told)
