"""The booklet of a child as a PDF: made on the device, shown before it is given to anyone."""

from dataclasses import dataclass

import flet as ft

from mes_app.domain.documents import Content
from mes_app.errors import Unreadable
from mes_app.i18n import t
from mes_app.services.previews import Preview
from mes_app.services.session import Session
from mes_app.views.state import use_profile, use_session
from mes_app.views.widgets.boundaries import component
from mes_app.views.widgets.cards import error_card
from mes_app.views.widgets.loading import use_loaded
from mes_app.views.widgets.previews import preview_panel, preview_wait
from mes_app.views.widgets.saving import save_button, share_buttons
from mes_app.views.widgets.texts import muted


@dataclass(frozen=True)
class _Made:
    """The PDF, and how it is shown or why it cannot be."""

    content: Content
    preview: Preview | Unreadable


async def _make(session: Session, pid: str) -> _Made:
    content = await session.booklets.print(pid)
    try:
        return _Made(content, await session.documents.preview(content))
    except Unreadable as reason:
        return _Made(content, reason)


@component
def printing_panel() -> ft.Control:
    """The pages, and the buttons that take them out."""
    session, pid = use_session(), use_profile().pid
    made = use_loaded(lambda: _make(session, pid), [pid])
    content = made.value.content if made.value else None
    pages = made.show(lambda found: _pages(session, found, pid), lambda: preview_wait(t("booklet.making")))
    buttons = ft.Row([*share_buttons(content), save_button(content)], alignment=ft.MainAxisAlignment.END, spacing=8)
    return ft.Column(
        [ft.Container(pages, expand=True, padding=16 if made.failure else 0), ft.Container(buttons, padding=8)],
        spacing=0,
        expand=True,
    )


def _pages(session: Session, made: _Made, pid: str) -> ft.Control:
    if isinstance(made.preview, Unreadable):
        return ft.ListView([error_card(made.preview), muted(t("booklet.unseen"))], padding=16, spacing=16)
    return preview_panel(
        made.preview, lambda page, width: session.documents.render_page(made.content, page, width), (pid, made.content)
    )
