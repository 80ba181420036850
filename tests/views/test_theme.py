"""What can be read: the contrast of every pair of colours that meet, for each person, in both themes."""

from itertools import product

import pytest

from mes_app.domain.people import PALETTE
from mes_app.views.theme import make_scheme, make_theme
from mes_app.views.tones import make_tone, measure_contrast, read_lch, read_luminance

SURFACES = (
    "surface",
    "surface_container_lowest",
    "surface_container_low",
    "surface_container",
    "surface_container_high",
    "surface_container_highest",
)
TEXTS = [
    *product(("on_surface", "on_surface_variant"), SURFACES),
    *product(("primary", "error"), SURFACES[:4]),
    ("on_primary", "primary"),
    ("on_error", "error"),
    *((f"on_{role}_container", f"{role}_container") for role in ("primary", "secondary", "tertiary", "error")),
    ("primary", "tertiary_container"),
    ("on_inverse_surface", "inverse_surface"),
]
MARKS = [*product(("outline", "primary"), SURFACES[:4]), ("on_primary_container", "primary_container")]
PEOPLE = pytest.mark.parametrize(("colour", "dark"), list(product(PALETTE, (False, True))))


@PEOPLE
def test_every_text_is_readable_on_what_lies_under_it(colour: str, dark: bool) -> None:
    scheme = make_scheme(colour, dark=dark)
    faint = {(text, under): measure_contrast(scheme[text], scheme[under]) for text, under in TEXTS}
    assert {pair: ratio for pair, ratio in faint.items() if ratio < 4.5} == {}


@PEOPLE
def test_every_icon_and_border_stands_out(colour: str, dark: bool) -> None:
    scheme = make_scheme(colour, dark=dark)
    faint = {(mark, under): measure_contrast(scheme[mark], scheme[under]) for mark, under in MARKS}
    assert {pair: ratio for pair, ratio in faint.items() if ratio < 3} == {}


@pytest.mark.parametrize("colour", PALETTE)
def test_initials_are_readable_on_the_colour_of_their_person(colour: str) -> None:
    assert measure_contrast("#FFFFFF", colour) >= 4.5


def test_the_people_of_a_family_are_told_apart_by_their_main_colour() -> None:
    assert len({make_scheme(colour, dark=False)["primary"] for colour in PALETTE}) == len(PALETTE)


def test_text_grows_with_the_preference_and_keeps_its_typeface() -> None:
    usual, large = (make_theme(PALETTE[0], dark=False, text_scale=scale).text_theme for scale in (1.0, 2.0))
    assert usual
    assert large
    assert usual.body_large
    assert large.body_large
    assert (usual.body_large.size, large.body_large.size) == (16, 32)
    assert large.body_large.font_family == "Atkinson"


@pytest.mark.parametrize("tone", [0, 10, 50, 90, 100])
def test_a_tone_looks_as_light_as_asked_whatever_the_hue(tone: int) -> None:
    expected = ((tone + 16) / 116) ** 3 if tone > 8 else tone / 903.3
    for colour in PALETTE:
        lch = read_lch(colour)
        assert read_luminance(make_tone(lch.hue, lch.chroma, tone)) == pytest.approx(expected, abs=0.01)


def test_black_and_white_have_the_greatest_contrast() -> None:
    assert measure_contrast("#000000", "#FFFFFF") == pytest.approx(21)
