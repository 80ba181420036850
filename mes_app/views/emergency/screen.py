"""« Urgence »: allergies, blood group, what is taken and suffered today, whom to call. For whoever helps."""

import flet as ft

from mes_app.domain.record import Kind
from mes_app.i18n import t
from mes_app.views.state import use_profile, use_session
from mes_app.views.widgets.boundaries import component, screen
from mes_app.views.widgets.emergency import call_buttons, emergency_sections
from mes_app.views.widgets.loading import use_loaded
from mes_app.views.widgets.shell import detail_view, page_column
from mes_app.views.widgets.texts import muted


@screen
def emergency_screen() -> ft.View:
    """The emergency information of the profile in the address."""
    return detail_view(t("emergency.title"), _panel())


@component
def _panel() -> ft.Control:
    session, shown = use_session(), use_profile()
    read = use_loaded(lambda: session.health.emergency(shown.pid), [shown.pid], tuple(Kind))
    sections = read.show(
        lambda found: ft.Column(
            emergency_sections(found), spacing=16, horizontal_alignment=ft.CrossAxisAlignment.STRETCH
        )
    )
    return page_column([call_buttons(), sections, muted(t("emergency.caution"))], title=shown.name)
