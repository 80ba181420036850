from io import BytesIO

from PIL import Image

from mes_backend.demo.documents.pictures import make_fax, make_photo, make_ultrasound


def test_pictures_are_real_files_of_their_kind() -> None:
    photo, ultrasound, fax = (
        Image.open(BytesIO(data))
        for data in (make_photo("Dr Aubry\nRepos"), make_ultrasound("22 SA"), make_fax("Bonjour"))
    )
    assert (photo.format, ultrasound.format, fax.format) == ("JPEG", "JPEG", "TIFF")
    assert (fax.mode, fax.info["compression"]) == ("1", "group4")


def test_pictures_never_change() -> None:
    assert make_ultrasound("22 SA") == make_ultrasound("22 SA")
    assert make_photo("Dr Aubry") == make_photo("Dr Aubry")
