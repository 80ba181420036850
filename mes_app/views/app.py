"""The root: what is drawn depends first on the vault. No screen of a record exists while it is locked."""

from collections.abc import Callable, Sequence
from itertools import accumulate
from typing import cast

import flet as ft

from mes_app.domain.record import Change, Kind
from mes_app.domain.sync_status import Running, SyncStatus
from mes_app.errors import MesError
from mes_app.services.auto_lock import LockDelays
from mes_app.services.vault import VaultState
from mes_app.views import routes
from mes_app.views.agenda.screen import agenda_screen, appointment_form_screen, appointment_screen
from mes_app.views.documents.screen import document_form_screen, document_screen, documents_screen
from mes_app.views.emergency.screen import emergency_screen
from mes_app.views.health.screen import entry_form_screen, entry_screen, health_screen, section_screen
from mes_app.views.home.screen import home_screen
from mes_app.views.lock.screen import closed_views
from mes_app.views.login.screen import arrival_screen, connection_screen, renewal_screen, sign_in_screens
from mes_app.views.profile.identity import identity_form_screen
from mes_app.views.profile.joining import joining_screen
from mes_app.views.profile.person import details_form_screen, person_screen
from mes_app.views.profile.removal import removal_screen
from mes_app.views.profile.screen import add_profile_screen
from mes_app.views.security.screen import security_routes
from mes_app.views.settings.about import about_screen
from mes_app.views.settings.exporting import export_screen
from mes_app.views.settings.importing import import_screen
from mes_app.views.settings.screen import settings_screen
from mes_app.views.settings.storage import storage_screen
from mes_app.views.state import AppState, SessionStore, UiPrefs, keep_page, provide_session, provide_state, use_store
from mes_app.views.syncing.screen import sync_routes
from mes_app.views.synthesis.screen import synthesis_screen
from mes_app.views.theme import make_theme
from mes_app.views.widgets.boundaries import component, log_failure, screen
from mes_app.views.widgets.networks import is_metered, knows_network
from mes_app.views.widgets.notice_bars import use_notice_bar

Screen = Callable[[], ft.View]

_MODES = {"system": ft.ThemeMode.SYSTEM, "light": ft.ThemeMode.LIGHT, "dark": ft.ThemeMode.DARK}


@ft.component
def root(app: AppState, store: SessionStore, ui: UiPrefs) -> Sequence[ft.View]:
    """The views of the app. ``store`` and ``ui`` are those of ``app``: given apart so that their changes draw again."""
    _use_theme(store, ui)
    _use_session_feeds(app)
    _use_schedule(store)
    _use_network(store)
    _use_auto_lock(app)
    use_notice_bar(store, wide=ui.rail)
    return provide_state(app, lambda: _choose_views(app))


def _choose_views(app: AppState) -> Sequence[ft.View]:
    session = app.store.session
    if session is None:
        state = app.carnets.vault.state()
        return sign_in_screens() if state is VaultState.ABSENT or app.store.starting_over else closed_views(state)
    if app.store.profiles is None:
        return [ft.View(route="/")]
    if app.store.welcoming or not app.store.profiles:
        return provide_session(session, lambda: [arrival_screen()])
    routed = provide_session(session, lambda: ft.Router(_make_routes(panes=app.ui.panes), _astray, manage_views=True))
    return cast(Sequence[ft.View], routed)


def _make_routes(*, panes: bool) -> list[ft.Route]:
    return [
        ft.Route(index=True, component=_landing),
        ft.Route(path=routes.SETTINGS, component=settings_screen, modal=True),
        security_routes(),
        sync_routes(),
        ft.Route(path=routes.STORAGE, component=storage_screen, modal=True),
        ft.Route(path=routes.EXPORT, component=export_screen, modal=True),
        ft.Route(path=routes.IMPORT, component=import_screen, modal=True),
        ft.Route(path=routes.ABOUT, component=about_screen, modal=True),
        ft.Route(path=routes.RENEWAL, component=renewal_screen, modal=True),
        ft.Route(path=routes.CONNECTION, component=connection_screen, modal=True),
        ft.Route(path=routes.ADD_PROFILE, component=add_profile_screen, modal=True),
        *_list_and_detail(
            routes.DOCUMENTS_PATTERN,
            documents_screen,
            (routes.RECORD_PATTERN, document_screen),
            (routes.FORM_PATTERN, document_form_screen),
            panes=panes,
        ),
        *_list_and_detail(
            routes.HEALTH_PATTERN,
            health_screen,
            (routes.SECTION_PATTERN, section_screen),
            (routes.RECORD_PATTERN, entry_screen),
            (routes.FORM_PATTERN, entry_form_screen),
            panes=panes,
        ),
        *_list_and_detail(
            routes.AGENDA_PATTERN,
            agenda_screen,
            (routes.RECORD_PATTERN, appointment_screen),
            (routes.FORM_PATTERN, appointment_form_screen),
            panes=panes,
        ),
        ft.Route(
            path=routes.HOME_PATTERN,
            component=home_screen,
            children=[
                ft.Route(path=routes.SYNTHESIS_PATTERN, component=synthesis_screen),
                ft.Route(path=routes.EMERGENCY_PATTERN, component=emergency_screen),
                ft.Route(
                    path=routes.PERSON_PATTERN,
                    component=person_screen,
                    children=[
                        ft.Route(path=routes.IDENTITY_PATTERN, component=identity_form_screen),
                        ft.Route(path=routes.REMOVAL_PATTERN, component=removal_screen),
                        ft.Route(path=routes.JOINING_PATTERN, component=joining_screen),
                        ft.Route(path=f"{routes.RECORD_PATTERN}/{routes.FORM_PATTERN}", component=details_form_screen),
                    ],
                ),
            ],
        ),
    ]


