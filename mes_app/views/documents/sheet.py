"""What a document says of itself, in a sheet above it."""

from collections.abc import Callable

import flet as ft

from mes_app.domain.documents import Document
from mes_app.domain.visibility import Visibility
from mes_app.i18n import partial, size, t
from mes_app.views.documents.visibility import list_visibility
from mes_app.views.widgets.details import Detail, detail_list, keep_filled
from mes_app.views.widgets.expiries import name_paper
from mes_app.views.widgets.sheets import bottom_sheet
from mes_app.views.widgets.words import tell_moment


def details_sheet(
    document: Document, visibility: Visibility | None, origin: str, close: Callable[[], None], paint: ft.BoxDecoration
) -> ft.BottomSheet:
    """The sheet over ``document``, painted over with ``paint``; ``close`` is called when it is put away.

    ``origin``: who filed it, and when.
    """
    details = [*_list_details(document, origin), *list_visibility(document, visibility)]
    return bottom_sheet(t("documents.details"), [detail_list(details)], close, paint)


def _list_details(document: Document, origin: str) -> list[Detail]:
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
        "folder": document.folder,
        "origin": origin,
        "size": size(document.attachment.size) if document.attachment.size else "",
        "superseded": t("documents.value.superseded") if document.superseded else "",
    }
    return keep_filled((t(f"documents.field.{name}"), value) for name, value in pairs.items())
