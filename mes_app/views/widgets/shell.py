"""The frame of every screen: app bar, navigation bar or rail, notices, one pane or two. Plain functions that use hooks:
call them once, at the end of a screen component."""

from collections.abc import Awaitable, Callable, Sequence

import flet as ft

from mes_app.i18n import t
from mes_app.views import routes
from mes_app.views.routes import Destination
from mes_app.views.state import UiPrefs, use_profile, use_store, use_ui
from mes_app.views.widgets.bars import profile_switcher, settings_button, sync_chip
from mes_app.views.widgets.boundaries import component
from mes_app.views.widgets.covers import use_cover_paint
from mes_app.views.widgets.notices import demonstration_banner, notices
from mes_app.views.widgets.signs import READING_INTERVAL, note_sign
from mes_app.views.widgets.texts import page_title

READING_WIDTH = 760
LIST_WIDTH = 400

_ICONS = {
    Destination.HOME: (ft.Icons.HOME_OUTLINED, ft.Icons.HOME_ROUNDED),
    Destination.DOCUMENTS: (ft.Icons.FOLDER_OUTLINED, ft.Icons.FOLDER_ROUNDED),
    Destination.HEALTH: (ft.Icons.FAVORITE_OUTLINE, ft.Icons.FAVORITE_ROUNDED),
    Destination.AGENDA: (ft.Icons.EVENT_OUTLINED, ft.Icons.EVENT_ROUNDED),
}


def shell(
    destination: Destination,
    body: ft.Control,
    *,
    detail: ft.Control | None = None,
    action: ft.FloatingActionButton | None = None,
) -> ft.View:
    """The root view of a destination. ``body`` scrolls by itself (see ``page_column``).

    From 1,100 pixels on, a destination that passes ``detail`` is shown in two panes: ``body`` as the list at the left,
    ``detail`` at the right. Narrower, ``detail`` is not shown: it has a view of its own (``detail_view``).
    """
    ui, pid = use_ui(), _use_place()
    content = _two_panes(body, _below_origin(detail)) if ui.panes and detail else body
    framed = ft.Column([notices(), ft.Container(content, expand=True)], spacing=0, expand=True)
    return ft.View(
        route="/",
        padding=0,
        appbar=_app_bar(ui),
        navigation_bar=None if ui.rail else _navigation_bar(destination, pid),
        floating_action_button=action,
        foreground_decoration=use_cover_paint(),
        controls=[_beside_rail(destination, pid, framed) if ui.rail else ft.SafeArea(framed, expand=True)],
    )


def detail_view(title: str, body: ft.Control, *, actions: Sequence[ft.Control] = (), back: str = "") -> ft.View:
    """A view above a destination, with a way back and the person it is about. ``body`` scrolls by itself.

    ``back``: where it returns to, but for who came across; without it, to what the router has below.
    """
    _use_place()
    origin = routes.find_origin() or back
    bar = ft.AppBar(
        title=ft.Text(title),
        toolbar_height=bar_height(use_ui()),
        actions=[*actions, profile_switcher(short=True)],
        actions_padding=_END,
    )
    framed = ft.Column([notices(), ft.Container(body, expand=True)], spacing=0, expand=True)
    return ft.View(
        route=ft.use_view_path(),
        padding=0,
        can_pop=not origin,
        on_confirm_pop=_way_back(origin),
        appbar=bar,
        foreground_decoration=use_cover_paint(),
        controls=[ft.SafeArea(framed, expand=True)],
    )


def modal_view(title: str, body: ft.Control, *, back: str = "") -> ft.View:
    """A view about the app and not about a person: settings, about. ``back``: the one of these it returns to, if any.

    The router would return from each of them to the record of a person.
    """
    return ft.View(
        route=ft.use_view_path(),
        padding=0,
        fullscreen_dialog=not back,
        can_pop=not back,
        on_confirm_pop=_way_back(back),
        appbar=ft.AppBar(title=ft.Text(title, max_lines=2, no_wrap=False), toolbar_height=bar_height(use_ui())),
        foreground_decoration=use_cover_paint(),
        controls=[ft.SafeArea(ft.Column([demonstration_banner(), body], spacing=0), expand=True)],
    )


def _way_back(address: str) -> Callable[[ft.Event[ft.View]], Awaitable[None]] | None:
    """What a view does that is left for ``address``; without one the router knows where to go."""

    async def go_back(event: ft.Event[ft.View]) -> None:
        await event.control.confirm_pop(False)
        routes.go(address)

    return go_back if address else None


def below_way_up(words: str, address: str, shown: ft.Control) -> ft.Control:
    """``shown`` in the second of two panes, below the way to what it belongs to, if one did not come across to it."""
    return shown if routes.find_origin() else _below_button(words, address, shown)


def _below_origin(shown: ft.Control) -> ft.Control:
    origin = routes.find_origin()
    return _below_button(t("app.back"), origin, shown) if origin else shown


def _below_button(words: str, address: str, shown: ft.Control) -> ft.Control:
    up = ft.TextButton(words, icon=ft.Icons.ARROW_BACK_ROUNDED, on_click=routes.way_to(address))
    return ft.Column(
        [ft.Container(up, padding=ft.Padding.only(left=8, top=8)), ft.Container(shown, expand=True)],
        spacing=0,
        expand=True,
    )


