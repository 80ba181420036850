"""Who reads a document: hide it from professionals or show it, and say how far that holds."""

import flet as ft

from mes_app.domain.documents import Document
from mes_app.domain.record import Kind
from mes_app.domain.visibility import Standing, Visibility
from mes_app.i18n import t
from mes_app.views.state import use_session, use_store
from mes_app.views.widgets.commands import Command, use_command
from mes_app.views.widgets.details import Detail
from mes_app.views.widgets.loading import Loaded, use_loaded
from mes_app.views.widgets.menus import toggle_item
from mes_app.views.widgets.texts import muted


def use_hiding(document: Loaded[Document]) -> Command:
    """The command that is given whether ``document`` is to be hidden from now on; it can be undone."""
    session, store = use_session(), use_store()

    async def hide(hidden: bool) -> None:
        if document.value:
            edited = await session.visibility.choose([document.value.id], hidden=hidden)
            document.reload()
            store.offer_undo("visibility.hidden" if hidden else "visibility.shown", edited)

    return use_command(hide)


def hide_item(hiding: Command, *, hidden: bool) -> ft.PopupMenuItem:
    """The item of the menu, which says what it will do."""
    icon = ft.Icons.VISIBILITY_OUTLINED if hidden else ft.Icons.VISIBILITY_OFF_OUTLINED
    return toggle_item(hiding, t("visibility.show" if hidden else "visibility.hide"), icon, on=hidden)


def use_visibility(record_id: str) -> Visibility | None:
    """Who reads the document, followed as the service answers; None until it is known."""
    session = use_session()
    read: Loaded[Visibility] = use_loaded(lambda: session.visibility.tell(record_id), [record_id], (Kind.DOCUMENTS,))
    return read.value


def visibility_lines(document: Document | None, visibility: Visibility | None) -> list[ft.Control]:
    """Below the title, what is not as usual: hidden, not confirmed yet, or kept from the parents."""
    lines = []
    if visibility and (visibility.hidden or not _is_settled(visibility)):
        lines.append(_line(ft.Icons.VISIBILITY_OFF_OUTLINED, tell_standing(visibility)))
    if document and document.secret:
        lines.append(_line(ft.Icons.LOCK_PERSON_OUTLINED, t("visibility.secret")))
    return lines


def list_visibility(document: Document, visibility: Visibility | None) -> list[Detail]:
    """The same among the details, with who reads it all the same."""
    words = [tell_standing(visibility)] if visibility else []
    words += [t("visibility.still_read")] if document.hidden else []
    words += [t("visibility.secret_told")] if document.secret else []
    return [Detail(t("documents.field.hidden"), "\n".join(words))] if words else []


def tell_standing(visibility: Visibility) -> str:
    """« Masqué aux professionnels : demandé »."""
    side = "hidden" if visibility.hidden else "shown"
    return t(f"visibility.standing.{side}.{visibility.standing}")


def _is_settled(visibility: Visibility) -> bool:
    return visibility.standing in (Standing.APPLIED, Standing.UNENFORCED)


def _line(icon: ft.IconData, words: str) -> ft.Control:
    sign = ft.Icon(icon, size=18, color=ft.Colors.ON_SURFACE_VARIANT)
    return ft.Row([sign, ft.Container(muted(words), expand=True)], spacing=6)
