"""The sign of a person: initials on their colour. Always beside the name, for colour alone tells nobody apart."""

import flet as ft

from mes_app.domain.people import Profile, age_on
from mes_app.i18n import age
from mes_app.views.state import read_today
from mes_app.views.theme import SEMIBOLD


def avatar(profile: Profile, size: int = 36, *, badge: bool = False) -> ft.Control:
    """A disc of ``size`` pixels. ``badge`` adds a dot: something waits there. Silent for screen readers."""
    disc = ft.Container(
        width=size,
        height=size,
        bgcolor=profile.colour,
        shape=ft.BoxShape.CIRCLE,
        alignment=ft.Alignment.CENTER,
        content=ft.Text(profile.initials, size=size * 0.4, color=ft.Colors.WHITE, font_family=SEMIBOLD),
    )
    dot = ft.Container(
        width=14,
        height=14,
        right=0,
        top=0,
        bgcolor=ft.Colors.ERROR,
        shape=ft.BoxShape.CIRCLE,
        border=ft.Border.all(2, ft.Colors.SURFACE),
    )
    return ft.Semantics(
        content=ft.Stack([disc, dot], width=size, height=size) if badge else disc, exclude_semantics=True
    )


def read_age(profile: Profile) -> str:
    """« 9 ans »; empty when the day of birth is not known."""
    born = profile.birth.day if profile.birth else None
    if born is None:
        return ""
    completed = age_on(born, read_today())
    return age(completed.years, completed.months)
