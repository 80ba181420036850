"""One appointment: when, with whom, where, and what to bring."""

import flet as ft

from mes_app.domain.appointments import Appointment
from mes_app.domain.record import Kind, Source
from mes_app.domain.values import PartialDate, Precision
from mes_app.i18n import t, time
from mes_app.views.forms.actions import entry_actions
from mes_app.views.state import use_profile, use_session
from mes_app.views.widgets.authorship import use_authorship
from mes_app.views.widgets.boundaries import component
from mes_app.views.widgets.cards import card
from mes_app.views.widgets.details import capitalise, detail_list, keep_filled
from mes_app.views.widgets.loading import use_loaded
from mes_app.views.widgets.shell import page_column
from mes_app.views.widgets.texts import body, muted, page_title
from mes_app.views.widgets.words import tell_day, tell_moment


@component
def appointment_panel(record_id: str) -> ft.Control:
    """The appointment ``record_id``."""
    session, shown, tell = use_session(), use_profile(), use_authorship()
    read = use_loaded(lambda: session.agenda.open(record_id), [shown.pid, record_id], (Kind.APPOINTMENTS,))
    actions = [entry_actions(Kind.APPOINTMENTS, record_id)] if read.value else []
    return page_column([read.show(lambda found: _appointment(found, tell(found))), *actions])


def _appointment(appointment: Appointment, told: str) -> ft.Control:
    """``told``: who noted it, and when."""
    heading = ft.Column(
        [
            page_title(appointment.title),
            body(capitalise(_tell_span(appointment.start, appointment.end))),
            muted(capitalise(tell_day(appointment.start))),
        ],
        spacing=4,
    )
    details = {
        "status": t(f"sections.appointments.status_{appointment.status}"),
        "practitioner": appointment.practitioner,
        "place": appointment.place,
        "description": appointment.description,
        "note": appointment.note,
    }
    listed = keep_filled((t(f"sections.appointments.{name}"), value) for name, value in details.items())
    origin = [] if appointment.source is Source.UNKNOWN else [muted(told)]
    return ft.Column(
        [heading, card(detail_list(listed)), *origin],
        spacing=16,
        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
    )


def _tell_span(start: PartialDate | None, end: PartialDate | None) -> str:
    """« mar. 24 nov. 2026 à 14:05 – 14:30 », as far as it is known."""
    until = end.start if end and end.precision is Precision.TIME else None
    return f"{tell_moment(start)} – {time(until)}" if until else tell_moment(start)
