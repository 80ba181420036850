"""Keep a document on this device, whatever its age."""

import flet as ft

from mes_app.domain.documents import Document
from mes_app.i18n import t
from mes_app.views.state import use_session, use_store
from mes_app.views.widgets.commands import Command, use_command
from mes_app.views.widgets.loading import Loaded
from mes_app.views.widgets.menus import toggle_item


def use_keeping(document: Loaded[Document]) -> Command:
    """The command that is given whether ``document`` is to be kept from now on."""
    session, store = use_session(), use_store()

    async def keep(kept: bool) -> None:
        if document.value:
            await session.keeping.keep(document.value.id, kept=kept)
            document.reload()
            store.tell(t("documents.kept" if kept else "documents.unkept"))

    return use_command(keep)


def keep_item(keeping: Command, *, kept: bool) -> ft.PopupMenuItem:
    """The item of the menu, which says what it will do."""
    words = t("documents.keep_no_more" if kept else "documents.keep")
    return toggle_item(keeping, words, ft.Icons.OFFLINE_PIN_OUTLINED, on=kept)
