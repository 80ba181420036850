"""Bring measures from a file: choose it, say what its columns are, see what is in it, agree, see what came of it."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from functools import partial

import flet as ft

from mes_app.domain.measure_tables import Sheet
from mes_app.domain.record import Kind
from mes_app.i18n import t
from mes_app.i18n.origins import word_origin
from mes_app.services.importing import Picked
from mes_app.services.measure_imports import FoundMeasures, ImportedMeasures, MeasurePlan
from mes_app.views import routes
from mes_app.views.health.measure_columns import columns_form
from mes_app.views.health.measure_found import Chosen, found_cards
from mes_app.views.state import use_profile, use_session, use_store
from mes_app.views.widgets.boundaries import component
from mes_app.views.widgets.cards import notice_card
from mes_app.views.widgets.commands import Command, use_command
from mes_app.views.widgets.fields import main_button, other_error
from mes_app.views.widgets.form_pages import form_page
from mes_app.views.widgets.imports import done_page, working_page
from mes_app.views.widgets.picked_files import list_picked, use_picker
from mes_app.views.widgets.progress import use_progress
from mes_app.views.widgets.shell import page_column
from mes_app.views.widgets.texts import body, muted

NOTHING_ASKED = -1


@component
def measure_import_panel() -> ft.Control:
    """One thing at a time: the file, its columns, what is in it, how far it is, the end."""
    session, store, pid = use_session(), use_store(), use_profile().pid
    nothing: FoundMeasures | None = None
    found, set_found = ft.use_state(nothing)
    asked, ask = ft.use_state(NOTHING_ASKED)
    no_plan: MeasurePlan | None = None
    plan, set_plan = ft.use_state(no_plan)
    chosen, choose = ft.use_state(Chosen())
    not_yet: ImportedMeasures | None = None
    done, set_done = ft.use_state(not_yet)
    progress, report = use_progress()
    check, stop = _use_checking(report)

    async def go_on(read: FoundMeasures) -> None:
        set_found(read)
        rank = read.find_unclear()
        if rank is not None:
            ask(rank)
            return
        made = await check(read)
        ask(NOTHING_ASKED)
        if made:
            choose(Chosen(frozenset(made.groups)))
            set_plan(made)

    async def look(files: Sequence[Picked]) -> None:
        await go_on(await session.measure_imports.look(files))

    async def bring(wanted: MeasurePlan) -> None:
        report(0, 0)
        imported = await session.measure_imports.run(wanted, chosen.list_ranks(wanted), word_origin, report)
        set_done(imported)
        if imported.added:
            store.offer_undo("measure_files.undo_told", imported.edited)

    def begin_again() -> None:
        set_found(None)
        ask(NOTHING_ASKED)
        set_plan(None)
        set_done(None)

    looking, going, bringing = use_command(look), use_command(go_on), use_command(bring)
    if looking.running or going.running:
        return working_page("measure_files.checking" if found else "measure_files.looking", progress, stop)
    if bringing.running:
        return working_page("measure_files.adding", progress, stop)
    if done:
        return done_page("measure_files", done, routes.section(pid, Kind.MEASURES), begin_again)
    if plan:
        return _list(plan, chosen, choose, bringing, begin_again)
    if found and asked != NOTHING_ASKED:
        change = partial(_change, found, asked, set_found)
        return columns_form(found.sheets[asked], change, going.given(found), begin_again)
    return page_column(_ask(looking), title=t("measure_files.title"), step="form")


def _use_checking(
    report: Callable[[int, int], None],
) -> tuple[Callable[[FoundMeasures], Awaitable[MeasurePlan | None]], Callable[[], None]]:
    """How what was found is looked at, None once it is stopped; and how that, or an import, is stopped."""
    session, pid = use_session(), use_profile().pid
    checked: ft.MutableRef[asyncio.Task[MeasurePlan]] = ft.use_ref()

    async def check(found: FoundMeasures) -> MeasurePlan | None:
        report(0, 0)
        checked.current = asyncio.create_task(session.measure_imports.plan(pid, found, report))
        await asyncio.wait([checked.current])
        return None if checked.current.cancelled() else checked.current.result()

    def stop() -> None:
        if checked.current:
            checked.current.cancel()
        session.measure_imports.stop()

    ft.on_unmounted(stop)
    return check, stop


def _ask(looking: Command) -> list[ft.Control]:
    pick = use_picker()

    async def choose() -> None:
        if picked := await pick(ft.FilePickerFileType.ANY):
            await looking.run(list_picked(picked))

    choosing = use_command(choose)
    name = use_profile().name
    return [
        body(t("measure_files.what")),
        muted(t("measure_files.into", name=name)),
        *other_error(looking.error),
        main_button(t("measure_files.choose"), choosing),
    ]


def _change(found: FoundMeasures, asked: int, set_found: Callable[[FoundMeasures], None], sheet: Sheet) -> None:
    set_found(found.settle(asked, sheet))


def _list(
    plan: MeasurePlan,
    chosen: Chosen,
    choose: Callable[[Chosen], None],
    bringing: Command,
    begin_again: Callable[[], None],
) -> ft.Control:
    nothing = [] if plan.readings else [notice_card(t("measure_files.nothing"))]
    told = [
        muted(t("measure_files.into", name=use_profile().name)),
        *nothing,
        *found_cards(plan, chosen, choose),
        ft.Row([ft.TextButton(t("measure_files.choose_others"), on_click=begin_again)], wrap=True),
    ]
    title = t("measure_files.found", count=len(plan.readings))
    if nothing:
        return page_column(told, title=title, step="list")
    count = chosen.count(plan)
    button = main_button(t("measure_files.add", count=count), bringing.given(plan), disabled=not count, wide=False)
    return form_page(title, button, page_column(told, step="list"), other_error(bringing.error))