def _list_and_detail(pattern: str, listed: Screen, *opened: tuple[str, Screen], panes: bool) -> list[ft.Route]:
    """A list and the screens one goes to from it, each above the one before.

    The last of those above each other is the form of a record. In panes every one of these addresses is the list's own
    screen, which then shows the rest beside, but a form stands above it: in Flet 1.0.5 the Tab key goes by place, and
    would go from field to row and back.
    """
    if panes:
        *_, (_, new), (form_path, form) = opened
        *lists, above, one = accumulate((pattern, *(path for path, _ in opened[:-1])), "{}/{}".format)
        return [
            *(ft.Route(path=path, component=listed) for path in lists),
            ft.Route(path=above, component=listed, children=[ft.Route(path=routes.NEW_PATTERN, component=new)]),
            ft.Route(path=one, component=listed, children=[ft.Route(path=form_path, component=form)]),
        ]
    children: list[ft.Route] = []
    for path, screen_above in reversed(opened):
        children = [ft.Route(path=path, component=screen_above, children=children)]
    return [ft.Route(path=pattern, component=listed, children=children)]


@screen
def _landing() -> ft.View:
    """The address of nobody: go where the last person was left, or to the first one."""
    store = use_store()
    pid = store.pid or next((profile.pid for profile in store.profiles or ()), "")
    ft.use_effect(lambda: routes.go(store.places.get(pid, routes.home(pid))), [])
    return ft.View(route="/")


@component
def _astray() -> ft.Control:
    """An address of no screen: start again from the landing."""
    ft.use_effect(lambda: routes.go("/"), [])
    return ft.Container()


def _use_theme(store: SessionStore, ui: UiPrefs) -> None:
    """Give the page the colours of the person shown, and the theme and text size of the preferences."""
    colour, preferences = store.colour, ui.preferences

    def apply() -> None:
        page = ft.context.page
        page.theme_mode = _MODES[preferences.theme]
        page.theme = make_theme(colour, dark=False, text_scale=preferences.text_scale)
        page.dark_theme = make_theme(colour, dark=True, text_scale=preferences.text_scale)
        page.update()

    ft.use_effect(apply, [colour, preferences])


def _use_auto_lock(app: AppState) -> None:
    """Count the delays of the open vault, which keeps them. A demonstration has none: a lock would destroy it."""
    session, auto_lock = app.store.session, app.carnets.auto_lock

    async def start() -> None:
        if session is None or session.temporary:
            return
        auto_lock.start(LockDelays())
        try:
            auto_lock.start(await session.locking.read())
        except MesError as error:
            log_failure("lock delays", error)

    ft.use_effect(start, [session], cleanup=auto_lock.stop)


def _use_schedule(store: SessionStore) -> None:
    """Sync whenever it is due and read what came, from the moment the records show; the vault stops both."""
    session, welcoming, pid = store.session, store.welcoming, store.pid

    def start() -> None:
        if session and not welcoming:
            session.schedule.start()
            session.indexing.start()

    def note_shown() -> None:
        if session and pid:
            session.schedule.note_shown(pid)

    ft.use_effect(start, [session, welcoming])
    ft.use_effect(note_shown, [session, pid])


def _use_network(store: SessionStore) -> None:
    """Sync as soon as the network is back, and let the sync know whether it is metered, where that can be known."""
    session = store.session

    def hear(event: ft.ConnectivityChangeEvent) -> None:
        if store.session is None:
            return
        if knows_network(ft.context.page):
            store.session.syncing.note_network(metered=is_metered(event.connectivity))
        if ft.ConnectivityType.NONE not in event.connectivity:
            store.session.schedule.note_foreground()

    network: ft.MutableRef[ft.Connectivity] = ft.use_ref(lambda: ft.Connectivity(on_change=hear))

    async def look() -> None:
        if session and knows_network(ft.context.page):
            session.syncing.note_network(metered=True)  # until the system has told
            session.syncing.note_network(metered=is_metered(await network.current.get_connectivity()))

    ft.use_effect(look, [session])


def _use_session_feeds(app: AppState) -> None:
    """Follow the open session: its people, read again when one changes, its sync, and what waits to be sent."""
    session = app.store.session
    stops: ft.MutableRef[list[Callable[[], object]]] = ft.use_ref(list)

    async def read_profiles() -> None:
        if session:
            app.store.profiles = await session.profiles.list()

    async def read_outgoing() -> None:
        try:
            changes = await session.unsent.list() if session else []
        except MesError as error:
            log_failure("outgoing", error)
        else:
            if app.store.session is session:
                app.outgoing.note(changes)

    def follow() -> None:
        if session is None:
            return
        page = ft.context.page
        app.sync.status = session.syncing.status

        def note_status(status: SyncStatus) -> None:
            app.sync.status = status
            if not isinstance(status, Running):
                page.run_task(read_outgoing)

        def note_changes(changes: frozenset[Change]) -> None:
            if any(change.kind is Kind.PEOPLE for change in changes):
                page.run_task(read_profiles)
            page.run_task(read_outgoing)

        stops.current = [session.syncing.subscribe(keep_page(note_status)), session.subscribe(keep_page(note_changes))]
        page.run_task(read_profiles)
        page.run_task(read_outgoing)

    def leave() -> None:
        while stops.current:  # emptied: an effect is cleaned up again after a drawing without a session
            stops.current.pop()()

    ft.use_effect(follow, [session], cleanup=leave)
