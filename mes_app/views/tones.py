"""Colours by how light they look, so that contrast is decided by numbers and not by eye.

A tone is the lightness L* of CIE Lab, from 0 (black) to 100 (white). Two colours 50 tones apart always have a
contrast of at least 4.5. Hue and chroma are those of OKLCH, where equal steps look equal.
"""

from math import atan2, cos, hypot, sin
from typing import NamedTuple

_LIGHTNESS_STEPS = 16
_CHROMA_STEP = 0.001


class Lch(NamedTuple):
    """A colour in OKLCH: lightness 0 to 1, chroma 0 to about 0.3, hue in radians."""

    lightness: float
    chroma: float
    hue: float


def read_lch(colour: str) -> Lch:
    """The OKLCH coordinates of ``#RRGGBB``."""
    red, green, blue = _linear_channels(colour)
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    middle = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    lightness = 0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short
    a = 1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short
    return Lch(lightness, hypot(a, b), atan2(b, a))


def make_tone(hue: float, chroma: float, tone: float) -> str:
    """The ``#RRGGBB`` of this hue at this tone, with as much of ``chroma`` as a screen can show there."""
    low, high = 0.0, 1.0
    for _ in range(_LIGHTNESS_STEPS):
        lightness = (low + high) / 2
        colour = _fit_gamut(Lch(lightness, chroma, hue))
        low, high = (lightness, high) if read_luminance(colour) < _luminance_of_tone(tone) else (low, lightness)
    return colour


def read_luminance(colour: str) -> float:
    """The relative luminance of ``#RRGGBB`` (WCAG 2): 0 black, 1 white."""
    red, green, blue = _linear_channels(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def measure_contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours (WCAG 2): 1 to 21."""
    dark, light = sorted((read_luminance(one), read_luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance_of_tone(tone: float) -> float:
    return float(((tone + 16) / 116) ** 3) if tone > 8 else tone / 903.3


def _linear_channels(colour: str) -> tuple[float, ...]:
    values = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    return tuple(value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in values)


def _fit_gamut(wanted: Lch) -> str:
    """Keep the most chroma with which red, green and blue all fit; as ``#RRGGBB``."""
    low, high = (wanted.chroma,) * 2 if _fits(wanted) else (0.0, wanted.chroma)
    while high - low > _CHROMA_STEP:
        middle = (low + high) / 2
        low, high = (middle, high) if _fits(wanted._replace(chroma=middle)) else (low, middle)
    return "#" + "".join(f"{_encode_channel(channel):02X}" for channel in _mix(wanted._replace(chroma=low)))


def _fits(colour: Lch) -> bool:
    return all(-1e-4 <= channel <= 1.0001 for channel in _mix(colour))


def _mix(colour: Lch) -> tuple[float, float, float]:
    a, b = colour.chroma * cos(colour.hue), colour.chroma * sin(colour.hue)
    long = (colour.lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (colour.lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (colour.lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    )


def _encode_channel(linear: float) -> int:
    clipped = min(max(linear, 0.0), 1.0)
    return round(255 * (12.92 * clipped if clipped <= 0.0031308 else 1.055 * clipped ** (1 / 2.4) - 0.055))
