"""What else can be done with a document: keep it on this device, whatever its age."""

import flet as ft

from mes_app.i18n import t
from mes_app.views.theme import TARGET
from mes_app.views.widgets.commands import Command


def pin_menu(keeping: Command, *, pinned: bool) -> ft.Control:
    """The menu of a document; ``keeping`` is given whether it is to be kept from now on."""

    async def turn() -> None:
        await keeping.run(not pinned)

    item = ft.PopupMenuItem(content=t("documents.pin"), checked=pinned, on_click=turn)
    icon = ft.Container(ft.Icon(ft.Icons.MORE_VERT_ROUNDED), width=TARGET, height=TARGET)
    return ft.PopupMenuButton(content=icon, items=[item], tooltip=t("documents.more"))
