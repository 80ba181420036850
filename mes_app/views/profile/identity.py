"""Correct who somebody is whose record began on this device."""

import flet as ft

from mes_app.domain.newcomers import Newcomer
from mes_app.domain.people import Sex
from mes_app.i18n import t
from mes_app.views import routes
from mes_app.views.forms.newcomers import newcomer_form
from mes_app.views.state import use_profile, use_session
from mes_app.views.widgets.boundaries import component, screen
from mes_app.views.widgets.loading import use_loaded
from mes_app.views.widgets.shell import detail_view, page_column
from mes_app.views.widgets.texts import muted


@screen
def identity_form_screen() -> ft.View:
    """The form of the person in the address."""
    return detail_view(t("newcomers.correct"), page_column([_correction()]))


@component
def _correction() -> ft.Control:
    session, shown = use_session(), use_profile()
    read = use_loaded(lambda: session.profiles.recall(shown.pid), [shown.pid])

    async def keep(newcomer: Newcomer) -> None:
        await session.profiles.correct(shown.pid, newcomer)
        routes.go(routes.person(shown.pid))

    def show(newcomer: Newcomer) -> ft.Control:
        told = {name: getattr(newcomer, name) for name in ("first_name", "family_name")}
        sex = "" if newcomer.sex is Sex.UNKNOWN else newcomer.sex.value
        told |= {"birth": newcomer.birth.text, "sex": sex, "nir": newcomer.nir or ""}
        form = newcomer_form(keep, t("forms.save"), told)
        controls: list[ft.Control] = [muted(t("newcomers.correct_told")), form]
        return ft.Column(controls, spacing=20, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)

    return read.show(show)
