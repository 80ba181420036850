"""Finger or face as one more way in: on only once the secret was given, off at once."""

import flet as ft

from mes_app.i18n import t
from mes_app.views.state import use_carnets, use_session
from mes_app.views.widgets.boundaries import component
from mes_app.views.widgets.commands import use_command
from mes_app.views.widgets.confirming import use_secret_dialog
from mes_app.views.widgets.fields import other_error
from mes_app.views.widgets.rows import list_row


@component
def biometrics_row() -> ft.Control:
    """The switch."""
    ways, vault = use_session().ways, use_carnets().vault
    asking, set_asking = ft.use_state(False)
    on = vault.has_biometrics()

    async def enable(secret: str) -> None:
        await ways.enable_biometrics(secret)
        set_asking(False)

    enabling, disabling = use_command(enable), use_command(ways.disable_biometrics)

    async def turn() -> None:
        if on:
            await disabling.run()
        else:
            set_asking(True)

    use_secret_dialog(
        t(f"security.overview.biometrics_ask_{vault.secret_kind()}"), enabling, lambda: set_asking(False), shown=asking
    )
    row = list_row(
        t("security.overview.biometrics"),
        t(f"security.overview.biometrics_{'on' if on else 'off'}"),
        icon=ft.Icons.FINGERPRINT_ROUNDED,
        strong=True,
        trailing=ft.Switch(value=on, on_change=turn),
        on_click=turn,
    )
    return ft.Column([ft.MergeSemantics(row), *other_error(disabling.error)], spacing=8)
