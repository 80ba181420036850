"""Build assets/fonts from the npm package @fontsource/atkinson-hyperlegible-next, unpacked in the folder given.

Run it only to change the fonts: ``python tools/make_fonts.py <package folder>``. The package splits each weight
into latin and latin-ext; they are merged here. The typeface lacks four signs that French medical text needs:
the narrow no-break space (given the thin space), µ, ≥ and ≤ (composed from the letters they resemble).
"""

import shutil
import sys
import tempfile
from pathlib import Path

from fontTools.merge import Merger
from fontTools.pens.boundsPen import BoundsPen
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

WEIGHTS = {400: "Regular", 600: "Semibold", 700: "Bold"}
TARGET = Path(__file__).parents[1] / "assets" / "fonts"
NEEDED = "ÀÂÄÇÉÈÊËÎÏÔÖÙÛÜŸŒÆàâäçéèêëîïôöùûüÿœæ«»’‘“”–—…•·\u00a0\u202fµμ≥≤²³°±×÷€−½@%"


def make_fonts(package: Path) -> None:
    """Write one TTF a weight, and the licence. Raises ValueError when a sign of NEEDED is still missing."""
    TARGET.mkdir(parents=True, exist_ok=True)
    for weight, name in WEIGHTS.items():
        font = merge_subsets(package / "files", weight)
        add_missing_signs(font)
        missing = [sign for sign in NEEDED if ord(sign) not in font.getBestCmap()]
        if missing:
            raise ValueError(f"{name} lacks {missing}")
        font.save(TARGET / f"AtkinsonNext-{name}.ttf")
    shutil.copy(package / "LICENSE", TARGET / "OFL.txt")


def merge_subsets(files: Path, weight: int) -> TTFont:
    """One font from the latin and latin-ext web fonts of a weight."""
    with tempfile.TemporaryDirectory() as folder:
        parts = []
        for subset in ("latin", "latin-ext"):
            font = TTFont(files / f"atkinson-hyperlegible-next-{subset}-{weight}-normal.woff2")
            font.flavor = None
            parts.append(f"{folder}/{subset}.ttf")
            font.save(parts[-1])
        return Merger().merge(parts)


def add_missing_signs(font: TTFont) -> None:
    """Give ``font`` U+202F, µ, ≥ and ≤."""
    add_sign(font, "mu", (0xB5, 0x3BC), [("u", (1, 0, 0, 1, 0, 0)), ("dotlessi", descender(font))])
    shrink, bar = (1, 0, 0, 0.78, 0, 109), (0.9, 0, 0, 1, 10, -209)
    add_sign(font, "greaterequal", (0x2265,), [("greater", shrink), ("minus", bar)])
    add_sign(font, "lessequal", (0x2264,), [("less", shrink), ("minus", bar)])
    for table in font["cmap"].tables:
        table.cmap[0x202F] = font.getBestCmap()[0x2009]


def descender(font: TTFont) -> tuple[float, ...]:
    """Where the stem of ``dotlessi`` goes to be the tail of µ: under the left stem of u."""
    left = bounds(font, "u")[0] - bounds(font, "dotlessi")[0]
    return (1, 0, 0, 0.6, left, bounds(font, "p")[1])


def bounds(font: TTFont, glyph: str) -> tuple[float, float, float, float]:
    """The box around ``glyph``: left, bottom, right, top in font units."""
    pen = BoundsPen(font.getGlyphSet())
    font.getGlyphSet()[glyph].draw(pen)
    return pen.bounds


def add_sign(font: TTFont, name: str, codes: tuple[int, ...], parts: list[tuple[str, tuple[float, ...]]]) -> None:
    """Draw ``parts`` (glyph, transformation) as a new glyph as wide as the first of them."""
    glyphs, pen = font.getGlyphSet(), TTGlyphPen(None)
    for part, transformation in parts:
        glyphs[part].draw(TransformPen(pen, transformation))
    font.setGlyphOrder([*font.getGlyphOrder(), name])
    font["glyf"][name] = pen.glyph()
    font["hmtx"][name] = (glyphs[parts[0][0]].width, int(bounds(font, parts[0][0])[0]))
    for table in font["cmap"].tables:
        table.cmap.update(dict.fromkeys(codes, name))


if __name__ == "__main__":
    make_fonts(Path(sys.argv[1]))
