from io import BytesIO

import pydicom

from mes_backend.demo.documents.scans import FRAMES, SIDE, make_scan


def test_the_scan_is_a_file_that_an_independent_reader_opens() -> None:
    image = pydicom.dcmread(BytesIO(make_scan("Cheville droite")))
    assert (image.NumberOfFrames, image.Rows, image.Columns) == (FRAMES, SIDE, SIDE)
    assert len(image.PixelData) == FRAMES * SIDE * SIDE * 2
    assert image.SeriesDescription == "Cheville droite"
    assert [float(centre) for centre in image.WindowCenter] == [500, 300]
    assert "PatientName" not in image


def test_the_scan_never_changes() -> None:
    assert make_scan("Cheville droite") == make_scan("Cheville droite")
