"""What an open document shows in the place there is: pages, text, a narrative, a scan, or what it asks for first."""

from functools import partial

import flet as ft

from mes_app.errors import Reason
from mes_app.services.previews import Preview
from mes_app.services.session import Session
from mes_app.views.documents.narratives import narrative_sheet
from mes_app.views.documents.passwords import password_form
from mes_app.views.documents.scans import scan_panel
from mes_app.views.state import use_session
from mes_app.views.widgets.boundaries import component
from mes_app.views.widgets.cards import error_card
from mes_app.views.widgets.previews import Opened, preview_panel


@component
def content_panel(record_id: str, opened: Opened) -> ft.Control:
    """The content of ``record_id``; one behind a password once the person has given it, until the screen is left."""
    session = use_session()
    nothing: Preview | None = None
    unlocked, unlock = ft.use_state(nothing)
    preview = unlocked or opened.preview
    if isinstance(preview, Preview):
        return _show(session, record_id, opened, preview)
    if preview.reason is Reason.PASSWORD_PROTECTED:
        return password_form(partial(_open, session, opened), unlock)
    return ft.ListView([error_card(preview)], padding=16)


async def _open(session: Session, opened: Opened, password: str) -> Preview:
    return await session.documents.preview(opened.content, password)


def _show(session: Session, record_id: str, opened: Opened, preview: Preview) -> ft.Control:
    source = preview.source or opened.content
    if preview.narrative:
        return narrative_sheet(preview.narrative)
    if preview.scan:
        return scan_panel(preview.scan, partial(session.documents.render_frame, source), record_id)
    return preview_panel(preview, partial(session.documents.render_page, source), record_id)
