"""The bundled typeface can write French medicine."""

from pathlib import Path

import pytest
from PIL import ImageFont

from mes_app.views.theme import FONTS

ASSETS = Path(__file__).parents[2] / "assets"
SIGNS = "ÀÂÄÇÉÈÊËÎÏÔÖÙÛÜŸŒÆàâäçéèêëîïôöùûüÿœæ«»’‘“”–—…•·\u00a0\u202fµμ≥≤²³°±×÷€−½@%"


@pytest.mark.parametrize("file", FONTS.values())
def test_every_sign_has_its_own_drawing(file: str) -> None:
    font = ImageFont.truetype(ASSETS / file, 40)
    unknown = bytes(font.getmask("\u4e2d"))
    assert [sign for sign in SIGNS if bytes(font.getmask(sign)) == unknown] == []


def test_the_licence_of_the_typeface_comes_with_it() -> None:
    assert "SIL OPEN FONT LICENSE" in (ASSETS / "fonts" / "OFL.txt").read_text("utf-8")
