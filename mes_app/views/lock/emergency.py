"""« Urgence » while the vault is locked: what its holder chose to let anyone read, and nothing else."""

from collections.abc import Callable

import flet as ft

from mes_app.i18n import t
from mes_app.services.emergency_cards import EmergencyCard
from mes_app.views.state import use_carnets, use_ui
from mes_app.views.theme import TARGET
from mes_app.views.widgets.boundaries import component, screen
from mes_app.views.widgets.cards import card
from mes_app.views.widgets.covers import use_cover_paint
from mes_app.views.widgets.emergency import call_buttons, emergency_card
from mes_app.views.widgets.loading import Loaded, use_loaded
from mes_app.views.widgets.notices import demonstration_banner
from mes_app.views.widgets.shell import bar_height, page_column
from mes_app.views.widgets.texts import body, muted


@screen
def emergency_view(on_back: Callable[[], None]) -> ft.View:
    """The emergency cards; ``on_back`` leaves them for the lock."""
    icon = ft.Icon(ft.Icons.ARROW_BACK_ROUNDED, semantics_label=t("app.back"))
    bar = ft.AppBar(
        leading=ft.IconButton(icon, on_click=on_back, width=TARGET, height=TARGET),
        title=ft.Text(t("emergency.title")),
        toolbar_height=bar_height(use_ui()),
    )
    framed = ft.Column([demonstration_banner(), _cards()], spacing=0)
    return ft.View(
        route="/verrou/urgence",
        padding=0,
        appbar=bar,
        foreground_decoration=use_cover_paint(),
        controls=[ft.SafeArea(framed, expand=True)],
    )


@component
def _cards() -> ft.Control:
    read = use_loaded(use_carnets().emergency.read, [])
    return page_column([call_buttons(), *_tell(read), muted(t("emergency.caution"))])


def _tell(read: Loaded[list[EmergencyCard]]) -> list[ft.Control]:
    """The cards. An error has words of its own here: the records are well, and opening them makes the cards anew."""
    if read.failure:
        return [card(body(t("emergency.unreadable")), bgcolor=ft.Colors.ERROR_CONTAINER)]
    if not read.value:
        return [muted(t("emergency.nothing_shown"))] if read.value is not None else []
    return [emergency_card(shown) for shown in read.value]
