"""The sign of a person: initials or a symbol on their colour, or a photo. Beside the name, which alone is sure."""

import flet as ft

from mes_app.domain.people import Profile, age_on
from mes_app.i18n import age
from mes_app.views.state import read_today
from mes_app.views.theme import SEMIBOLD

SYMBOL_ICONS = {
    "face": ft.Icons.FACE_ROUNDED,
    "child": ft.Icons.CHILD_CARE_ROUNDED,
    "baby": ft.Icons.CHILD_FRIENDLY_ROUNDED,
    "elder": ft.Icons.ELDERLY_ROUNDED,
    "star": ft.Icons.STAR_ROUNDED,
    "flower": ft.Icons.LOCAL_FLORIST_ROUNDED,
    "tree": ft.Icons.PARK_ROUNDED,
    "sun": ft.Icons.WB_SUNNY_ROUNDED,
    "bicycle": ft.Icons.PEDAL_BIKE_ROUNDED,
    "music": ft.Icons.MUSIC_NOTE_ROUNDED,
    "book": ft.Icons.MENU_BOOK_ROUNDED,
    "paw": ft.Icons.PETS_ROUNDED,
}
"""The symbols of ``domain.people``."""


def avatar(profile: Profile, size: int = 36, *, badge: bool = False) -> ft.Control:
    """A disc of ``size`` pixels. ``badge`` adds a dot: something waits there. Silent for screen readers."""
    disc = ft.Container(
        width=size,
        height=size,
        bgcolor=profile.colour,
        shape=ft.BoxShape.CIRCLE,
        alignment=ft.Alignment.CENTER,
        image=ft.DecorationImage(profile.photo, fit=ft.BoxFit.COVER) if profile.photo else None,
        content=None if profile.photo else _draw_sign(profile, size),
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


def _draw_sign(profile: Profile, size: int) -> ft.Control:
    if icon := SYMBOL_ICONS.get(profile.symbol):
        return ft.Icon(icon, size=size * 0.6, color=ft.Colors.WHITE)
    return ft.Text(profile.initials, size=size * 0.4, color=ft.Colors.WHITE, font_family=SEMIBOLD)


def read_age(profile: Profile) -> str:
    """« 9 ans »; empty when the day of birth is not known."""
    born = profile.birth.day if profile.birth else None
    if born is None:
        return ""
    completed = age_on(born, read_today())
    return age(completed.years, completed.months)
