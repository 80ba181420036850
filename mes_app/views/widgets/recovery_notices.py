"""The warning that nothing but the usual secret opens the records, and the way to change that."""

import flet as ft

from mes_app.i18n import t
from mes_app.views import routes
from mes_app.views.widgets.cards import card, notice_card
from mes_app.views.widgets.rows import list_row


def recovery_notice() -> ft.Control:
    """The warning in full."""
    return notice_card(
        t("security.no_recovery.told"),
        title=t("security.no_recovery.title"),
        action=(t("security.no_recovery.create"), routes.way_to(routes.RECOVERY)),
    )


def recovery_row() -> ft.Control:
    """The warning in one row, among other things to do."""
    row = list_row(
        t("security.no_recovery.title"),
        t("security.no_recovery.brief"),
        icon=ft.Icons.WARNING_AMBER_ROUNDED,
        strong=True,
        trailing=ft.Icon(ft.Icons.CHEVRON_RIGHT_ROUNDED, color=ft.Colors.ON_TERTIARY_CONTAINER),
        on_click=routes.way_to(routes.RECOVERY),
    )
    return card(row, padding=4, bgcolor=ft.Colors.TERTIARY_CONTAINER)
