"""The allergies, above everything else and unlike anything else: what one must not miss."""

from collections.abc import Sequence

import flet as ft

from mes_app.domain.record import Kind
from mes_app.domain.sections.allergies import Allergy
from mes_app.i18n import t
from mes_app.views import routes
from mes_app.views.widgets.cards import card
from mes_app.views.widgets.words import tell_gravity

TOLD = 6
"""How many allergies are told at once; the others are counted."""


def allergies_card(allergies: Sequence[Allergy], pid: str) -> ft.Control:
    """Every allergy with its gravity in words; pressed, their list."""
    colour = ft.Colors.ON_ERROR_CONTAINER
    title = ft.Text(t("sections.allergies.title"), theme_style=ft.TextThemeStyle.TITLE_MEDIUM, color=colour)
    icon = ft.Icon(ft.Icons.WARNING_AMBER_ROUNDED, color=colour)
    lines = [_allergy(allergy, colour) for allergy in allergies[:TOLD]]
    if len(allergies) > TOLD:
        lines.append(ft.Text(t("health.more", count=len(allergies) - TOLD), color=colour))
    content = ft.Row(
        [
            icon,
            ft.Column([title, *lines], spacing=8, expand=True),
            ft.Icon(ft.Icons.CHEVRON_RIGHT_ROUNDED, color=colour),
        ],
        spacing=16,
        vertical_alignment=ft.CrossAxisAlignment.START,
    )
    return card(
        content, bgcolor=ft.Colors.ERROR_CONTAINER, on_click=lambda: routes.go(routes.section(pid, Kind.ALLERGIES))
    )


def _allergy(allergy: Allergy, colour: str) -> ft.Control:
    words: list[ft.Control] = [
        ft.Text(allergy.substance.text, theme_style=ft.TextThemeStyle.TITLE_MEDIUM, color=colour)
    ]
    gravity = tell_gravity(allergy)
    if gravity:
        words.append(ft.Text(gravity, theme_style=ft.TextThemeStyle.BODY_MEDIUM, color=colour))
    if allergy.reactions:
        reactions = ", ".join(allergy.reactions)
        words.append(ft.Text(reactions, theme_style=ft.TextThemeStyle.BODY_MEDIUM, color=colour))
    return ft.Column(words, spacing=0)
