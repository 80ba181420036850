"""Photographs and scans as documents: upright, without what a camera hides in them, and light enough to be sent.

Every picture is measured before it is decoded: a file of a few bytes may claim to fill any memory.
"""

import io
from typing import Any

from PIL import Image, ImageOps, UnidentifiedImageError

from mes_app.domain.content_types import JPEG, PNG
from mes_app.errors import Reason, Rejected, Unreadable

MAX_PIXELS = 60_000_000
MAX_FRAMES = 500
_SIDES = (2400, 1800, 1300, 1000)
_QUALITIES = (88, 74, 60, 46, 34)
_ORIENTATION = 0x0112
_LONGEST_SHAPE = 4
"""How many times longer than wide a picture may be that loses no detail when its middle is cut out."""
_BROKEN = (
    UnidentifiedImageError, OSError, EOFError, ValueError, SyntaxError, TypeError, LookupError, ArithmeticError,
)  # fmt: skip
"""What Pillow raises at a file that is no picture, or stops being one half-way."""


def open_picture(data: bytes) -> Image.Image:
    """A picture that is small enough to be decoded. Raises Unreadable(DAMAGED, TOO_LARGE)."""
    try:
        image = Image.open(io.BytesIO(data))
    except Image.DecompressionBombError as error:
        raise Unreadable(Reason.TOO_LARGE) from error
    except _BROKEN as error:
        raise Unreadable(Reason.DAMAGED) from error
    if image.width * image.height > MAX_PIXELS or _count_frames(image) > MAX_FRAMES:
        raise Unreadable(Reason.TOO_LARGE)
    return image


def check_picture(data: bytes) -> None:
    """Decode every frame of it. Raises as ``open_picture``."""
    with open_picture(data) as image:
        for frame in range(_count_frames(image)):
            try:
                image.seek(frame)
                if image.width * image.height > MAX_PIXELS:
                    raise Unreadable(Reason.TOO_LARGE)
                image.load()
            except _BROKEN as error:
                raise Unreadable(Reason.DAMAGED) from error


def hides_more(data: bytes, content_type: str) -> bool:
    """Whether a JPEG or PNG says more than its picture: a camera's notes (where it was taken), or another file."""
    with open_picture(data) as image:
        if content_type == JPEG:
            return bool(image.getexif()) or not data.rstrip(b"\0").endswith(b"\xff\xd9")
        return content_type == PNG and (bool(image.getexif()) or data[-8:-4] != b"IEND")


def clean_picture(data: bytes) -> bytes:
    """The picture alone, upright, in the same format. Raises as ``open_picture``."""
    with open_picture(data) as image:
        options: dict[str, Any] = {"icc_profile": image.info.get("icc_profile")}
        if image.format == "JPEG":
            upright = image.getexif().get(_ORIENTATION, 1) == 1
            options["quality"] = "keep" if upright else _QUALITIES[0]
        try:
            turned = image if options.get("quality") == "keep" else ImageOps.exif_transpose(image)
            out = io.BytesIO()
            turned.save(out, image.format, exif=b"", **options)
        except _BROKEN as error:
            raise Unreadable(Reason.DAMAGED) from error
    return out.getvalue()


def shrink_picture(data: bytes, limit: int) -> bytes:
    """The picture as a JPEG of at most ``limit`` bytes, upright, as fine as that allows.

    Its long side is at most 2,400 pixels: a sheet at the 200 dots per inch of an office scanner.
    Raises Rejected("file", TOO_BIG) where even the coarsest is larger, and as ``open_picture``.
    """
    upright = _scale(data, _SIDES[0])
    for side in _SIDES:
        upright.thumbnail((side, side))
        finest = _find_finest(upright, limit)
        if finest:
            return finest
    raise Rejected("file", Reason.TOO_BIG)


def _find_finest(picture: Image.Image, limit: int) -> bytes | None:
    """``picture`` in the best quality of at most ``limit`` bytes, found by halves; None where there is none."""
    best = _write_jpeg(picture, _QUALITIES[-1])
    if len(best) > limit:
        return None
    finer, coarser = 0, len(_QUALITIES) - 1
    while finer < coarser:
        middle = (finer + coarser) // 2
        tried = _write_jpeg(picture, _QUALITIES[middle])
        if len(tried) <= limit:
            best, coarser = tried, middle
        else:
            finer = middle + 1
    return best


def _write_jpeg(picture: Image.Image, quality: int) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=quality, comment=b"")
    return out.getvalue()


def draw_thumbnail(data: bytes, side: int) -> bytes:
    """The first picture of ``data`` as a PNG of at most ``side`` pixels each way. Raises as ``open_picture``."""
    out = io.BytesIO()
    _scale(data, side).save(out, "PNG")
    return out.getvalue()


def draw_portrait(data: bytes, side: int) -> bytes:
    """The middle of the picture as a square JPEG of ``side`` pixels, upright, without what a camera hides in it.

    Raises as ``open_picture``.
    """
    return _write_jpeg(ImageOps.fit(_scale(data, side * _LONGEST_SHAPE), (side, side)), _QUALITIES[0])


def count_frames(data: bytes) -> int:
    """How many pictures are in one file. Raises as ``open_picture``."""
    with open_picture(data) as image:
        return _count_frames(image)


def measure_picture(data: bytes) -> tuple[int, int]:
    """Its width and height in pixels, as stored. Raises as ``open_picture``."""
    with open_picture(data) as image:
        return image.size


def _scale(data: bytes, side: int) -> Image.Image:
    """Upright, on white where it is see-through, in colours or greys, at most ``side`` pixels each way."""
    with open_picture(data) as image:
        try:
            image.thumbnail((side, side))
            upright = ImageOps.exif_transpose(image)
            if upright.mode in ("RGBA", "LA", "PA") or "transparency" in upright.info:
                ground = Image.new("RGBA", upright.size, "white")
                upright = Image.alpha_composite(ground, upright.convert("RGBA"))
            return upright.convert("L" if upright.mode in ("1", "L") else "RGB")
        except _BROKEN as error:
            raise Unreadable(Reason.DAMAGED) from error


def _count_frames(image: Image.Image) -> int:
    try:
        return int(getattr(image, "n_frames", 1))
    except _BROKEN as error:
        raise Unreadable(Reason.DAMAGED) from error
