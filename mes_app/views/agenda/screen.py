"""The two screens of the agenda: the list, and one appointment. In two panes the list's screen shows both."""

import flet as ft

from mes_app.domain.record import Kind
from mes_app.i18n import t
from mes_app.views import routes
from mes_app.views.agenda.appointment import appointment_panel
from mes_app.views.agenda.listing import appointment_list
from mes_app.views.forms.screens import form_view
from mes_app.views.routes import Destination
from mes_app.views.state import use_profile, use_ui
from mes_app.views.widgets.boundaries import screen
from mes_app.views.widgets.cards import empty_state
from mes_app.views.widgets.shell import detail_view, shell


@screen
def agenda_screen() -> ft.View:
    """The list; beside it in two panes, the appointment of the address."""
    chosen = ft.use_route_params().get("id", "")
    beside = appointment_panel(chosen) if chosen else empty_state(ft.Icons.EVENT_OUTLINED, t("agenda.choose_one"))
    return shell(Destination.AGENDA, appointment_list(chosen), detail=beside if use_ui().panes else None)


@screen
def appointment_screen() -> ft.View:
    """One appointment, alone."""
    record_id, pid = ft.use_route_params()["id"], use_profile().pid
    if record_id == routes.NEW:
        return form_view(pid, Kind.APPOINTMENTS, record_id)
    return detail_view(t("agenda.one"), appointment_panel(record_id))


@screen
def appointment_form_screen() -> ft.View:
    """The form of one appointment, alone."""
    return form_view(use_profile().pid, Kind.APPOINTMENTS, ft.use_route_params()["id"])
