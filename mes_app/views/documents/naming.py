"""Call a document by a title of one's own, on this device only."""

from collections.abc import Callable

import flet as ft

from mes_app.domain.documents import Document
from mes_app.i18n import t
from mes_app.services.filing import LONGEST_TITLE
from mes_app.views.state import use_session, use_store
from mes_app.views.widgets.commands import use_command
from mes_app.views.widgets.covers import use_cover_paint
from mes_app.views.widgets.fields import main_button, other_error, read_field_error, text_field
from mes_app.views.widgets.loading import Loaded
from mes_app.views.widgets.sheets import bottom_sheet
from mes_app.views.widgets.texts import muted


def use_naming(document: Loaded[Document]) -> Callable[[], None]:
    """What opens the sheet in which ``document`` is given a title; it can be undone."""
    session, store, paint = use_session(), use_store(), use_cover_paint()
    nothing: str | None = None
    typed, set_typed = ft.use_state(nothing)

    async def save() -> None:
        if document.value:
            edited = await session.documents.rename(document.value.id, typed or "")
            set_typed(None)
            store.offer_undo("naming.renamed" if (typed or "").strip() else "naming.cleared", edited)

    async def submit(_typed: str) -> None:
        await saving.run()

    def begin() -> None:
        saving.clear()
        set_typed(document.value.name if document.value else None)

    saving = use_command(save)
    told = document.value if typed is not None else None
    field = text_field(
        t("naming.title"),
        typed or "",
        set_typed,
        on_submit=submit,
        hint=t("naming.hint"),
        error=read_field_error(saving.error),
        max_length=LONGEST_TITLE,
        autofocus=True,
        width=float("inf"),
    )
    origin = [muted(t("naming.official", title=told.title))] if told else []
    button = main_button(t("naming.save"), saving)
    parts = [field, *origin, muted(t("naming.told")), button, *other_error(saving.error)]
    ft.use_dialog(bottom_sheet(t("naming.rename"), parts, lambda: set_typed(None), paint) if told else None)
    return begin


def rename_item(begin: Callable[[], None]) -> ft.PopupMenuItem:
    """The item of the menu, for any document."""
    return ft.PopupMenuItem(content=t("naming.rename"), icon=ft.Icons.DRIVE_FILE_RENAME_OUTLINE_ROUNDED, on_click=begin)
