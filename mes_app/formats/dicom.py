"""Medical images (DICOM): their frames as pictures, grey values mapped by a window. Names and dates are not read.

Read are uncompressed, RLE and JPEG baseline images, grey or in colour; for any other kind the reason is NO_PREVIEW.
"""

import io
import warnings
from typing import Any

from PIL import Image

from mes_app.domain.scans import Scan, Window
from mes_app.domain.texts import clean_line
from mes_app.errors import Reason, Unreadable
from mes_app.formats.pictures import MAX_PIXELS, open_picture

MAX_BYTES = 300_000_000
MAX_FRAMES = 5_000
MAX_PRESETS = 8
_DEFLATED = b"1.2.840.10008.1.2.1.99"
_JPEG_BASELINE = "1.2.840.10008.1.2.4.50"
_PLAIN = {"1.2.840.10008.1.2", "1.2.840.10008.1.2.1", "1.2.840.10008.1.2.5"}
"""Implicit and explicit little endian, and RLE: what pydicom alone decodes to bytes."""
_GREY = ("MONOCHROME1", "MONOCHROME2")
_MODES = {"RGB": "RGB", "YBR_FULL": "YCbCr"}
_TAGS = [
    "Modality", "SamplesPerPixel", "PhotometricInterpretation", "PlanarConfiguration", "NumberOfFrames", "Rows",
    "Columns", "BitsAllocated", "BitsStored", "HighBit", "PixelRepresentation", "WindowCenter", "WindowWidth",
    "WindowCenterWidthExplanation", "RescaleIntercept", "RescaleSlope", "PixelData", "ExtendedOffsetTable",
    "ExtendedOffsetTableLengths",
]  # fmt: skip
_BROKEN = (ArithmeticError, AttributeError, EOFError, LookupError, OSError, RuntimeError, TypeError, ValueError)


def read_scan(data: bytes) -> Scan:
    """What there is to see in ``data``. Raises Unreadable(DAMAGED, TOO_LARGE, NO_PREVIEW)."""
    image = _read(data)
    try:
        lowest, highest = _extent(image)
        return Scan(
            frames=_count_frames(image),
            columns=image.Columns,
            rows=image.Rows,
            presets=_presets(image, lowest, highest),
            lowest=lowest,
            highest=highest,
            modality=clean_line(str(image.get("Modality", "")))[:16],
        )
    except _BROKEN as error:
        raise Unreadable(Reason.DAMAGED) from error


def render_frame(data: bytes, frame: int, window: Window | None) -> bytes:
    """Frame ``frame`` (from 0) as a PNG; ``window`` is of no matter in colour. Raises as ``read_scan``."""
    image = _read(data)
    try:
        pixels = _pixels(image, frame)
        if pixels.mode in ("I", "L"):
            pixels = pixels.point(_table(image, window, 256 if pixels.mode == "L" else 65_536), "L")
        out = io.BytesIO()
        pixels.convert("L" if pixels.mode == "L" else "RGB").save(out, "PNG")
    except _BROKEN as error:
        raise Unreadable(Reason.DAMAGED) from error
    return out.getvalue()


def _read(data: bytes) -> Any:
    """The image as pydicom knows it, of a kind that can be shown, within bounds."""
    import pydicom  # noqa: PLC0415 - a third of a second that only those who have such a file wait for
    from pydicom.errors import InvalidDicomError  # noqa: PLC0415

    _silence(pydicom)
    if len(data) > MAX_BYTES:
        raise Unreadable(Reason.TOO_LARGE)
    if _DEFLATED in data:  # pydicom would unpack it all, however large
        raise Unreadable(Reason.NO_PREVIEW)
    try:
        image = pydicom.dcmread(io.BytesIO(data), specific_tags=_TAGS)
        _check(image)
    except (InvalidDicomError, *_BROKEN) as error:
        raise Unreadable(Reason.DAMAGED) from error
    return image


def _silence(pydicom: Any) -> None:
    """What it would say of a file may quote the file."""
    pydicom.config.settings.reading_validation_mode = pydicom.config.IGNORE
    pydicom.config.logger.disabled = True
    warnings.filterwarnings("ignore", module="pydicom")


def _check(image: Any) -> None:
    if "PixelData" not in image or not _is_shown(image):
        raise Unreadable(Reason.NO_PREVIEW)
    if image.Rows * image.Columns > MAX_PIXELS or not 0 < _count_frames(image) <= MAX_FRAMES:
        raise Unreadable(Reason.TOO_LARGE)


