"""Add documents: choose files and photos, say what they are, and keep them; the work in numbers, with a way out.

What is typed is a draft on the disk at once. The files are not: until they are saved they are the person's own files,
where they were, and no copy of them is left behind.
"""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass, field
from typing import Any

import flet as ft

from mes_app.errors import MesError, Reason, Rejected
from mes_app.i18n import t
from mes_app.services.adding import MOST
from mes_app.services.batches import Batch, add_batch
from mes_app.services.undoing import join_edits
from mes_app.views import routes
from mes_app.views.documents.chosen import chosen_list
from mes_app.views.documents.filing import (
    TITLE,
    build_label,
    list_filing_inputs,
    make_task,
    open_filing,
    propose_title,
)
from mes_app.views.documents.picking import Item, read_items
from mes_app.views.documents.questions import Change, question
from mes_app.views.forms.opening import DraftKeeper, Opened
from mes_app.views.routes import Destination
from mes_app.views.state import read_now, use_session, use_store
from mes_app.views.widgets.boundaries import component
from mes_app.views.widgets.cards import error_card, notice_card
from mes_app.views.widgets.commands import Command, use_command
from mes_app.views.widgets.consents import consent
from mes_app.views.widgets.fields import main_button, other_error
from mes_app.views.widgets.form_pages import form_page
from mes_app.views.widgets.imports import working_page
from mes_app.views.widgets.loading import use_loaded
from mes_app.views.widgets.picked_files import is_archive, list_picked, use_picker
from mes_app.views.widgets.progress import use_progress
from mes_app.views.widgets.shell import page_column
from mes_app.views.widgets.texts import muted, wrong

FILES = "file"
"""What is wrong with the files themselves, beside the names of the inputs."""


@dataclass
class _Work:
    """What is under way, to be interrupted."""

    task: "asyncio.Task[Any] | None" = field(default=None)

    async def run(self, work: Coroutine[Any, Any, Any]) -> Any:
        """Its result; None once it was stopped."""
        self.task = asyncio.ensure_future(work)
        try:
            return await self.task
        except asyncio.CancelledError:
            if not self.task.cancelled():
                raise
        finally:
            self.task = None

    def stop(self) -> None:
        """End it as soon as it can."""
        if self.task:
            self.task.cancel()


@component
def adding_form(pid: str, category: str = "") -> ft.Control:
    """The form that adds documents of the profile ``pid``, first of all to ``category``."""
    session = use_session()
    read = use_loaded(lambda: open_filing(session, make_task(pid), read_now(), category=category), [pid, category])
    return read.show(lambda opened: _form(pid, opened))


@component
def _form(pid: str, opened: Opened) -> ft.Control:
    session, store = use_session(), use_store()
    keeper: ft.MutableRef[DraftKeeper] = ft.use_ref(lambda: DraftKeeper(session.editing, make_task(pid), opened))
    typed: ft.MutableRef[dict[str, str]] = ft.use_ref(lambda: opened.draft or opened.values)
    _, draw = ft.use_state(typed.current)
    nothing: tuple[Item, ...] = ()
    items, set_items = ft.use_state(nothing)
    together, set_together = ft.use_state(True)
    work: ft.MutableRef[_Work] = ft.use_ref(_Work)
    progress, report = use_progress()
    ft.on_unmounted(work.current.stop)
    ready = [item.ready for item in items if item.ready]
    photos = sum(file.is_photo for file in ready)

    async def change(name: str, value: str) -> None:
        typed.current = {**typed.current, name: value}
        draw(typed.current)
        saving.clear()
        await keeper.current.keep(typed.current)

    async def save() -> None:
        if not ready:
            raise Rejected(FILES, Reason.MISSING)
        report(0, 0)
        batch = Batch(ready, build_label(typed.current), bound=together and photos > 1)
        done = await work.current.run(add_batch(session, pid, batch, report))
        if done:
            await keeper.current.drop()
            store.offer_undo("adding.added" if len(done) == 1 else "adding.added_all", join_edits(done))
            routes.go(routes.place(pid, Destination.DOCUMENTS))

    async def take(picked: Sequence[ft.FilePickerFile]) -> None:
        if not items and any(map(is_archive, picked)):
            store.picked = list_picked(picked)
            routes.go(routes.IMPORT)
            return
        saving.clear()
        report(0, 0)
        await work.current.run(read_items(picked, lambda item: set_items(lambda old: (*old, item)), report))

    saving, taking = use_command(save), use_command(take)
    if taking.running or saving.running:
        words = "adding.preparing" if taking.running else "adding.filing"
        return working_page(words, progress, work.current.stop, title=t("adding.new"))
    chosen = [
        *([notice_card(t("adding.choose_again"))] if opened.draft and not items else []),
        _choosing(taking, room=MOST - len(items)),
        *_tell_wrong_file(saving.error),
        *([chosen_list(items, set_items)] if items else []),
        *([_together(photos, set_together, given=together)] if photos > 1 else []),
    ]
    fields = [question(asked, typed.current, change, saving) for asked in list_filing_inputs(typed.current)]
    if items and not typed.current.get(TITLE.name):
        fields.insert(1, _name_button(items[0].name, change))
    button = main_button(t("forms.save"), saving, wide=False)
    return form_page(t("adding.new"), button, page_column([*chosen, *fields]), other_error(saving.error))


@component
def _choosing(taking: Command, *, room: int) -> ft.Control:
    """The buttons that choose more, while there is ``room``; and what may be chosen."""
    pick = use_picker()

    async def choose(kind: ft.FilePickerFileType) -> None:
        if picked := await pick(kind):
            await taking.run(picked[:room])

    async def choose_files() -> None:
        await choose(ft.FilePickerFileType.ANY)

    async def choose_photos() -> None:
        await choose(ft.FilePickerFileType.IMAGE)

    full = room <= 0
    buttons: list[ft.Control] = [
        ft.OutlinedButton(
            t("adding.choose_photos"), icon=ft.Icons.ADD_PHOTO_ALTERNATE_OUTLINED, on_click=choose_photos, disabled=full
        ),
        ft.OutlinedButton(
            t("adding.choose_files"), icon=ft.Icons.ATTACH_FILE_ROUNDED, on_click=choose_files, disabled=full
        ),
    ]
    told = [t("adding.accepted"), t("adding.kept_when_saved")]
    return ft.Column([ft.Row(buttons, spacing=8, run_spacing=8, wrap=True), *map(muted, told)], spacing=8)


def _together(photos: int, choose: Callable[[bool], None], *, given: bool) -> ft.Control:
    return consent(t("adding.one_document", count=photos), choose, given=given)


def _name_button(name: str, change: Change) -> ft.Control:
    """The name of the file as the title, for who wants it: it often says more than it should, or nothing."""
    proposed = propose_title(name)

    async def use() -> None:
        await change(TITLE.name, proposed)

    return ft.Row([ft.TextButton(t("adding.use_name", name=proposed), on_click=use)], wrap=True)


def _tell_wrong_file(error: MesError | None) -> list[ft.Control]:
    """What is wrong with the files: none was chosen, or together they are too large."""
    if not isinstance(error, Rejected) or error.field != FILES:
        return []
    if error.reason is not Reason.MISSING:
        return [error_card(error)]
    return [wrong(t("adding.nothing_chosen"))]
