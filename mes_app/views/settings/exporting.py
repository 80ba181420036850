"""Taking the whole dossier away: whose, what it will hold, how far it is, and what came of it."""

from collections.abc import Callable, Sequence
from functools import partial

import flet as ft

from mes_app.i18n import decimal, size, t
from mes_app.services.exporting import Exported, Extent, Omitted
from mes_app.views import routes
from mes_app.views.state import read_today, use_session, use_store
from mes_app.views.widgets.boundaries import component, screen
from mes_app.views.widgets.cards import card, notice_card
from mes_app.views.widgets.choices import choice_card
from mes_app.views.widgets.commands import use_command
from mes_app.views.widgets.fields import main_button, other_error
from mes_app.views.widgets.loading import use_loaded
from mes_app.views.widgets.progress import progress_panel
from mes_app.views.widgets.rows import list_row
from mes_app.views.widgets.shell import modal_view, page_column
from mes_app.views.widgets.texts import body, muted, page_title, section_title
from mes_app.views.widgets.writing import Outcome, Writing, use_writing

EVERYONE = "everyone"
MOST_TOLD = 30


@screen
def export_screen() -> ft.View:
    """One thing at a time: the choice, the progress, the end."""
    session, name = use_session(), t("export.screen.file_name", date=read_today())
    writing = use_writing(name, session.exporting.write)
    chosen, choose = ft.use_state(use_store().pid or EVERYONE)
    if writing.outcome is Outcome.DONE:
        step, shown = "done", _tell_done(writing)
    elif writing.command.running and writing.progress.total:
        step, shown = "work", [_progress(writing)]
    else:
        step, shown = "form", [_form(writing, chosen, choose)]
    return modal_view(t("export.screen.title"), page_column(shown, step=step), back=routes.SETTINGS)


@component
def _form(writing: Writing, chosen: str, choose: Callable[[str], None]) -> ft.Control:
    session = use_session()
    pids = [profile.pid for profile in use_store().profiles or ()]
    wanted = pids if chosen == EVERYONE else [chosen]
    extent = use_loaded(lambda: session.exporting.measure(wanted), [session, chosen])

    starting = use_command(partial(writing.start, wanted))
    stopped = [notice_card(t("export.screen.stopped"))] if writing.outcome is Outcome.STOPPED else []
    controls = [
        *stopped,
        body(t("export.screen.what")),
        *([_people_card(chosen, choose)] if len(pids) > 1 else []),
        extent.show(_tell_extent),
        notice_card(t("export.screen.warning")),
        *other_error(writing.command.error),
        main_button(t("export.screen.start"), starting),
    ]
    return ft.Column(controls, spacing=16, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)


def _people_card(chosen: str, choose: Callable[[str], None]) -> ft.Control:
    everyone = {profile.pid: profile.name for profile in use_store().profiles or ()}
    words = {**everyone, EVERYONE: t("export.screen.everyone")}
    return choice_card(t("export.screen.who"), words, chosen, choose)


def _tell_extent(extent: Extent) -> ft.Control:
    told = [t("export.screen.holds", count=extent.documents, shown=decimal(extent.documents), size=size(extent.size))]
    if extent.away:
        told.append(t("export.screen.away", count=extent.away, shown=decimal(extent.away)))
    return ft.Column([*map(body, told), muted(t("export.screen.hidden_too"))], spacing=4)


def _progress(writing: Writing) -> ft.Control:
    progress = writing.progress
    counted = t(
        "export.screen.progress", count=progress.total, done=decimal(progress.done), total=decimal(progress.total)
    )
    if progress.done == progress.total:
        counted = t("export.screen.indexing")
    cancel = ft.Row([ft.OutlinedButton(t("app.cancel"), on_click=writing.cancel)])
    return progress_panel(t("export.screen.working"), counted, progress, [cancel])


def _tell_done(writing: Writing) -> list[ft.Control]:
    exported: Exported = writing.told
    count = exported.documents
    return [
        page_title(t("export.screen.done")),
        body(t("export.screen.done_told", count=count, shown=decimal(count), size=size(exported.size))),
        notice_card(t("export.screen.warning")),
        *_tell_omitted(exported.omitted),
        ft.Row(
            [*_folder_button(writing), ft.FilledButton(t("security.done"), on_click=routes.way_to(routes.SETTINGS))],
            spacing=8,
            run_spacing=8,
            wrap=True,
        ),
    ]


def _tell_omitted(omitted: Sequence[Omitted]) -> list[ft.Control]:
    if not omitted:
        return []
    rows = [list_row(one.title, t(f"export.missing_{one.why}"), lines=None) for one in omitted[:MOST_TOLD]]
    more = len(omitted) - MOST_TOLD
    rest = [muted(t("export.screen.omitted_more", count=more, shown=decimal(more)))] if more > 0 else []
    title = section_title(t("export.screen.omitted", count=len(omitted), shown=decimal(len(omitted))))
    return [card(ft.Column([title, *rows, *rest], spacing=4))]


def _folder_button(writing: Writing) -> list[ft.Control]:
    """Where the system shows folders, the one that the archive is in."""
    if writing.folder is None:
        return []
    address = writing.folder.as_uri()

    async def show() -> None:
        await ft.UrlLauncher().launch_url(address)

    return [ft.OutlinedButton(t("export.screen.open_folder"), icon=ft.Icons.FOLDER_OPEN_OUTLINED, on_click=show)]
