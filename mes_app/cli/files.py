"""What commands write outside the vault."""

import os
from pathlib import Path


def write_file(file: Path, data: bytes) -> None:
    """Write ``data`` for this user's eyes only."""
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as out:
        out.write(data)
