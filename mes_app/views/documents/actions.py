"""What can be done with an open document: buttons above or below it, and the items of its menu.

A new action is one line in ``list_actions`` or ``list_items``; what it does is in the module of its own topic.
"""

from collections.abc import Callable
from dataclasses import dataclass

import flet as ft

from mes_app.domain.documents import Content, Document
from mes_app.errors import MesError
from mes_app.i18n import t
from mes_app.services.remarks import Reported
from mes_app.views.documents.deleting import delete_item, use_deleting
from mes_app.views.documents.editing import edit_items
from mes_app.views.documents.folders import Move, move_item, use_moving
from mes_app.views.documents.keeping import keep_item, use_keeping
from mes_app.views.documents.naming import rename_item, use_naming
from mes_app.views.documents.pinning import pin_item, use_pinning
from mes_app.views.documents.visibility import hide_item, use_hiding
from mes_app.views.widgets.boundaries import component
from mes_app.views.widgets.cards import error_card
from mes_app.views.widgets.commands import Command
from mes_app.views.widgets.links import Ties, link_items, use_link_sheet
from mes_app.views.widgets.loading import Loaded
from mes_app.views.widgets.menus import more_button
from mes_app.views.widgets.remarks import remark_items, use_remark_sheet
from mes_app.views.widgets.saving import save_button, share_buttons


@dataclass(frozen=True)
class Commands:
    """What the items of the menu run."""

    move: Move
    rename: Callable[[], None]
    pinning: Command
    keeping: Command
    hiding: Command
    deleting: Command

    def list_errors(self) -> list[MesError]:
        """Of those that failed."""
        return [command.error for command in (self.pinning, self.keeping, self.hiding, self.deleting) if command.error]


@dataclass(frozen=True)
class Beside:
    """What stands beside a document: what it is linked to, and the errors reported of it."""

    ties: Ties
    reported: Reported


@component
def action_bar(
    document: Loaded[Document], content: Content | None, beside: Beside, show_details: Callable[[], None]
) -> ft.Control:
    """All that can be done with ``document``; saving and sharing once its ``content`` is there."""
    hiding = use_hiding(document)
    commands = Commands(
        move=use_moving(),
        rename=use_naming(document),
        pinning=use_pinning(document),
        keeping=use_keeping(document),
        hiding=hiding,
        deleting=use_deleting(document, hiding),
    )
    record_id = document.value.id if document.value else ""
    begin_link, begin_remark = use_link_sheet(record_id, beside.ties), use_remark_sheet(record_id)
    buttons = list_actions(content, show_details)
    if document.value:
        added = [*link_items(beside.ties, begin_link), *remark_items(beside.reported, begin_remark)]
        items = [*list_items(document.value, commands), *added]
        buttons.append(more_button(items, t("documents.more")))
    row = ft.Row(buttons, alignment=ft.MainAxisAlignment.END, spacing=8, run_spacing=8, wrap=True)
    failed = [error_card(error) for error in commands.list_errors()]
    return ft.Column([*failed, row], horizontal_alignment=ft.CrossAxisAlignment.END, tight=True) if failed else row


def list_actions(content: Content | None, show_details: Callable[[], None]) -> list[ft.Control]:
    """The buttons, the main one last."""
    details = ft.TextButton(t("documents.details"), icon=ft.Icons.INFO_OUTLINE_ROUNDED, on_click=show_details)
    return [details, *share_buttons(content), save_button(content)]


def list_items(document: Document, commands: Commands) -> list[ft.PopupMenuItem]:
    """The items of the menu « Autres actions »."""
    return [
        *edit_items(document),
        pin_item(commands.pinning, pinned=document.pinned),
        move_item(document, commands.move),
        rename_item(commands.rename),
        hide_item(commands.hiding, hidden=document.hidden),
        keep_item(commands.keeping, kept=document.kept),
        delete_item(commands.deleting),
    ]
