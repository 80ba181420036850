"""The synthesis: made on the device, shown before it is given to anyone."""

from dataclasses import dataclass

import flet as ft

from mes_app.domain.documents import Content
from mes_app.errors import Unreadable
from mes_app.i18n import t
from mes_app.services.previews import Preview, PreviewKind
from mes_app.services.session import Session
from mes_app.views.state import use_profile, use_session, use_ui
from mes_app.views.theme import TARGET
from mes_app.views.widgets.boundaries import component, screen
from mes_app.views.widgets.cards import error_card
from mes_app.views.widgets.loading import use_loaded
from mes_app.views.widgets.previews import preview_panel, preview_wait
from mes_app.views.widgets.saving import save_button, share_buttons
from mes_app.views.widgets.shell import detail_view
from mes_app.views.widgets.texts import muted


@screen
def synthesis_screen() -> ft.View:
    """The synthesis of the profile in the address."""
    return detail_view(t("synthesis_screen.title"), _synthesis_panel())


@dataclass(frozen=True)
class Made:
    """The PDF, and how many pages can be shown or why none can."""

    content: Content
    pages: int | Unreadable


async def make_synthesis(session: Session, pid: str, *, show_nir: bool) -> Made:
    """Make the PDF of ``pid``. Raises what ``Synthesis.make`` raises."""
    content = await session.synthesis.make(pid, show_nir=show_nir)
    try:
        return Made(content, await session.synthesis.count_pages(content))
    except Unreadable as reason:
        return Made(content, reason)


@component
def _synthesis_panel() -> ft.Control:
    """The switch, the pages, and the button that saves them."""
    session, shown, ui = use_session(), use_profile(), use_ui()
    show_nir, set_show_nir = ft.use_state(False)
    made = use_loaded(lambda: make_synthesis(session, shown.pid, show_nir=show_nir), [shown.pid, show_nir])
    content = made.value.content if made.value else None
    switch = ft.Switch(
        label=t("synthesis_screen.show_nir"), value=show_nir, on_change=lambda event: set_show_nir(event.control.value)
    )
    pages = made.show(
        lambda found: _pages(session, found, (shown.pid, show_nir)), lambda: preview_wait(t("synthesis_screen.making"))
    )
    buttons = ft.Row([*share_buttons(content), save_button(content)], alignment=ft.MainAxisAlignment.END, spacing=8)
    return ft.Column(
        [
            ft.Container(switch, padding=ft.Padding.symmetric(horizontal=ui.margin), height=TARGET),
            ft.Container(pages, expand=True, padding=ui.margin if made.failure else 0),
            ft.Container(buttons, padding=8),
        ],
        spacing=0,
        expand=True,
    )


def _pages(session: Session, made: Made, identity: object) -> ft.Control:
    if isinstance(made.pages, Unreadable):
        return ft.ListView([error_card(made.pages), muted(t("synthesis_screen.unseen"))], padding=16, spacing=16)
    return preview_panel(
        Preview(PreviewKind.PAGES, pages=made.pages),
        lambda page, width: session.synthesis.render_page(made.content, page, width),
        identity,
    )
