import io
import subprocess
import sys
import zlib
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from pydicom import uid
from pydicom.encaps import encapsulate

from mes_app.domain.scans import Window
from mes_app.errors import Reason, Unreadable
from mes_app.formats import dicom
from mes_app.formats.dicom import read_scan, render_frame
from tests.formats.scans import AREA, COLUMNS, ROWS, jpeg_scan, rising, rle_scan, scan

RGB: dict[str, Any] = {"bits": 8, "SamplesPerPixel": 3, "PhotometricInterpretation": "RGB"}


def drawn(data: bytes, frame: int = 0, window: Window | None = None) -> list[Any]:
    with Image.open(io.BytesIO(render_frame(data, frame, window))) as image:
        assert image.size == (COLUMNS, ROWS)
        return list(image.get_flattened_data())


def refusal(data: bytes) -> Reason:
    with pytest.raises(Unreadable) as refused:
        read_scan(data)
    return refused.value.reason


def test_without_a_window_of_its_own_an_image_shows_all_its_greys() -> None:
    data = scan(rising(2), NumberOfFrames=2)
    found = read_scan(data)
    assert (found.frames, found.columns, found.rows, found.modality) == (2, COLUMNS, ROWS, "CT")
    assert (found.lowest, found.highest) == (0, AREA - 1)
    greys = drawn(data, 0, found.presets[0])
    assert (greys[0], greys[-1]) == (0, 255)
    assert greys == sorted(greys)


def test_a_window_of_the_file_shows_its_values_from_black_to_white() -> None:
    more: dict[str, Any] = {
        "WindowCenter": ["40", "-600"],
        "WindowWidth": ["20", "1500"],
        "WindowCenterWidthExplanation": ["Os", "Poumon"],
    }
    data = scan(rising(start=-10), PixelRepresentation=1, RescaleSlope="2", RescaleIntercept="10", **more)
    found = read_scan(data)
    assert found.presets == (Window(40, 20, "Os"), Window(-600, 1500, "Poumon"))
    assert (found.lowest, found.highest) == (-10, 84)
    greys = drawn(data, 0, found.presets[0])
    assert (greys[20], greys[25], greys[30]) == (0, 128, 255)


def test_bits_that_are_not_stored_change_nothing() -> None:
    plain = scan(rising(start=-20), PixelRepresentation=1, BitsStored=12, HighBit=11)
    cut = scan(
        bytes(b & 0x0F if at % 2 else b for at, b in enumerate(rising(start=-20))),
        PixelRepresentation=1,
        BitsStored=12,
        HighBit=11,
    )
    window = Window(0, 40)
    assert drawn(plain, 0, window) == drawn(cut, 0, window)


def test_where_white_is_the_lowest_value_it_is_drawn_so() -> None:
    data = scan(bytes(range(AREA)), bits=8, PhotometricInterpretation="MONOCHROME1")
    greys = drawn(data, 0, read_scan(data).presets[0])
    assert (greys[0], greys[-1]) == (255, 0)


@pytest.mark.parametrize("planar", [0, 1])
def test_an_image_in_colour_has_no_window(planar: int) -> None:
    pixels = b"\xc8\x0a\x14" * AREA if planar == 0 else b"\xc8" * AREA + b"\x0a" * AREA + b"\x14" * AREA
    data = scan(pixels, PlanarConfiguration=planar, **RGB)
    assert read_scan(data).presets == ()
    assert drawn(data)[0] == (200, 10, 20)


def test_rle_and_jpeg_frames_are_unpacked_one_at_a_time() -> None:
    packed = rle_scan()
    assert drawn(packed, 1, Window(AREA * 1.5, AREA)) == drawn(
        scan(rising(2), NumberOfFrames=2), 1, Window(AREA * 1.5, AREA)
    )
    assert abs(drawn(jpeg_scan(), 1, Window(127.5, 255))[0] - 101) <= 1
    assert abs(drawn(jpeg_scan("RGB"))[0][0] - 200) <= 4


def test_images_are_read_without_numpy_which_phones_do_not_have() -> None:
    program = (
        "import sys; sys.modules['numpy'] = None\n"
        "from tests.formats import test_dicom as t\n"
        "t.test_rle_and_jpeg_frames_are_unpacked_one_at_a_time()\n"
        "t.test_without_a_window_of_its_own_an_image_shows_all_its_greys()"
    )
    subprocess.run([sys.executable, "-c", program], check=True, cwd=Path(__file__).parents[2])


@pytest.mark.parametrize(
    "data",
    [
        scan(encapsulate([rising()]), syntax=uid.JPEG2000Lossless),
        scan(rising(), PhotometricInterpretation="PALETTE COLOR"),
        scan(bytes(AREA * 4), BitsAllocated=32),
        bytes(128) + b"DICM",
        scan(bytes(AREA // 8), bits=8, BitsAllocated=1),
    ],
)
def test_other_kinds_of_image_are_left_to_another_app(data: bytes) -> None:
    assert refusal(data) is Reason.NO_PREVIEW


def test_an_image_larger_than_any_screen_is_refused() -> None:
    assert refusal(scan(b"", Rows=60_000, Columns=60_000)) is Reason.TOO_LARGE
    assert refusal(scan(b"", NumberOfFrames=dicom.MAX_FRAMES + 1)) is Reason.TOO_LARGE
    assert refusal(bytes(128) + b"DICM" + bytes(dicom.MAX_BYTES)) is Reason.TOO_LARGE


def test_a_packed_file_is_never_unpacked_whole() -> None:
    plain = scan(rising())
    bomb = plain.replace(b"1.2.840.10008.1.2.1\x00", b"1.2.840.10008.1.2.1.99")
    assert refusal(bomb + zlib.compress(bytes(1_000_000))) is Reason.NO_PREVIEW


@pytest.mark.parametrize(
    "data",
    [
        b"",
        scan(rising()[:-4]),
        scan(rising(), NumberOfFrames=3),
        scan(rising(), Rows=0),
        scan(encapsulate([b"\xff\xd8\xff\x00"]), syntax=uid.JPEGBaseline8Bit, bits=8),
    ],
)
def test_a_broken_image_is_said_to_be_damaged(data: bytes) -> None:
    assert refusal(data) is Reason.DAMAGED


def test_a_frame_that_is_not_there_is_a_damage_and_not_a_crash() -> None:
    for frame in (-1, 1):
        with pytest.raises(Unreadable):
            render_frame(scan(rising()), frame, None)


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_a_file_changed_anywhere_is_shown_or_refused(data: st.DataObject) -> None:
    whole = bytearray(rle_scan())
    for _ in range(data.draw(st.integers(1, 4))):
        whole[data.draw(st.integers(132, len(whole) - 1))] = data.draw(st.integers(0, 255))
    with suppress(Unreadable):
        render_frame(bytes(whole), 0, None)


def test_nothing_that_is_shown_says_whose_image_it_is() -> None:
    assert "MARTIN" not in repr(read_scan(scan(rising())))
