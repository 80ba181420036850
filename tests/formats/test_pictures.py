import io

import pytest
from PIL import Image

from mes_app.errors import Reason, Rejected, Unreadable
from mes_app.formats.pictures import (
    MAX_FRAMES,
    check_picture,
    clean_picture,
    draw_thumbnail,
    hides_more,
    measure_picture,
    open_picture,
    shrink_picture,
)
from tests.services.family import image

NOISE = Image.effect_noise((100, 75), 90).resize((1600, 1200)).convert("RGB")
SIDEWAYS = 6
"""What a camera held upright writes of its picture, which lies on its side."""


def photo(picture: Image.Image = NOISE, turned: int = SIDEWAYS) -> bytes:
    notes = Image.Exif()
    notes[0x0112] = turned
    notes.get_ifd(0x8825)[1] = "N"
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=90, exif=notes)
    return out.getvalue()


@pytest.mark.parametrize("limit", [600_000, 300_000, 180_000])
def test_a_photo_becomes_as_fine_as_the_limit_allows_upright_and_without_where_it_was_taken(limit: int) -> None:
    small = shrink_picture(photo(), limit)
    assert limit / 4 < len(small) <= limit
    width, height = measure_picture(small)
    assert height > width
    assert not hides_more(small, "image/jpeg")


def test_the_long_side_is_bounded() -> None:
    large = io.BytesIO()
    Image.new("L", (9_000, 300), 200).save(large, "PNG")
    assert measure_picture(shrink_picture(large.getvalue(), 5_000_000)) == (2400, 80)


def test_a_photo_that_no_quality_brings_under_the_limit_is_refused() -> None:
    with pytest.raises(Rejected) as refused:
        shrink_picture(photo(), 1_000)
    assert (refused.value.field, refused.value.reason) == ("file", Reason.TOO_BIG)


def test_what_is_see_through_lies_on_white() -> None:
    clear = io.BytesIO()
    Image.new("RGBA", (10, 10), (0, 0, 0, 0)).save(clear, "PNG")
    with open_picture(shrink_picture(clear.getvalue(), 10_000)) as shown:
        assert shown.convert("RGB").getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize("turned", [1, SIDEWAYS])
def test_a_photo_is_cleaned_of_the_notes_of_the_camera_and_stays_upright(turned: int) -> None:
    clean = clean_picture(photo(turned=turned))
    assert measure_picture(clean) == ((1600, 1200) if turned == 1 else (1200, 1600))
    assert not hides_more(clean, "image/jpeg")


def test_a_thumbnail_fits_its_square() -> None:
    assert measure_picture(draw_thumbnail(photo(), 96)) == (72, 96)


def test_more_pictures_in_one_file_than_anybody_scans_are_refused() -> None:
    with pytest.raises(Unreadable) as refused:
        check_picture(image("TIFF", (2, 2), MAX_FRAMES + 1))
    assert refused.value.reason is Reason.TOO_LARGE