@component
def page_column(
    controls: Sequence[ft.Control], *, title: str = "", width: int = READING_WIDTH, step: str = ""
) -> ft.Control:
    """A scrolling page: ``title`` as its main heading, then ``controls``, centred and at most ``width`` wide.

    ``step``: what it shows now; another one is shown from its top.
    """
    ui = use_ui()
    heading = [ft.Container(page_title(title), padding=ft.Padding.only(top=8, bottom=4))] if title else []
    column = ft.Column(
        [*heading, *controls], spacing=16, width=width, horizontal_alignment=ft.CrossAxisAlignment.STRETCH
    )
    inside = ft.Container(column, expand=True, expand_loose=True, width=width)
    centred = ft.Row([inside], alignment=ft.MainAxisAlignment.CENTER)
    return ft.ListView(
        [ft.Container(centred, padding=ft.Padding.only(left=ui.margin, right=ui.margin, top=8, bottom=32))],
        key=step or None,
        expand=True,
        build_controls_on_demand=False,
        on_scroll=note_sign,
        scroll_interval=READING_INTERVAL,
    )


def below_header(header: Sequence[ft.Control], scrolled: ft.Control) -> ft.Control:
    """``scrolled`` in the rest of the height below ``header``, which stays in sight, as wide as a page and centred.

    A field that changes what is scrolled belongs there: within it, it would lose what is typed. Uses hooks: part of
    every drawing of its component.
    """
    margin = use_ui().margin
    column = ft.Column([*header], spacing=12, tight=True, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)
    inside = ft.Container(column, expand=True, expand_loose=True, width=READING_WIDTH)
    pinned = ft.Container(
        ft.Row([inside], alignment=ft.MainAxisAlignment.CENTER),
        padding=ft.Padding.only(left=margin, right=margin, top=8, bottom=12),
    )
    return ft.Column([pinned, ft.Container(scrolled, expand=True)], spacing=0, expand=True)


def bar_height(ui: UiPrefs) -> float:
    """Room for a name above an age, whatever the text size."""
    return 16 + 48 * ui.preferences.text_scale


_END = ft.Padding.only(right=8)


def _use_place() -> str:
    """The pid of the address. Remember who is shown and where; leave the address of a profile that is not here."""
    store, profile, location = use_store(), use_profile(), ft.use_route_location()

    def remember() -> None:
        if store.find(profile.pid):
            store.pid = profile.pid
            store.places[profile.pid] = location
        elif store.profiles:
            routes.go(routes.home(store.profiles[0].pid))

    ft.use_effect(remember, [profile, location])
    return profile.pid


def _app_bar(ui: UiPrefs) -> ft.AppBar:
    switcher = profile_switcher()
    return ft.AppBar(
        automatically_imply_leading=False,
        title=_brand() if ui.rail else switcher,
        title_spacing=ui.margin if ui.rail else 8,
        exclude_header_semantics=True,
        toolbar_height=bar_height(ui),
        actions=[sync_chip(), *([switcher] if ui.rail else []), settings_button()],
        actions_padding=_END,
    )


def _brand() -> ft.Control:
    name = ft.Text(t("app.name"), theme_style=ft.TextThemeStyle.TITLE_MEDIUM)
    return ft.Row(
        [
            ft.Image(
                src="/icon.png", width=32, height=32, exclude_from_semantics=True, filter_quality=ft.FilterQuality.HIGH
            ),
            name,
        ],
        spacing=12,
    )


def _two_panes(body: ft.Control, detail: ft.Control) -> ft.Control:
    return ft.Row(
        [ft.Container(body, width=LIST_WIDTH), ft.VerticalDivider(width=1), ft.Container(detail, expand=True)],
        spacing=0,
        expand=True,
        vertical_alignment=ft.CrossAxisAlignment.STRETCH,
    )


def _navigation_bar(shown: Destination, pid: str) -> ft.NavigationBar:
    return ft.NavigationBar(
        selected_index=list(Destination).index(shown),
        on_change=lambda event: _go_to(pid, event.control.selected_index),
        destinations=[
            ft.NavigationBarDestination(icon=_ICONS[each][0], selected_icon=_ICONS[each][1], label=_label(each))
            for each in Destination
        ],
    )


def _beside_rail(shown: Destination, pid: str, body: ft.Control) -> ft.Control:
    rail = ft.NavigationRail(
        selected_index=list(Destination).index(shown),
        on_change=lambda event: _go_to(pid, event.control.selected_index),
        label_type=ft.NavigationRailLabelType.ALL,
        group_alignment=-1,
        destinations=[
            ft.NavigationRailDestination(icon=_ICONS[each][0], selected_icon=_ICONS[each][1], label=_label(each))
            for each in Destination
        ],
    )
    return ft.Row([rail, ft.VerticalDivider(width=1), body], expand=True, spacing=0)


def _go_to(pid: str, index: int) -> None:
    routes.go(routes.place(pid, list(Destination)[index]))


def _label(destination: Destination) -> str:
    return t(f"app.destination_{destination.name.lower()}")
