"""Medical images as machines write them: frames of 8 rows and 6 columns, each pixel its own number."""

import io
from array import array
from typing import Any

import pydicom
from PIL import Image
from pydicom import uid
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.encaps import encapsulate

ROWS, COLUMNS = 8, 6
AREA = ROWS * COLUMNS


def scan(pixels: bytes, *, syntax: str = uid.ExplicitVRLittleEndian, bits: int = 16, **more: Any) -> bytes:
    """A DICOM file of ``pixels``; ``more`` sets or replaces elements by keyword."""
    meta = FileMetaDataset()
    meta.TransferSyntaxUID = uid.UID(syntax)
    meta.MediaStorageSOPClassUID = uid.CTImageStorage
    meta.MediaStorageSOPInstanceUID = uid.UID("1.2.3")
    image = Dataset()
    image.file_meta = meta
    facts = {
        "PatientName": "MARTIN^CAMILLE",
        "Modality": "CT",
        "Rows": ROWS,
        "Columns": COLUMNS,
        "SamplesPerPixel": 1,
        "PhotometricInterpretation": "MONOCHROME2",
        "BitsAllocated": bits,
        "BitsStored": bits,
        "HighBit": bits - 1,
        "PixelRepresentation": 0,
    } | more
    for name, value in facts.items():
        setattr(image, name, value)
    image.PixelData = pixels
    image["PixelData"].VR = "OW" if bits == 16 else "OB"
    out = io.BytesIO()
    pydicom.dcmwrite(out, image, enforce_file_format=True)
    return out.getvalue()


def rising(frames: int = 1, start: int = 0) -> bytes:
    """16-bit numbers, each one more than the one before."""
    return array("h", range(start, start + AREA * frames)).tobytes()


def jpeg_scan(mode: str = "L", frames: int = 2) -> bytes:
    """Frames of one colour each, as JPEG baseline."""
    encoded = []
    for frame in range(frames):
        out = io.BytesIO()
        Image.new(mode, (COLUMNS, ROWS), 100 + frame if mode == "L" else (200, 10, 10)).save(out, "JPEG", quality=95)
        encoded.append(out.getvalue())
    colour = {"SamplesPerPixel": 3, "PhotometricInterpretation": "YBR_FULL_422", "PlanarConfiguration": 0}
    return scan(
        encapsulate(encoded),
        syntax=uid.JPEGBaseline8Bit,
        bits=8,
        NumberOfFrames=frames,
        **(colour if mode == "RGB" else {}),
    )


def rle_scan() -> bytes:
    """Two frames as RLE."""
    image = pydicom.dcmread(io.BytesIO(scan(rising(2), NumberOfFrames=2)))
    image.compress(uid.RLELossless, encoding_plugin="pydicom", generate_instance_uid=False)
    out = io.BytesIO()
    image.save_as(out)
    return out.getvalue()
