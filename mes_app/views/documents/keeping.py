"""Keep a document on this device, whatever its age."""

import flet as ft

from mes_app.domain.documents import Document
from mes_app.i18n import t
from mes_app.views.state import use_session
from mes_app.views.widgets.commands import Command, use_command
from mes_app.views.widgets.loading import Loaded


def use_keeping(document: Loaded[Document]) -> Command:
    """The command that is given whether ``document`` is to be kept from now on."""
    session = use_session()

    async def keep(pinned: bool) -> None:
        if document.value:
            await session.keeping.pin(document.value.id, pinned=pinned)
            document.reload()
            ft.context.page.show_dialog(ft.SnackBar(ft.Text(t("documents.pinned" if pinned else "documents.unpinned"))))

    return use_command(keep)


def keep_item(keeping: Command, *, pinned: bool) -> ft.PopupMenuItem:
    """The item of the menu, ticked while the document is kept."""

    async def turn() -> None:
        await keeping.run(not pinned)

    return ft.PopupMenuItem(content=t("documents.pin"), checked=pinned, on_click=turn)
