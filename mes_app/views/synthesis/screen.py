"""The synthesis: made on the device, shown before it is given to anyone."""

from dataclasses import dataclass

import flet as ft

from mes_app.i18n import t
from mes_app.views.state import use_profile, use_session, use_ui
from mes_app.views.theme import TARGET
from mes_app.views.widgets.boundaries import component, screen
from mes_app.views.widgets.confirming import use_confirmed
from mes_app.views.widgets.fields import other_error
from mes_app.views.widgets.loading import Loaded, use_loaded
from mes_app.views.widgets.previews import Opened, open_preview
from mes_app.views.widgets.prints import print_parts
from mes_app.views.widgets.shell import detail_view


@screen
def synthesis_screen() -> ft.View:
    """The synthesis of the profile in the address."""
    return detail_view(t("synthesis_screen.title"), _synthesis_panel())


@dataclass(frozen=True)
class _Whole:
    """The synthesis with the whole NIR, and of whom: never shown once another person is."""

    pid: str
    made: Opened


_NONE: _Whole | None = None
_SWITCH_MARGIN = 4
"""What Flutter leaves around a switch."""


@component
def _synthesis_panel() -> ft.Control:
    """The switch, the pages, and the button that saves them."""
    session, shown, ui = use_session(), use_profile(), use_ui()
    whole, set_whole = ft.use_state(_NONE)

    async def make(*, show_nir: bool) -> Opened:
        return await open_preview(session, session.synthesis.make(shown.pid, show_nir=show_nir))

    masked = use_loaded(lambda: make(show_nir=False), [shown.pid])
    show_nir = whole is not None and whole.pid == shown.pid
    made = Loaded(whole.made) if whole and show_nir else masked

    async def choose(wanted: bool) -> None:
        set_whole(_Whole(shown.pid, await make(show_nir=True)) if wanted else None)

    choosing = use_confirmed(choose)

    async def turn(event: ft.Event[ft.Switch]) -> None:
        await choosing.run(event.control.value)

    switch = ft.Switch(label=t("synthesis_screen.show_nir"), value=show_nir, on_change=turn, disabled=choosing.running)
    return ft.Column(
        [
            ft.Container(switch, padding=ft.Padding.symmetric(horizontal=ui.margin - _SWITCH_MARGIN), height=TARGET),
            *(ft.Container(said, padding=ui.margin) for said in other_error(choosing.error)),
            *print_parts(made, "synthesis_screen", (shown.pid, show_nir)),
        ],
        spacing=0,
        expand=True,
    )
