"""The documents that are not PDF: the photo of a paper, an ultrasound picture, a scanned fax.

Drawn with Pillow from the given words; nothing here may depend on chance or on a font of the machine.
"""

import hashlib
import math
from importlib.resources import files
from io import BytesIO

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont

_STRETCH = [max(0, min(255, (level - 128) * 4 + 150)) for level in range(256)]
"""Blurred noise is grey: this gives it back its blacks and whites."""


def _load_font(size: int, name: str = "Vera.ttf") -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(BytesIO(files("reportlab").joinpath("fonts", name).read_bytes()), size)


def make_photo(text: str) -> bytes:
    """A JPEG: a sheet of paper photographed on a table, its lines in blue ink, a little askew."""
    sheet = Image.new("RGB", (860, 1120), "#fbf9f1")
    draw = ImageDraw.Draw(sheet)
    for ruling in range(150, 1100, 52):
        draw.line((40, ruling, 820, ruling), fill="#d9dfe8", width=2)
    for number, line in enumerate(text.strip().splitlines()):
        ink = "#23233c" if number < 2 else "#2a3f9d"
        draw.text((70, 105 + number * 104), line, fill=ink, font=_load_font(44, "VeraIt.ttf"))
    draw.line([(470 + step * 6, 990 + 34 * math.sin(step / 2.1)) for step in range(44)], fill="#2a3f9d", width=5)
    table = Image.linear_gradient("L").resize((1100, 1420))
    desk = Image.merge("RGB", [table.point([150 - level // span for level in range(256)]) for span in (5, 6, 7)])
    turned = sheet.rotate(2.4, Image.Resampling.BICUBIC, expand=True)
    mask = Image.new("L", sheet.size, 255).rotate(2.4, Image.Resampling.BICUBIC, expand=True)
    shadow = mask.filter(ImageFilter.GaussianBlur(14)).point([level // 2 for level in range(256)])
    desk.paste("#2b241c", (112, 150), shadow)
    desk.paste(turned, (98, 132), mask)
    return _save(desk.filter(ImageFilter.GaussianBlur(0.6)), "JPEG", quality=82)


def _draw_foetus(draw: ImageDraw.ImageDraw) -> None:
    draw.ellipse((150, 190, 700, 500), fill=10)
    draw.ellipse((400, 300, 650, 440), fill=92, outline=150, width=4)
    for rib in range(440, 600, 22):
        draw.arc((rib, 312, rib + 34, 428), 100, 250, fill=165, width=4)
    draw.ellipse((486, 350, 530, 392), fill=30)
    draw.polygon([(248, 300), (226, 322), (246, 332), (236, 348), (262, 368), (300, 330)], fill=110)
    draw.ellipse((244, 236, 416, 384), fill=70, outline=235, width=7)
    draw.ellipse((300, 280, 350, 318), fill=38)
    draw.line([(330, 420), (372, 396), (352, 452)], fill=130, width=15)
    draw.line([(628, 372), (676, 330), (640, 300)], fill=120, width=18)


def make_ultrasound(text: str) -> bytes:
    """A JPEG: a grey fan of speckle with a foetus in profile, as printed at an examination."""
    size = (840, 640)
    tissue = Image.new("L", size, 105)
    _draw_foetus(ImageDraw.Draw(tissue))
    noise = hashlib.shake_256(text.encode()).digest(size[0] * size[1])
    speckle = Image.frombytes("L", size, noise).filter(ImageFilter.GaussianBlur(1.3)).point(_STRETCH)
    fan = Image.new("L", size, 0)
    ImageDraw.Draw(fan).pieslice((-200, -640, 1040, 600), 46, 134, fill=255)
    ImageDraw.Draw(fan).ellipse((330, -100, 510, 62), fill=0)
    echo = ImageChops.multiply(tissue.filter(ImageFilter.GaussianBlur(3)), speckle)
    picture = Image.composite(echo.point([min(255, level * 2) for level in range(256)]), Image.new("L", size), fan)
    draw = ImageDraw.Draw(picture)
    draw.text((20, 16), f"MATERNITÉ DES GENÊTS   {text}", fill=220, font=_load_font(20))
    draw.text((20, 604), "MI 0.9   TIs 0.2   14 cm   32 i/s", fill=200, font=_load_font(16))
    return _save(picture, "JPEG", quality=80)


def make_fax(text: str) -> bytes:
    """A black and white TIFF (Group 4) of 204 × 196 dots per inch, as a fax machine stores it."""
    page = Image.new("L", (1728, 2200), 255)
    draw = ImageDraw.Draw(page)
    draw.text((60, 24), "ATELIERS DE L'ORLE   TÉLÉCOPIE   P. 01/01", fill=0, font=_load_font(28))
    for number, line in enumerate(text.strip().splitlines()):
        draw.text((190, 260 + number * 92), line, fill=0, font=_load_font(48))
    draw.line([(1000 + step * 9, 1560 + 60 * math.sin(step / 1.9)) for step in range(48)], fill=0, width=7)
    draw.rectangle((880, 1700, 1560, 1900), outline=0, width=6)
    draw.text((910, 1765), "ATELIERS DE L'ORLE", fill=0, font=_load_font(52, "VeraBd.ttf"))
    bilevel = page.rotate(0.6, Image.Resampling.BICUBIC, fillcolor=255).convert("1", dither=Image.Dither.NONE)
    return _save(bilevel, "TIFF", compression="group4", dpi=(204, 196))


def _save(picture: Image.Image, kind: str, **options: object) -> bytes:
    output = BytesIO()
    picture.save(output, kind, **options)
    return output.getvalue()
