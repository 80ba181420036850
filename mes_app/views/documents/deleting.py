"""Delete a document of one's own; of any other say why not, and offer to hide it instead."""

from collections.abc import Awaitable, Callable

import flet as ft

from mes_app.domain.checks import may_delete
from mes_app.domain.documents import Document
from mes_app.domain.record import Kind
from mes_app.i18n import t
from mes_app.views import routes
from mes_app.views.routes import Destination
from mes_app.views.state import use_session, use_store
from mes_app.views.widgets.commands import Command, use_command
from mes_app.views.widgets.loading import Loaded


def use_deleting(document: Loaded[Document], hiding: Command) -> Command:
    """The command that deletes ``document`` and goes back to the list, with an undo; or tells why it cannot be."""
    session, store = use_session(), use_store()
    refused, set_refused = ft.use_state(False)

    async def delete() -> None:
        if document.value is None:
            return
        if not may_delete(Kind.DOCUMENTS, document.value.source):
            set_refused(True)
            return
        edited = await session.editing.delete(document.value.id)
        store.offer_undo("visibility.deleting.deleted", edited)
        routes.go(routes.place(document.value.profile, Destination.DOCUMENTS))

    async def hide_instead() -> None:
        set_refused(False)
        await hiding.run(True)

    shown = document.value if refused else None
    ft.use_dialog(_dialog(shown, hide_instead, lambda: set_refused(False)) if shown else None)
    return use_command(delete)


def delete_item(deleting: Command) -> ft.PopupMenuItem:
    """The item of the menu; there for every document, so that nobody has to guess why it is not."""
    return ft.PopupMenuItem(
        content=t("visibility.deleting.delete"), icon=ft.Icons.DELETE_OUTLINE_ROUNDED, on_click=deleting.run
    )


def _dialog(document: Document, hide: Callable[[], Awaitable[None]], close: Callable[[], None]) -> ft.AlertDialog:
    words = "visibility.deleting.refused_hidden" if document.hidden else "visibility.deleting.refused_told"
    instead = [] if document.hidden else [ft.FilledButton(t("visibility.hide"), on_click=hide)]
    return ft.AlertDialog(
        scrollable=True,
        title=t("visibility.deleting.refused"),
        content=ft.Text(t(words)),
        actions=[ft.TextButton(t("app.close"), on_click=close), *instead],
        on_dismiss=close,
    )
