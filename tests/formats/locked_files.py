"""PDFs that ask for a password."""

import io

from pypdf import PdfWriter


def locked(data: bytes, password: str, cipher: str = "AES-256") -> bytes:
    """The PDF ``data`` behind ``password``."""
    writer = PdfWriter(clone_from=io.BytesIO(data))
    writer.encrypt(password, algorithm=cipher)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()
