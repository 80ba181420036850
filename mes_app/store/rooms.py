"""Whether the disk has room for what is about to be written: asked before anything is begun."""

import shutil
from pathlib import Path

from mes_app.errors import Reason, Unreadable

SPARE = 50_000_000
"""Bytes that must stay free: with less, SQLite can neither delete nor empty its log."""


def read_room(folder: Path) -> int | None:
    """The bytes that are free where ``folder`` is; None where the system does not tell."""
    try:
        return shutil.disk_usage(folder).free
    except OSError:
        return None


def require_room(folder: Path, size: int) -> None:
    """Raise Unreadable(DISK_FULL) unless ``size`` bytes can be added to ``folder`` and some room is left."""
    if shutil.disk_usage(folder).free < size + SPARE:
        raise Unreadable(Reason.DISK_FULL)
