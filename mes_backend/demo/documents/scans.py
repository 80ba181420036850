"""A medical image of many frames (DICOM), drawn by numbers: an ankle, slice by slice. It is nobody's."""

import struct
from hashlib import sha256

from PIL import Image, ImageChops, ImageDraw, ImageFilter

SIDE = 128
FRAMES = 12
_BRIGHTEST = 1000
_MR_IMAGE = "1.2.840.10008.5.1.4.1.1.4"
_EXPLICIT_LITTLE_ENDIAN = "1.2.840.10008.1.2.1"
_LONG = ("OB", "OW")
"""Values whose length takes four bytes."""

Element = tuple[int, int, str, bytes]
"""Group, number, representation, value."""


def make_scan(text: str) -> bytes:
    """Twelve slices in 16 bits of grey with two windows; ``text`` describes the series."""
    identity = int.from_bytes(sha256(text.encode()).digest()[:12], "big")
    unique = f"2.25.{identity}"
    head = [
        (0x0002, 0x0001, "OB", b"\x00\x01"),
        (0x0002, 0x0002, "UI", _MR_IMAGE.encode()),
        (0x0002, 0x0003, "UI", unique.encode()),
        (0x0002, 0x0010, "UI", _EXPLICIT_LITTLE_ENDIAN.encode()),
        (0x0002, 0x0012, "UI", b"2.25.990001"),
    ]
    written = b"".join(_write(element) for element in head)
    length = _write((0x0002, 0x0000, "UL", struct.pack("<I", len(written))))
    body = b"".join(_write(element) for element in _describe(text.strip(), unique))
    return bytes(128) + b"DICM" + length + written + body


def _describe(text: str, unique: str) -> list[Element]:
    def number(value: int) -> bytes:
        return struct.pack("<H", value)

    frames = b"".join(_draw_slice(rank) for rank in range(FRAMES))
    return [
        (0x0008, 0x0005, "CS", b"ISO_IR 192"),
        (0x0008, 0x0016, "UI", _MR_IMAGE.encode()),
        (0x0008, 0x0018, "UI", unique.encode()),
        (0x0008, 0x0060, "CS", b"MR"),
        (0x0008, 0x103E, "LO", text.encode()),
        (0x0028, 0x0002, "US", number(1)),
        (0x0028, 0x0004, "CS", b"MONOCHROME2"),
        (0x0028, 0x0008, "IS", str(FRAMES).encode()),
        (0x0028, 0x0010, "US", number(SIDE)),
        (0x0028, 0x0011, "US", number(SIDE)),
        (0x0028, 0x0100, "US", number(16)),
        (0x0028, 0x0101, "US", number(12)),
        (0x0028, 0x0102, "US", number(11)),
        (0x0028, 0x0103, "US", number(0)),
        (0x0028, 0x1050, "DS", b"500\\300"),
        (0x0028, 0x1051, "DS", b"1000\\400"),
        (0x0028, 0x1055, "LO", "Étendue\\Parties molles".encode()),
        (0x7FE0, 0x0010, "OW", frames),
    ]


def _write(element: Element) -> bytes:
    """One element in explicit little endian, its value made even."""
    group, number, kind, value = element
    padding = b"\x00" if kind in ("UI", "OB", "OW") else b" "
    value += padding * (len(value) % 2)
    size = struct.pack("<HI", 0, len(value)) if kind in _LONG else struct.pack("<H", len(value))
    return struct.pack("<HH", group, number) + kind.encode() + size + value


def _draw_slice(rank: int) -> bytes:
    """One sagittal slice of an ankle: marrow bright, the rim of a bone dark, the soft parts between."""
    depth = abs(rank - (FRAMES - 1) / 2) / FRAMES
    skin = Image.new("L", (SIDE, SIDE))
    draw = ImageDraw.Draw(skin)
    inset = round(26 * depth)
    draw.polygon([(38 + inset, 0), (88 - inset, 0), (92 - inset, 60), (122, 96), (120, 112), (26, 114), (22, 92)], 70)
    bones = Image.new("L", (SIDE, SIDE))
    draw = ImageDraw.Draw(bones)
    for box in ((48, -40, 80, 56), (46, 54, 92, 80), (26, 78, 72, 108), (84, 66, 118, 92)):
        left, top, right, bottom = box
        shrunk = (left + inset // 2, top + inset // 2, right - inset // 2, bottom - inset // 2)
        draw.ellipse(shrunk, fill=200, outline=18, width=3)
    draw.line([(34, 20), (30, 60), (28, 92)], fill=22, width=4)
    marked = ImageChops.composite(bones, skin, bones.point([255 if level else 0 for level in range(256)]))
    smooth = marked.filter(ImageFilter.GaussianBlur(0.8 + 3 * depth))
    return b"".join(struct.pack("<H", level * _BRIGHTEST // 255) for level in smooth.tobytes())
