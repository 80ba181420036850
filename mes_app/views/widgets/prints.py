"""A PDF made on the device: shown before it is given to anyone."""

from functools import partial

import flet as ft

from mes_app.errors import Unreadable
from mes_app.i18n import t
from mes_app.services.session import Session
from mes_app.views.state import use_session, use_ui
from mes_app.views.widgets.cards import error_card
from mes_app.views.widgets.loading import Loaded
from mes_app.views.widgets.previews import Opened, preview_panel, preview_wait
from mes_app.views.widgets.saving import save_button, share_buttons
from mes_app.views.widgets.texts import muted


def print_parts(made: Loaded[Opened], words: str, identity: object) -> list[ft.Control]:
    """The pages, and below them the buttons that take them out. ``identity`` changes with what is ``made``.

    Of the topic ``words`` it is told that the PDF is ``making``, and what can be done with one that stays ``unseen``.
    Uses hooks: part of every drawing of its component.
    """
    session, margin = use_session(), use_ui().margin
    content = made.value.content if made.value else None
    pages = made.show(
        lambda found: _pages(session, found, t(f"{words}.unseen"), identity),
        lambda: preview_wait(t(f"{words}.making")),
    )
    buttons = ft.Row([*share_buttons(content), save_button(content)], alignment=ft.MainAxisAlignment.END, spacing=8)
    return [
        ft.Container(pages, expand=True, padding=margin if made.failure else 0),
        ft.Container(buttons, padding=8),
    ]


def _pages(session: Session, made: Opened, unseen: str, identity: object) -> ft.Control:
    if isinstance(made.preview, Unreadable):
        return ft.ListView([error_card(made.preview), muted(unseen)], padding=16, spacing=16)
    return preview_panel(made.preview, partial(session.documents.render_page, made.content), identity)
