"""The number of health of a person on a screen: hidden, but for whoever asks for it while the screen is there."""

import flet as ft

from mes_app.domain.identity import mask_nir, show_nir
from mes_app.i18n import t
from mes_app.views.theme import TARGET
from mes_app.views.widgets.boundaries import component
from mes_app.views.widgets.details import Detail, detail_list


@component
def hidden_nir(nir: str) -> ft.Control:
    """Sex and year of birth, then dots; all of it once it was asked for."""
    shown, show = ft.use_state(False)
    icon = ft.Icons.VISIBILITY_OFF_OUTLINED if shown else ft.Icons.VISIBILITY_OUTLINED
    sign = ft.Icon(icon, semantics_label=t("newcomers.nir_hide" if shown else "newcomers.nir_show"))
    button = ft.IconButton(sign, on_click=lambda: show(not shown), width=TARGET, height=TARGET)
    told = detail_list([Detail(t("newcomers.nir"), show_nir(nir) if shown else mask_nir(nir))])
    return ft.Row([ft.Container(told, expand=True), button], spacing=8)
