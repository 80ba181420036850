"""What is noted here only, once there is a service: said where it is read, with the way to join it."""

import flet as ft

from mes_app.domain.record import Kind
from mes_app.i18n import t
from mes_app.views import routes
from mes_app.views.state import use_profile, use_session, use_store
from mes_app.views.widgets.boundaries import component
from mes_app.views.widgets.cards import above_others, notice_card
from mes_app.views.widgets.loading import use_loaded

ANY = tuple(Kind)


@component
def join_offer() -> ft.Control:
    """For a person who began here, where a service has somebody whom they may be; nothing otherwise."""
    session, shown = use_session(), use_profile()
    people = use_store().profiles
    read = use_loaded(lambda: session.joining.could_join(shown.pid), [shown.pid, people], ANY)

    def show(could: bool) -> ft.Control:
        if not could:
            return ft.Container()
        way = t("joining.offer_one", name=shown.first_name), routes.way_to(routes.joining(shown.pid))
        return above_others(notice_card(t("joining.offer"), action=way))

    return read.show(show, ft.Container)
