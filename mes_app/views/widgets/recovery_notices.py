"""The warning that nothing but the usual secret opens the records, and the way to change that."""

import flet as ft

from mes_app.i18n import t
from mes_app.views import routes
from mes_app.views.widgets.cards import notice_card


def recovery_notice() -> ft.Control:
    """Shown while there is no recovery code."""
    return notice_card(
        t("security.no_recovery.told"),
        title=t("security.no_recovery.title"),
        action=(t("security.no_recovery.create"), routes.way_to(routes.RECOVERY)),
    )
