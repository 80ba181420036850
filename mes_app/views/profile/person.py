"""Who a profile is about, and how they are reached. The first is corrected here only where no service verified it."""

import flet as ft

from mes_app.domain.contact_details import ContactDetails
from mes_app.domain.people import Person, Profile, Sex
from mes_app.domain.record import Kind
from mes_app.i18n import find, t
from mes_app.services.session import Session
from mes_app.views import routes
from mes_app.views.forms.actions import entry_actions
from mes_app.views.forms.screens import form_view
from mes_app.views.profile.appearance import appearance_card, order_card
from mes_app.views.profile.numbers import hidden_nir
from mes_app.views.state import use_profile, use_session
from mes_app.views.widgets.boundaries import component, screen
from mes_app.views.widgets.cards import card
from mes_app.views.widgets.details import Detail, detail_list, keep_filled, list_details
from mes_app.views.widgets.loading import use_loaded
from mes_app.views.widgets.shell import detail_view, page_column
from mes_app.views.widgets.texts import muted, section_title
from mes_app.views.widgets.words import tell_moment

Known = tuple[Person | None, ContactDetails | None]


@screen
def person_screen() -> ft.View:
    """The identity and the contact details of the profile in the address."""
    return detail_view(t("profiles.identity"), _page())


@screen
def details_form_screen() -> ft.View:
    """The form of the contact details."""
    return form_view(use_profile().pid, Kind.PEOPLE, ft.use_route_params()["id"])


@component
def _page() -> ft.Control:
    session, shown = use_session(), use_profile()
    read = use_loaded(lambda: _read(session, shown.pid), [shown.pid], (Kind.PEOPLE,))
    return page_column(
        [read.show(lambda known: _show(known, shown)), appearance_card(), order_card()], title=shown.name
    )


async def _read(session: Session, pid: str) -> Known:
    return await session.profiles.person(pid), await session.profiles.details(pid)


def _show(known: Known, shown: Profile) -> ft.Control:
    person, details = known
    if person is None or details is None:
        return muted(t("profiles.identity_none"))
    reached = list_details(details, Kind.PEOPLE)
    ways = detail_list(reached) if reached else muted(t("profiles.details_none"))
    return ft.Column(
        [
            _titled("profiles.details", ways, entry_actions(Kind.PEOPLE, details.id)),
            _titled(
                "profiles.identity",
                detail_list(_list_traits(person)),
                *([hidden_nir(person.nir)] if person.nir else []),
                *_tell_identity(shown),
            ),
        ],
        spacing=16,
        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
    )


def _tell_identity(shown: Profile) -> list[ft.Control]:
    """Who vouches for it, and the ways to correct, to join or to remove it where nobody does."""
    if not shown.is_local:
        return [muted(t("profiles.identity_told"))]
    way = routes.way_to(routes.identity(shown.pid))
    button = ft.OutlinedButton(t("newcomers.correct"), icon=ft.Icons.EDIT_OUTLINED, on_click=way)
    joining = ft.OutlinedButton(
        t("joining.way"), icon=ft.Icons.ADD_LINK_ROUNDED, on_click=routes.way_to(routes.joining(shown.pid))
    )
    removing = ft.TextButton(t("newcomers.remove"), on_click=routes.way_to(routes.removal(shown.pid)))
    return [muted(t("newcomers.identity_told")), ft.Row([button, joining, removing], wrap=True)]


def _titled(title: str, *controls: ft.Control) -> ft.Control:
    return card(ft.Column([section_title(t(title)), *controls], spacing=16))


def _list_traits(person: Person) -> list[Detail]:
    traits = {
        "name": person.name,
        "first_names": person.first_names,
        "birth_name": person.birth_name,
        "birth": tell_moment(person.birth),
        "sex": find(f"profiles.sex_{person.sex}") if person.sex is not Sex.UNKNOWN else None,
    }
    return keep_filled((t(f"profiles.{name}"), words) for name, words in traits.items())