def _is_shown(image: Any) -> bool:
    syntax = image.file_meta.TransferSyntaxUID
    grey = image.PhotometricInterpretation in _GREY and image.SamplesPerPixel == 1
    if syntax == _JPEG_BASELINE:
        return bool(image.BitsAllocated == 8)
    if syntax not in _PLAIN:
        return False
    coloured = image.PhotometricInterpretation in _MODES and image.SamplesPerPixel == 3
    return bool(image.BitsAllocated in (8, 16) if grey else coloured and image.BitsAllocated == 8)


def _count_frames(image: Any) -> int:
    return int(image.get("NumberOfFrames") or 1)


def _pixels(image: Any, frame: int, raw: str = "I;16") -> Image.Image:
    """The frame as stored: mode I (16 bits, read as ``raw``) or L in grey, RGB or YCbCr in colour."""
    if not 0 <= frame < _count_frames(image):
        raise Unreadable(Reason.DAMAGED)
    if image.file_meta.TransferSyntaxUID == _JPEG_BASELINE:
        return _unpack_jpeg(image, frame)
    from pydicom.pixels.decoders.base import get_decoder  # noqa: PLC0415

    found, facts = get_decoder(image.file_meta.TransferSyntaxUID).as_buffer(image, index=frame)
    size, stored = (image.Columns, image.Rows), bytes(found)
    if image.SamplesPerPixel == 1:
        return (
            Image.frombytes("I", size, stored, "raw", raw)
            if image.BitsAllocated == 16
            else Image.frombytes("L", size, stored)
        )
    mode = _MODES[image.PhotometricInterpretation]
    if not facts.get("planar_configuration"):
        return Image.frombytes(mode, size, stored)
    area = size[0] * size[1]
    return Image.merge(mode, [Image.frombytes("L", size, stored[at : at + area]) for at in range(0, 3 * area, area)])


def _unpack_jpeg(image: Any, frame: int) -> Image.Image:
    from pydicom.encaps import get_frame  # noqa: PLC0415

    with open_picture(get_frame(image.PixelData, frame, number_of_frames=_count_frames(image))) as picture:
        if picture.format != "JPEG" or picture.mode not in ("L", "RGB"):
            raise Unreadable(Reason.DAMAGED)
        picture.load()
        return picture.copy()


def _table(image: Any, window: Window | None, size: int) -> list[int]:
    """The grey, from 0 to 255, of each number below ``size`` that a pixel may be stored as."""
    lowest, highest = 0.0, 255.0
    if window:
        half = max(window.width, 1) / 2
        lowest, highest = window.centre - half, window.centre + half
    slope, intercept = _rescaling(image)
    factor, shift = slope * 255 / (highest - lowest), (intercept - lowest) * 255 / (highest - lowest)
    flipped = 255 if image.PhotometricInterpretation == "MONOCHROME1" else 0
    numbers = _numbers(image)
    greys = [flipped ^ min(max(round(number * factor + shift), 0), 255) for number in numbers]
    return greys * (size // len(greys))


def _numbers(image: Any) -> list[int]:
    """What the stored bits mean, in the order of their patterns; bits above ``BitsStored`` mean nothing."""
    count = 1 << min(image.get("BitsStored") or image.BitsAllocated, image.BitsAllocated)
    if image.get("PixelRepresentation"):
        return [*range(count // 2), *range(-count // 2, 0)]
    return list(range(count))


def _rescaling(image: Any) -> tuple[float, float]:
    slope, intercept = float(image.get("RescaleSlope") or 1), float(image.get("RescaleIntercept") or 0)
    return slope, intercept


def _extent(image: Any) -> tuple[float, float]:
    """The lowest and the highest grey value of the first frame; of no matter in colour."""
    pixels = _pixels(image, 0, "I;16S" if image.get("PixelRepresentation") else "I;16")
    if pixels.mode not in ("I", "L"):
        return 0, 0
    edges: Any = pixels.getextrema()
    slope, intercept = _rescaling(image)
    low, high = sorted(edge * slope + intercept for edge in edges)
    return low, high


def _presets(image: Any, lowest: float, highest: float) -> tuple[Window, ...]:
    if image.PhotometricInterpretation not in _GREY:
        return ()
    centres, widths, names = (
        _list(image.get(tag)) for tag in ("WindowCenter", "WindowWidth", "WindowCenterWidthExplanation")
    )
    found = [
        Window(float(centre), float(width), clean_line(str(names[rank])) if rank < len(names) else "")
        for rank, (centre, width) in enumerate(zip(centres[:MAX_PRESETS], widths, strict=False))
    ]
    return tuple(found) or (Window((lowest + highest) / 2, max(highest - lowest, 1)),)


def _list(value: Any) -> list[Any]:
    if value is None or value == "":
        return []
    return [value] if isinstance(value, str | int | float) else list(value)
