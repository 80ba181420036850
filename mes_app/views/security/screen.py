"""Security at a glance: each protection in one line with what can be done about it."""

from collections.abc import Callable

import flet as ft

from mes_app.i18n import t
from mes_app.views import routes
from mes_app.views.security.backup import backup_screen
from mes_app.views.security.biometrics import biometrics_row
from mes_app.views.security.delays import delays_card
from mes_app.views.security.emergency import emergency_cards_screen
from mes_app.views.security.key import change_key_screen
from mes_app.views.security.leaving import leaving_screen
from mes_app.views.security.recovery import recovery_screen
from mes_app.views.security.secret import change_secret_screen
from mes_app.views.state import use_carnets, use_session
from mes_app.views.widgets.boundaries import screen
from mes_app.views.widgets.cards import section_card
from mes_app.views.widgets.recovery_notices import recovery_notice
from mes_app.views.widgets.rows import way_row
from mes_app.views.widgets.shell import modal_view, page_column


def security_routes() -> ft.Route:
    """The overview and, above it, a page for each thing that takes more than a touch."""
    pages: dict[str, Callable[[], ft.View]] = {
        routes.CHANGE_SECRET: change_secret_screen,
        routes.RECOVERY: recovery_screen,
        routes.EMERGENCY_CARDS: emergency_cards_screen,
        routes.BACKUP: backup_screen,
        routes.CHANGE_KEY: change_key_screen,
        routes.LEAVING: leaving_screen,
    }
    children = [ft.Route(path=path.removeprefix(f"{routes.SECURITY}/"), component=page) for path, page in pages.items()]
    return ft.Route(path=routes.SECURITY, component=security_screen, modal=True, children=children)


@screen
def security_screen() -> ft.View:
    """The state of each protection."""
    carnets = use_carnets()
    kept = carnets.vault.has_recovery()
    cards = [
        *([] if kept else [recovery_notice()]),
        section_card(t("security.overview.opening"), _list_ways_in(recovery=kept)),
        delays_card(),
        *([_emergency_card(on=carnets.emergency.is_on())] if carnets.emergency.available else []),
        section_card(
            t("security.overview.keeping"),
            [
                _row("backup", ft.Icons.SAVE_ALT_OUTLINED, routes.BACKUP),
                _row("key", ft.Icons.KEY_OUTLINED, routes.CHANGE_KEY),
                _row("leaving", ft.Icons.LOGOUT_ROUNDED, routes.LEAVING),
            ],
        ),
    ]
    return modal_view(t("security.title"), page_column(cards), back=routes.SETTINGS)


def _list_ways_in(*, recovery: bool) -> list[ft.Control]:
    return [
        _row(use_carnets().vault.secret_kind(), ft.Icons.PASSWORD_ROUNDED, routes.CHANGE_SECRET),
        *([_row("recovery", ft.Icons.HEALTH_AND_SAFETY_OUTLINED, routes.RECOVERY)] if recovery else []),
        *([biometrics_row()] if use_session().ways.can_use_biometrics else []),
    ]


def _emergency_card(*, on: bool) -> ft.Control:
    row = _row("emergency", ft.Icons.EMERGENCY_OUTLINED, routes.EMERGENCY_CARDS, state="on" if on else "off")
    return section_card(t("security.overview.locked"), [row])


def _row(name: str, icon: ft.IconData, address: str, *, state: str = "state") -> ft.Control:
    words = t(f"security.overview.{name}"), t(f"security.overview.{name}_{state}")
    return way_row(*words, icon, routes.way_to(address))
