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
from mes_app.views.widgets.confirming import use_confirmed
from mes_app.views.widgets.fields import other_error
from mes_app.views.widgets.loading import Loaded, use_loaded
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


@dataclass(frozen=True)
class _Whole:
    """The synthesis with the whole NIR, and of whom: never shown once another person is."""

    pid: str
    made: Made


_NONE: _Whole | None = None
_SWITCH_MARGIN = 4
"""What Flutter leaves around a switch."""


@component
def _synthesis_panel() -> ft.Control:
    """The switch, the pages, and the button that saves them."""
    session, shown, ui = use_session(), use_profile(), use_ui()
    whole, set_whole = ft.use_state(_NONE)
    masked = use_loaded(lambda: make_synthesis(session, shown.pid, show_nir=False), [shown.pid])
    show_nir = whole is not None and whole.pid == shown.pid
    made = Loaded(whole.made) if whole and show_nir else masked
    content = made.value.content if made.value else None

    async def choose(wanted: bool) -> None:
        set_whole(_Whole(shown.pid, await make_synthesis(session, shown.pid, show_nir=True)) if wanted else None)

    choosing = use_confirmed(choose)

    async def turn(event: ft.Event[ft.Switch]) -> None:
        await choosing.run(event.control.value)

    switch = ft.Switch(label=t("synthesis_screen.show_nir"), value=show_nir, on_change=turn, disabled=choosing.running)
    pages = made.show(
        lambda found: _pages(session, found, (shown.pid, show_nir)), lambda: preview_wait(t("synthesis_screen.making"))
    )
    buttons = ft.Row([*share_buttons(content), save_button(content)], alignment=ft.MainAxisAlignment.END, spacing=8)
    return ft.Column(
        [
            ft.Container(switch, padding=ft.Padding.symmetric(horizontal=ui.margin - _SWITCH_MARGIN), height=TARGET),
            *(ft.Container(said, padding=ui.margin) for said in other_error(choosing.error)),
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
