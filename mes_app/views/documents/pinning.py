"""Pin a document above the others of the list, or no longer."""

import flet as ft

from mes_app.domain.documents import Document
from mes_app.i18n import t
from mes_app.views.state import use_session, use_store
from mes_app.views.widgets.commands import Command, use_command
from mes_app.views.widgets.loading import Loaded
from mes_app.views.widgets.menus import toggle_item


def use_pinning(document: Loaded[Document]) -> Command:
    """The command that is given whether ``document`` is pinned from now on; it can be undone."""
    session, store = use_session(), use_store()

    async def pin(pinned: bool) -> None:
        if document.value:
            edited = await session.arranging.pin([document.value.id], pinned=pinned)
            store.offer_undo("folders.pinned" if pinned else "folders.unpinned", edited)

    return use_command(pin)


def pin_item(pinning: Command, *, pinned: bool) -> ft.PopupMenuItem:
    """The item of the menu, which says what it will do."""
    icon = ft.Icons.PUSH_PIN_ROUNDED if pinned else ft.Icons.PUSH_PIN_OUTLINED
    return toggle_item(pinning, t("folders.unpin" if pinned else "folders.pin"), icon, on=pinned)
