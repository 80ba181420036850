"""Home: the family, then at most five cards, and nothing that is empty."""

import flet as ft

from mes_app.domain.people import Profile
from mes_app.domain.record import Row
from mes_app.i18n import day, partial, t
from mes_app.services.pregnancies import FOLLOWED
from mes_app.views import routes
from mes_app.views.home.prevention import prevention_card
from mes_app.views.home.state import Home, gather_home
from mes_app.views.routes import Destination
from mes_app.views.state import (
    Outgoing,
    SessionStore,
    read_today,
    use_carnets,
    use_outgoing,
    use_profile,
    use_session,
    use_store,
)
from mes_app.views.theme import RADIUS
from mes_app.views.widgets.avatars import avatar, read_age
from mes_app.views.widgets.boundaries import screen
from mes_app.views.widgets.cards import card, section_card
from mes_app.views.widgets.expiries import expiry_cards
from mes_app.views.widgets.icons import choose_icon
from mes_app.views.widgets.join_offers import join_offer
from mes_app.views.widgets.loading import use_loaded
from mes_app.views.widgets.recovery_notices import recovery_row
from mes_app.views.widgets.refreshing import refreshed_title
from mes_app.views.widgets.rows import list_row, tinted_icon, way_row
from mes_app.views.widgets.shell import page_column, shell
from mes_app.views.widgets.texts import muted, short_title
from mes_app.views.widgets.words import tell_day, tell_moment, tell_source


@screen
def home_screen() -> ft.View:
    """The home of the profile in the address."""
    session, store, shown, vault = use_session(), use_store(), use_profile(), use_carnets().vault
    family = tuple(store.profiles or ())
    read = use_loaded(
        lambda: gather_home(session, shown.pid, family, read_today()),
        [shown.pid, family],
        FOLLOWED,
    )
    today = ft.Column([muted(day(read_today())), refreshed_title(t("home.title"))], spacing=0)
    people = [_family(store, shown, read.value.waiting if read.value else frozenset())] if len(family) > 1 else []
    cards = read.show(lambda home: _cards(home, shown.pid))
    below = _below_offer(cards) if shown.is_local else cards
    lacking = not session.temporary and not vault.has_recovery()
    return shell(
        Destination.HOME,
        page_column([today, *people, *_to_check(use_outgoing()), *([recovery_row()] if lacking else []), below]),
    )


def _below_offer(cards: ft.Control) -> ft.Control:
    """The cards of somebody who began here, below what a service could take, if there is one."""
    return ft.Column([join_offer(), cards], spacing=0, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)


def _to_check(outgoing: Outgoing) -> list[ft.Control]:
    """What only a person can settle with the service, first of all; nothing where there is nothing."""
    if not outgoing.to_check:
        return []
    words = t("home.to_check", count=outgoing.to_check), t("home.to_check_hint")
    return [card(way_row(*words, ft.Icons.SYNC_PROBLEM_OUTLINED, routes.way_to(routes.SYNC)), padding=4)]


def _family(store: SessionStore, shown: Profile, waiting: frozenset[str]) -> ft.Control:
    faces = [
        _face(store, each, shown=each.pid == shown.pid, waits=each.pid in waiting) for each in store.profiles or ()
    ]
    return ft.Row(faces, spacing=4, scroll=ft.ScrollMode.AUTO)


def _face(store: SessionStore, person: Profile, *, shown: bool, waits: bool) -> ft.Control:
    ring = ft.Container(
        avatar(person, 56, badge=waits),
        padding=3,
        shape=ft.BoxShape.CIRCLE,
        border=ft.Border.all(3, ft.Colors.PRIMARY if shown else ft.Colors.TRANSPARENT),
    )
    words = t("home.face_waiting" if waits else "home.face", name=person.name, age=read_age(person))
    name = ft.Text(
        person.first_name, theme_style=ft.TextThemeStyle.LABEL_MEDIUM, max_lines=1, no_wrap=True, semantics_label=words
    )
    button = ft.Container(
        ft.Column([ring, name], spacing=4, horizontal_alignment=ft.CrossAxisAlignment.CENTER, tight=True),
        padding=ft.Padding.symmetric(horizontal=8, vertical=8),
        border_radius=RADIUS,
        ink=True,
        on_click=lambda: routes.go(store.places.get(person.pid, routes.home(person.pid))),
    )
    return ft.MergeSemantics(ft.Semantics(content=button, button=True, selected=shown))


def _cards(home: Home, pid: str) -> ft.Control:
    cards = [
        *([_appointment_card(home.appointment, pid)] if home.appointment else []),
        *expiry_cards(home.expiries),
        *([_unread_card(home.unread, pid)] if home.unread else []),
        _shortcuts(pid),
        prevention_card(home.near, pid),
    ]
    return ft.Column(cards, spacing=16)


def _appointment_card(row: Row, pid: str) -> ft.Control:
    when = ft.Text(tell_moment(row.date), theme_style=ft.TextThemeStyle.TITLE_MEDIUM)
    texts = ft.Column([muted(_announce(row)), when, short_title(row.title), muted(row.subtitle)], spacing=2)
    line = ft.Row([tinted_icon(choose_icon(row), size=48), ft.Container(texts, expand=True)], spacing=16)
    return card(line, on_click=routes.way_across(routes.appointment(pid, row.id)))


def _announce(row: Row) -> str:
    """Tells how near the appointment is, within a week; its day is written below anyway."""
    near = tell_day(row.date)
    far = row.date is None or near == partial(row.date.text)
    return t("home.next") if far else t("home.next_near", day=near)


def _unread_card(rows: tuple[Row, ...], pid: str) -> ft.Control:
    lines = [
        list_row(
            row.name,
            tell_source(row),
            icon=choose_icon(row),
            strong=True,
            on_click=routes.way_across(routes.document(pid, row.id)),
        )
        for row in rows
    ]
    return section_card(
        t("home.unread"),
        lines,
        more=(t("home.all_documents"), lambda: routes.go(routes.place(pid, Destination.DOCUMENTS))),
    )


def _shortcuts(pid: str) -> ft.Control:
    """What one goes for in a consultation."""
    ways = (
        ("synthesis", ft.Icons.PICTURE_AS_PDF_OUTLINED, routes.way_to(routes.synthesis(pid))),
        ("emergency", ft.Icons.EMERGENCY_OUTLINED, routes.way_to(routes.emergency(pid))),
        ("add", ft.Icons.NOTE_ADD_OUTLINED, routes.way_across(routes.document(pid, routes.NEW))),
    )
    rows = [
        list_row(
            t(f"home.{name}"),
            t(f"home.{name}_hint"),
            icon=icon,
            strong=True,
            trailing=ft.Icon(ft.Icons.CHEVRON_RIGHT_ROUNDED, color=ft.Colors.ON_SURFACE_VARIANT),
            on_click=way,
        )
        for name, icon, way in ways
    ]
    return card(ft.Column(rows, spacing=0), padding=4)
