"""How everything looks: one colour scheme a person, one type scale, shapes. Screens name roles, never colours.

The scheme is computed here instead of by Flutter's seed, so that a test can prove the contrast of every pair.
"""

from functools import cache

import flet as ft

from mes_app.views.tones import make_tone, read_lch

REGULAR, SEMIBOLD, BOLD = "Atkinson", "Atkinson Semibold", "Atkinson Bold"
FONTS = {
    REGULAR: "fonts/AtkinsonNext-Regular.ttf",
    SEMIBOLD: "fonts/AtkinsonNext-Semibold.ttf",
    BOLD: "fonts/AtkinsonNext-Bold.ttf",
}
RADIUS = 12
TARGET = 48
"""The least height and width of anything that can be pressed."""

BAR_TEXT_SCALE = 1.25
"""The words of the navigation grow no further: four of them share the width of a phone."""

_ERROR_HUE, _ERROR_CHROMA = 0.49, 0.17
_NOTICE_HUE = 1.35

_FOCUS_RING = {ft.ControlState.FOCUSED: ft.BorderSide(3, ft.Colors.ON_SURFACE)}
"""Material only tints what has the focus: too little to be found on a filled button."""

# role: (share of the person's chroma, tone in light, tone in dark)
_PERSON_TONES = {
    "primary": (1.0, 38, 80),
    "on_primary": (0.3, 100, 18),
    "primary_container": (0.45, 91, 28),
    "on_primary_container": (0.8, 18, 92),
    "secondary": (0.4, 38, 80),
    "on_secondary": (0.2, 100, 18),
    "secondary_container": (0.3, 91, 27),
    "on_secondary_container": (0.4, 18, 92),
    "surface": (0.05, 97.5, 7),
    "surface_container_lowest": (0.03, 100, 11),
    "surface_container_low": (0.05, 100, 12),
    "surface_container": (0.07, 95, 14),
    "surface_container_high": (0.09, 93, 18),
    "surface_container_highest": (0.11, 91, 22),
    "surface_dim": (0.08, 88, 6),
    "surface_bright": (0.05, 98, 24),
    "on_surface": (0.08, 11, 92),
    "on_surface_variant": (0.12, 36, 78),
    "outline": (0.15, 50, 60),
    "outline_variant": (0.12, 86, 27),
    "inverse_surface": (0.08, 20, 90),
    "on_inverse_surface": (0.05, 96, 14),
    "inverse_primary": (0.9, 82, 38),
}
_ERROR_TONES = {
    "error": (1.0, 41, 80),
    "on_error": (0.1, 100, 18),
    "error_container": (0.32, 92, 26),
    "on_error_container": (0.7, 20, 93),
}
_NOTICE_TONES = {
    "tertiary": (0.10, 38, 82),
    "on_tertiary": (0.02, 100, 18),
    "tertiary_container": (0.07, 92, 26),
    "on_tertiary_container": (0.08, 20, 93),
}

# style: (size, family, line height)
_TYPE = {
    "display_small": (34, BOLD, 1.2),
    "headline_large": (30, BOLD, 1.2),
    "headline_medium": (26, BOLD, 1.25),
    "headline_small": (22, SEMIBOLD, 1.3),
    "title_large": (20, SEMIBOLD, 1.3),
    "title_medium": (17, SEMIBOLD, 1.35),
    "title_small": (15, SEMIBOLD, 1.35),
    "body_large": (16, REGULAR, 1.5),
    "body_medium": (15, REGULAR, 1.45),
    "body_small": (14, REGULAR, 1.4),
    "label_large": (16, SEMIBOLD, 1.25),
    "label_medium": (14, SEMIBOLD, 1.25),
    "label_small": (13, REGULAR, 1.25),
}


@cache
def make_scheme(colour: str, *, dark: bool) -> dict[str, str]:
    """The colour of each Material role for the person whose ``colour`` this is; the names are those of Flet."""
    person = read_lch(colour)
    place = 1 + dark
    families = (
        (_PERSON_TONES, person.hue, person.chroma),
        (_ERROR_TONES, _ERROR_HUE, _ERROR_CHROMA),
        (_NOTICE_TONES, _NOTICE_HUE, 1.0),
    )
    return {
        role: make_tone(hue, chroma * row[0], row[place])
        for tones, hue, chroma in families
        for role, row in tones.items()
    }


