"""Ways from a document to the version before it, to the one that replaces it, and to its copies."""

from collections.abc import Sequence

import flet as ft

from mes_app.domain.record import Kind, Row
from mes_app.domain.versions import Versions
from mes_app.i18n import t
from mes_app.views import routes
from mes_app.views.state import use_session
from mes_app.views.widgets.loading import Loaded, use_loaded


def use_versions(record_id: str) -> Versions:
    """What belongs to the document; nothing until it is known."""
    session = use_session()
    read: Loaded[Versions] = use_loaded(lambda: session.documents.versions(record_id), [record_id], (Kind.DOCUMENTS,))
    return read.value or Versions()


def version_links(versions: Versions) -> list[ft.Control]:
    """Below the title: a button to each, the newer version first."""
    links = [
        *_list_links("reading.newer_version", ft.Icons.UPDATE_ROUNDED, versions.newer),
        *_list_links("reading.previous_version", ft.Icons.HISTORY_ROUNDED, versions.previous),
        *_list_links("reading.same_document", ft.Icons.FILE_COPY_OUTLINED, versions.same),
    ]
    return [ft.Row(links, wrap=True, spacing=8, run_spacing=0)] if links else []


def _list_links(key: str, icon: ft.IconData, rows: Sequence[Row]) -> list[ft.Control]:
    return [_link(key, icon, row) for row in rows]


def _link(key: str, icon: ft.IconData, row: Row) -> ft.Control:
    return ft.TextButton(t(key), icon=icon, on_click=lambda: routes.go(routes.document(row.profile, row.id)))
