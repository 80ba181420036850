"""Say otherwise what a document of one's own is: its title, its category, its dates, which piece it is."""

import flet as ft

from mes_app.domain.checks import may_edit
from mes_app.domain.documents import Document
from mes_app.domain.record import Kind
from mes_app.i18n import t
from mes_app.views import routes
from mes_app.views.documents.filing import list_label_inputs, make_task, open_label, save_label
from mes_app.views.documents.questions import question
from mes_app.views.forms.opening import DraftKeeper, Opened, Task
from mes_app.views.state import use_session, use_store
from mes_app.views.widgets.boundaries import component
from mes_app.views.widgets.cards import notice_card
from mes_app.views.widgets.commands import use_command
from mes_app.views.widgets.fields import main_button, other_error
from mes_app.views.widgets.form_pages import form_page
from mes_app.views.widgets.loading import use_loaded
from mes_app.views.widgets.shell import page_column


def edit_items(document: Document) -> list[ft.PopupMenuItem]:
    """The item of the menu, for what the person may change."""
    if not may_edit(Kind.DOCUMENTS, document.source):
        return []
    way = routes.way_to(routes.form(document.profile, Kind.DOCUMENTS, document.id))
    return [ft.PopupMenuItem(content=t("forms.change"), icon=ft.Icons.EDIT_OUTLINED, on_click=way)]


@component
def editing_form(pid: str, record_id: str) -> ft.Control:
    """The form of the document ``record_id``. Once it is saved the document shows."""
    session, task = use_session(), make_task(pid, record_id)
    read = use_loaded(lambda: open_label(session, task), [task])
    return read.show(lambda opened: _form(task, opened))


@component
def _form(task: Task, opened: Opened) -> ft.Control:
    session, store = use_session(), use_store()
    keeper: ft.MutableRef[DraftKeeper] = ft.use_ref(lambda: DraftKeeper(session.editing, task, opened))
    typed: ft.MutableRef[dict[str, str]] = ft.use_ref(lambda: opened.draft or opened.values)
    resumed, set_resumed = ft.use_state(opened.draft is not None)
    _, draw = ft.use_state(typed.current)

    async def change(name: str, value: str) -> None:
        typed.current = {**typed.current, name: value}
        draw(typed.current)
        saving.clear()
        await keeper.current.keep(typed.current)

    async def save() -> None:
        edited = await save_label(session, task, opened, typed.current)
        await keeper.current.drop()
        store.offer_undo("forms.changed", edited)
        routes.go(routes.document(task.pid, task.record_id))

    async def start_over() -> None:
        typed.current = opened.values
        draw(typed.current)
        set_resumed(False)
        await keeper.current.drop()

    saving = use_command(save)
    resuming = [notice_card(t("forms.resumed"), action=(t("forms.start_over"), start_over))] if resumed else []
    fields = [question(asked, typed.current, change, saving) for asked in list_label_inputs(typed.current)]
    button = main_button(t("forms.save"), saving, wide=False)
    return form_page(t("forms.change_title"), button, page_column([*resuming, *fields]), other_error(saving.error))