def make_theme(colour: str, *, dark: bool, text_scale: float = 1.0) -> ft.Theme:
    """The theme of a person: scheme, type multiplied by ``text_scale``, and the shapes of every control."""
    scheme = make_scheme(colour, dark=dark)
    texts, bar_texts = _make_text_theme(text_scale), _make_text_theme(min(text_scale, BAR_TEXT_SCALE))
    shape = ft.RoundedRectangleBorder(radius=RADIUS)
    button = _make_button_style(texts)
    return ft.Theme(
        color_scheme=ft.ColorScheme(**scheme, surface_tint=ft.Colors.TRANSPARENT),
        font_family=REGULAR,
        text_theme=ft.TextTheme(**texts),
        scaffold_bgcolor=scheme["surface"],
        appbar_theme=ft.AppBarTheme(
            bgcolor=scheme["surface"], elevation=0, elevation_on_scroll=0, title_text_style=texts["title_large"]
        ),
        navigation_bar_theme=_make_navigation_bar_theme(scheme, bar_texts),
        navigation_rail_theme=_make_navigation_rail_theme(scheme, bar_texts),
        filled_button_theme=ft.FilledButtonTheme(style=_make_button_style(texts, scheme)),
        outlined_button_theme=ft.OutlinedButtonTheme(style=button),
        text_button_theme=ft.TextButtonTheme(style=button),
        icon_button_theme=ft.IconButtonTheme(style=ft.ButtonStyle(side=_FOCUS_RING)),
        divider_theme=ft.DividerTheme(color=scheme["outline_variant"], thickness=1, space=1),
        dialog_theme=ft.DialogTheme(
            bgcolor=scheme["surface_container_low"],
            shape=ft.RoundedRectangleBorder(radius=20),
            inset_padding=ft.Padding.symmetric(horizontal=16, vertical=24),
        ),
        popup_menu_theme=ft.PopupMenuTheme(color=scheme["surface_container_high"], elevation=3, shape=shape),
        snackbar_theme=ft.SnackBarTheme(
            behavior=ft.SnackBarBehavior.FLOATING,
            shape=shape,
            bgcolor=scheme["inverse_surface"],
            content_text_style=_make_style("body_large", text_scale, scheme["on_inverse_surface"]),
        ),
        visual_density=ft.VisualDensity.STANDARD,
        use_material3=True,
    )


def _make_button_style(texts: dict[str, ft.TextStyle], filled: dict[str, str] | None = None) -> ft.ButtonStyle:
    """``filled``: the scheme, for buttons that have a ground, which stays flat and legible while they are disabled."""
    disabled = ft.ControlState.DISABLED
    return ft.ButtonStyle(
        shape=ft.RoundedRectangleBorder(radius=RADIUS),
        text_style=texts["label_large"],
        padding=ft.Padding.symmetric(horizontal=20, vertical=14),
        shadow_color=ft.Colors.TRANSPARENT,
        bgcolor={disabled: filled["surface_container_highest"]} if filled else None,
        color={disabled: filled["on_surface_variant"]} if filled else None,
        side=_FOCUS_RING,
    )


def _make_navigation_bar_theme(scheme: dict[str, str], texts: dict[str, ft.TextStyle]) -> ft.NavigationBarTheme:
    return ft.NavigationBarTheme(
        bgcolor=scheme["surface_container"],
        indicator_color=scheme["primary_container"],
        elevation=0,
        label_text_style=texts["label_small"],
    )


def _make_navigation_rail_theme(scheme: dict[str, str], texts: dict[str, ft.TextStyle]) -> ft.NavigationRailTheme:
    return ft.NavigationRailTheme(
        bgcolor=scheme["surface"],
        indicator_color=scheme["primary_container"],
        elevation=0,
        min_width=96,
        selected_label_text_style=texts["label_medium"],
        unselected_label_text_style=texts["label_small"],
    )


def _make_text_theme(text_scale: float) -> dict[str, ft.TextStyle]:
    return {name: _make_style(name, text_scale, ft.Colors.ON_SURFACE) for name in _TYPE}


def _make_style(name: str, text_scale: float, colour: str) -> ft.TextStyle:
    """Size, family and colour are all stated: what a style leaves out, Flutter would fill with Roboto and black."""
    size, family, height = _TYPE[name]
    return ft.TextStyle(size=size * text_scale, font_family=family, height=height, letter_spacing=0, color=colour)
