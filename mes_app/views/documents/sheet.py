"""What a document says of itself, in a sheet above it."""

from collections.abc import Callable

import flet as ft

from mes_app.domain.documents import Document
from mes_app.domain.visibility import Visibility
from mes_app.i18n import partial, size, t
from mes_app.views.documents.visibility import list_visibility
from mes_app.views.theme import TARGET
from mes_app.views.widgets.details import Detail, detail_list, keep_filled, tell_origin
from mes_app.views.widgets.expiries import name_paper
from mes_app.views.widgets.texts import section_title
from mes_app.views.widgets.words import tell_moment


def details_sheet(
    document: Document, visibility: Visibility | None, close: Callable[[], None], paint: ft.BoxDecoration
) -> ft.BottomSheet:
    """The sheet over ``document``, painted over with ``paint``; ``close`` is called when it is put away."""
    details = [*_list_details(document), *list_visibility(document, visibility)]
    closer = ft.IconButton(
        ft.Icon(ft.Icons.CLOSE_ROUNDED, semantics_label=t("app.close")), on_click=close, width=TARGET, height=TARGET
    )
    title = ft.Row([ft.Container(section_title(t("documents.details")), expand=True), closer])
    content = ft.Container(
        ft.Column([title, detail_list(details)], spacing=8, scroll=ft.ScrollMode.AUTO, tight=True),
        padding=ft.Padding.only(left=24, right=16, top=12, bottom=32),
        foreground_decoration=paint,
    )
    return ft.BottomSheet(content, scrollable=True, on_dismiss=close)


def _list_details(document: Document) -> list[Detail]:
    pairs = {
        "title": document.title,
        "type": document.type.text,
        "category": t(f"categories.{document.category.lower()}"),
        "author": document.author,
        "organization": document.organization,
        "date": tell_moment(document.date),
        "paper": name_paper(document) if document.paper else "",
        "expires": partial(document.expires.text) if document.expires else "",
        "description": document.description,
        "origin": tell_origin(document),
        "size": size(document.attachment.size) if document.attachment.size else "",
        "superseded": t("documents.value.superseded") if document.superseded else "",
    }
    return keep_filled((t(f"documents.field.{name}"), value) for name, value in pairs.items())
