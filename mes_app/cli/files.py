"""What commands read and write outside the vault."""

import os
from pathlib import Path

from mes_app.errors import Reason, Rejected


def read_file(file: Path) -> bytes:
    """All of it. Raises Rejected("file", NO_SUCH_FILE) when it cannot be read."""
    try:
        return file.read_bytes()
    except OSError:
        raise Rejected("file", Reason.NO_SUCH_FILE) from None


def write_file(file: Path, data: bytes) -> None:
    """Write ``data`` for this user's eyes only."""
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as out:
        out.write(data)
